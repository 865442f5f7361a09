package org.glassmap.worker.engines.potential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.worker.Leases;
import org.glassmap.worker.dispatch.ComputationDispatcher;
import org.glassmap.worker.dispatch.Running;
import org.glassmap.worker.dispatch.Work;
import org.glassmap.worker.engines.StructureWire;
import org.glassmap.worker.engines.UnfitInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PotentialEngineTest {

    private static final Potential POTENTIAL = PairPotential.thiophosphate();
    private static final Structure STRUCTURE = Leases.lithiumSulphide();

    private final PotentialEngine engine = new PotentialEngine(artifact -> POTENTIAL, Leases.JSON);

    @TempDir
    Path folder;

    @Test
    void aStaticIsThePotentialsOwnAnswer() throws Exception {
        LeaseReport report = run(Leases.statics("lease-1", STRUCTURE));
        Evaluation expected = POTENTIAL.calculator().evaluate(STRUCTURE);
        assertThat(report.outcome()).isEqualTo("success");
        assertThat(report.converged()).isTrue();
        assertThat(report.evaluations()).isEqualTo(1);
        LeaseReport.Step step = report.steps().getFirst();
        assertThat(StructureWire.structure(step.structure())).isEqualTo(STRUCTURE);
        assertThat(step.energy()).isEqualTo(expected.energy());
        assertThat(step.forces()).isDeepEqualTo(StructureWire.rows(expected.forces()));
        assertThat(step.stress())
                .isDeepEqualTo(
                        StructureWire.rows(expected.stress(STRUCTURE.cell().volume())));
        assertThat(step.spread()).isNull();
    }

    @Test
    void aRelaxationEndsWithoutForces() throws Exception {
        LeaseReport report = run(Leases.lease("lease-1", STRUCTURE, "cell-relax", Leases.relaxation("first-and-last")));
        assertThat(report.converged()).as(report.message()).isTrue();
        assertThat(report.steps()).hasSize(2);
        assertThat(report.steps().getFirst().index()).isZero();
        assertThat(StructureWire.structure(report.steps().getFirst().structure()))
                .isEqualTo(STRUCTURE);
        LeaseReport.Step last = report.steps().getLast();
        for (double[] force : last.forces()) {
            assertThat(Math.hypot(Math.hypot(force[0], force[1]), force[2])).isLessThanOrEqualTo(0.01);
        }
        Evaluation there = POTENTIAL.calculator().evaluate(StructureWire.structure(last.structure()));
        assertThat(last.energy()).isCloseTo(there.energy(), within(1e-12));
    }

    @Test
    void positionsAloneMoveWhenTheKindIsRelax() throws Exception {
        LeaseReport report = run(Leases.lease("lease-1", STRUCTURE, "relax", Leases.relaxation("last")));
        Structure end = StructureWire.structure(report.steps().getLast().structure());
        assertThat(end.cell()).isEqualTo(STRUCTURE.cell());
        assertThat(end).isNotEqualTo(STRUCTURE);
    }

    @Test
    void aSpentBudgetIsAResultThatSaysSo() throws Exception {
        Map<String, Object> settings = Leases.relaxation("last");
        settings.put("maxEvaluations", 2);
        LeaseReport report = run(Leases.lease("lease-1", STRUCTURE, "cell-relax", settings));
        assertThat(report.outcome()).isEqualTo("success");
        assertThat(report.converged()).isFalse();
        assertThat(report.message()).contains("BUDGET");
    }

    @Test
    void manyAtATimeGiveTheSameBitsAsOneAfterTheOther() throws Exception {
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            double[] positions = STRUCTURE.positions();
            positions[i % positions.length] += 0.01 * i;
            Structure moved = STRUCTURE.withPositions(positions);
            leases.add(Leases.lease(
                    "lease-" + i, moved, i % 2 == 0 ? "static" : "cell-relax", Leases.relaxation("every-2")));
        }
        List<String> serial = new ArrayList<>();
        for (Lease lease : leases) {
            serial.add(Leases.JSON.writeValueAsString(run(lease)));
        }
        List<Callable<String>> tasks = new ArrayList<>();
        for (Lease lease : leases) {
            tasks.add(() -> Leases.JSON.writeValueAsString(run(lease)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<String> parallel = new ArrayList<>();
            for (var future : threads.invokeAll(tasks)) {
                parallel.add(future.get());
            }
            assertThat(parallel).isEqualTo(serial);
        }
    }

    @Test
    void openSpaceHasNoStress() throws Exception {
        Structure dimer = Structure.of(Cell.NONE, List.of(Species.Li, Species.S), new double[] {0, 0, 0, 0, 0, 2.4});
        LeaseReport report = run(Leases.statics("lease-1", dimer));
        assertThat(report.outcome()).isEqualTo("success");
        assertThat(report.steps().getFirst().stress()).isNull();
    }

    @Test
    void anElementThePotentialDoesNotKnowIsFatal() throws Exception {
        Structure oxide =
                Structure.of(STRUCTURE.cell(), List.of(Species.Li, Species.O), new double[] {0, 0, 0, 0, 0, 2});
        LeaseReport report = run(Leases.statics("lease-1", oxide));
        assertThat(report.outcome()).isEqualTo("fatal-input");
        assertThat(report.message()).contains("O");
    }

    @Test
    void settingsThatMakeNoSenseAreFatalBeforeAnythingStarts() {
        Map<String, Object> settings = Leases.relaxation("last");
        settings.put("forceTolerance", -1.0);
        assertThatThrownBy(() -> engine.prepare(Leases.lease("lease-1", STRUCTURE, "cell-relax", settings), folder))
                .isInstanceOf(UnfitInputException.class)
                .hasMessageContaining("forceTolerance");
        assertThatThrownBy(() -> engine.prepare(Leases.lease("lease-1", STRUCTURE, "dance", Map.of()), folder))
                .isInstanceOf(UnfitInputException.class)
                .hasMessageContaining("dance");
    }

    @Test
    void aCancelledRelaxationStopsAtItsNextStep() throws Exception {
        Lease lease = Leases.lease("lease-1", STRUCTURE, "cell-relax", Leases.relaxation("last"));
        Running running =
                new ComputationDispatcher().start((Work.Computation) engine.prepare(lease, folder), lease, folder);
        running.cancel();
        assertThat(engine.read(lease, folder, running.await()).outcome()).isEqualTo("cancelled");
    }

    private LeaseReport run(Lease lease) throws Exception {
        Path own = java.nio.file.Files.createTempDirectory(folder, "lease");
        Work.Computation work = (Work.Computation) engine.prepare(lease, own);
        return engine.read(
                lease, own, new ComputationDispatcher().start(work, lease, own).await());
    }
}
