package org.glassmap.worker.engines.vasp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.worker.Leases;
import org.glassmap.worker.dispatch.CommandDispatcher;
import org.glassmap.worker.dispatch.Running;
import org.glassmap.worker.dispatch.Work;
import org.glassmap.worker.engines.StructureWire;
import org.glassmap.worker.engines.UnfitInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way through files and a command: the program at its end is {@link VaspStandIn}. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class VaspEngineTest {

    private static final Structure STRUCTURE = Leases.lithiumSulphide();

    /** Digits of VASP's files. */
    private static final double PRINTED = 1e-6;

    @TempDir
    Path site;

    @TempDir
    Path folder;

    private VaspEngine engine = new VaspEngine(List.of("true"), Path.of(""), Map.of());

    @BeforeEach
    void potcars() throws Exception {
        potcar("Li_sv", "PAW_PBE Li_sv 10Sep2004");
        potcar("S", "PAW_PBE S 06Sep2000");
        engine = new VaspEngine(standIn(), site, Map.of("NCORE", "4"));
    }

    @Test
    void aStaticComesBackInTheOrderItWasAskedIn() throws Exception {
        LeaseReport report = run(lease("static", Map.of()));
        Evaluation expected = PairPotential.thiophosphate().calculator().evaluate(STRUCTURE);
        assertThat(report.outcome()).as(report.message()).isEqualTo("success");
        assertThat(report.converged()).isTrue();
        LeaseReport.Step step = report.steps().getFirst();
        assertThat(StructureWire.structure(step.structure())).isEqualTo(STRUCTURE);
        assertThat(step.energy()).isCloseTo(expected.energy(), within(PRINTED));
        assertCloseRows(step.forces(), StructureWire.rows(expected.forces()));
        assertCloseRows(
                java.util.Objects.requireNonNull(step.stress()),
                StructureWire.rows(expected.stress(STRUCTURE.cell().volume())));
    }

    @Test
    void aLeftHandedCellIsTurnedForVaspAndBack() throws Exception {
        double[] lattice = STRUCTURE.cell().lattice();
        for (int k = 0; k < 9; k++) {
            lattice[k] = -lattice[k];
        }
        Structure leftHanded = STRUCTURE.with(Cell.periodic(lattice), STRUCTURE.positions());
        assertThat(leftHanded.cell().leftHanded()).isTrue();
        LeaseReport report = run(lease(leftHanded, "static", Map.of()));
        Evaluation expected = PairPotential.thiophosphate().calculator().evaluate(leftHanded);
        LeaseReport.Step step = report.steps().getFirst();
        assertThat(StructureWire.structure(step.structure())).isEqualTo(leftHanded);
        assertCloseRows(step.forces(), StructureWire.rows(expected.forces()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aRelaxationEndsWhereTheIncarSays(int ibrion) throws Exception {
        LeaseReport report = run(lease("cell-relax", Map.of("IBRION", ibrion, "NSW", 600, "EDIFFG", -0.02, "ISIF", 3)));
        assertThat(report.outcome()).as(report.message()).isEqualTo("success");
        assertThat(report.converged()).as(report.message()).isTrue();
        Structure end = StructureWire.structure(report.steps().getLast().structure());
        double[] forces =
                PairPotential.thiophosphate().calculator().evaluate(end).forces();
        for (double force : forces) {
            assertThat(Math.abs(force)).isLessThan(0.021);
        }
        assertThat(end.cell()).isNotEqualTo(STRUCTURE.cell());
        assertThat(report.evaluations()).isGreaterThan(3);
    }

    @Test
    void stepsUsedUpAreAResultThatSaysSo() throws Exception {
        LeaseReport report = run(lease("relax", Map.of("IBRION", 2, "NSW", 3, "EDIFFG", -1e-5, "ISIF", 2)));
        assertThat(report.outcome()).isEqualTo("success");
        assertThat(report.converged()).isFalse();
        assertThat(report.evaluations()).isEqualTo(3);
        assertThat(StructureWire.structure(report.steps().getLast().structure())
                        .cell()
                        .lattice(0, 0))
                .isCloseTo(STRUCTURE.cell().lattice(0, 0), within(PRINTED));
    }

    @Test
    void aStopcarEndsARelaxationEarlyAndItIsNotCalledConverged() throws Exception {
        Lease lease = lease("relax", Map.of("IBRION", 1, "NSW", 500, "EDIFFG", -1e-9, "ISIF", 2));
        Work.Command work = (Work.Command) engine.prepare(lease, folder);
        Files.writeString(folder.resolve("STOPCAR"), "LSTOP = .TRUE.\n");
        LeaseReport report = engine.read(
                lease,
                folder,
                new CommandDispatcher(List.of()).start(work, lease, folder).await());
        assertThat(report.outcome()).isEqualTo("success");
        assertThat(report.converged()).isFalse();
        assertThat(report.evaluations()).isEqualTo(1);
    }

    @Test
    void electronsThatNelmEndedAreNoLabel() throws Exception {
        LeaseReport report = run(lease("static", Map.of("NELM", 4, "EDIFF", 1e-6)));
        assertThat(report.outcome()).isEqualTo("fatal-input");
        assertThat(report.message()).contains("did not converge within its 4 steps");
        assertThat(report.steps()).isEmpty();
    }

    @Test
    void theInputsSayWhatTheMethodSays() throws Exception {
        engine.prepare(lease("static", Map.of("LREAL", "false", "GGA", "PE", "METAGGA", "none")), folder);
        String incar = Files.readString(folder.resolve("INCAR"));
        assertThat(incar)
                .contains("ENCUT = 520", "LREAL = .FALSE.", "GGA = PE", "NCORE = 4", "LWAVE = .FALSE.")
                .doesNotContain("METAGGA");
        // R = 25 Å over heights of about 4, 4.1 and 7.7 Å.
        assertThat(Files.readString(folder.resolve("KPOINTS"))).contains("Gamma\n6 6 3");
        assertThat(Files.readString(folder.resolve("POTCAR")))
                .startsWith("PAW_PBE Li_sv 10Sep2004")
                .contains("PAW_PBE S 06Sep2000");
        assertThat(Files.readString(folder.resolve("POSCAR"))).contains(" Li S\n 4 2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PE\nNSW = 100", "PE; NSW = 100", "$(rm -rf /)", "PE # x", "\"PE", "`id`", ""})
    void hostileValuesAreRefused(String value) {
        assertThatThrownBy(() -> engine.prepare(lease("static", Map.of("GGA", value)), folder))
                .isInstanceOf(UnfitInputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gga", "NSW = 1\nX", "A B", "=", "../X"})
    void hostileTagsAreRefused(String tag) {
        assertThatThrownBy(() -> engine.prepare(lease("static", Map.of(tag, 1)), folder))
                .isInstanceOf(UnfitInputException.class);
    }

    @Test
    void aPotcarWithAnotherTitleIsRefused() throws Exception {
        potcar("S", "PAW S 17Jan2003");
        assertThatThrownBy(() -> engine.prepare(lease("static", Map.of()), folder))
                .isInstanceOf(UnfitInputException.class)
                .hasMessageContaining("PAW_PBE S 06Sep2000")
                .hasMessageContaining("PAW S 17Jan2003");
    }

    @Test
    void aTagOfTheMethodIsNotOverwrittenByTheSite() {
        VaspEngine clashing = new VaspEngine(standIn(), site, Map.of("ENCUT", "300"));
        assertThatThrownBy(() -> clashing.prepare(lease("static", Map.of()), folder))
                .isInstanceOf(UnfitInputException.class)
                .hasMessageContaining("ENCUT");
    }

    @Test
    void aProgramThatSaysNothingIsARetryWithItsLastWords() throws Exception {
        VaspEngine broken = new VaspEngine(List.of("sh", "-c", "echo forrtl: severe; exit 174"), site, Map.of());
        Lease lease = lease("static", Map.of());
        Work.Command work = (Work.Command) broken.prepare(lease, folder);
        LeaseReport report = broken.read(
                lease,
                folder,
                new CommandDispatcher(List.of()).start(work, lease, folder).await());
        assertThat(report.outcome()).isEqualTo("retryable-code");
        assertThat(report.message()).contains("exit code 174").contains("forrtl: severe");
    }

    @Test
    void anOutputThatIsCutIsNoResult() throws Exception {
        Lease lease = lease("relax", Map.of("IBRION", 2, "NSW", 5, "EDIFFG", -1e-5, "ISIF", 2));
        run(lease);
        Path vasprun = folder.resolve("vasprun.xml");
        String whole = Files.readString(vasprun);
        Files.writeString(vasprun, whole.substring(0, whole.length() * 2 / 3));
        LeaseReport report = engine.read(lease, folder, new Running.Exit.Ended(0));
        assertThat(report.outcome()).isEqualTo("retryable-infrastructure");
        assertThat(report.message()).contains("complete ionic steps");
    }

    @Test
    void theOutputOfAnotherStructureIsNotBelieved() throws Exception {
        Lease lease = lease("static", Map.of());
        run(lease);
        double[] positions = STRUCTURE.positions();
        positions[0] += 0.3;
        Lease other = lease(STRUCTURE.withPositions(positions), "static", Map.of());
        assertThatThrownBy(() -> engine.read(other, folder, new Running.Exit.Ended(0)))
                .isInstanceOf(UnfitInputException.class)
                .hasMessageContaining("not of the structure asked for");
    }

    @Test
    void outcarAnswersWhereVasprunIsMissing() throws Exception {
        Lease lease = lease("static", Map.of());
        LeaseReport whole = run(lease);
        Files.delete(folder.resolve("vasprun.xml"));
        LeaseReport report = engine.read(lease, folder, new Running.Exit.Ended(0));
        assertThat(report.outcome()).as(report.message()).isEqualTo("success");
        assertThat(report.steps().getFirst().energy())
                .isCloseTo(whole.steps().getFirst().energy(), within(PRINTED));
    }

    private LeaseReport run(Lease lease) throws Exception {
        Work.Command work = (Work.Command) engine.prepare(lease, folder);
        return engine.read(
                lease,
                folder,
                new CommandDispatcher(List.of()).start(work, lease, folder).await());
    }

    private static List<String> standIn() {
        return List.of(
                new File(System.getProperty("java.home"), "bin/java").getPath(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                VaspStandIn.class.getName());
    }

    private void potcar(String choice, String title) throws Exception {
        Files.createDirectories(site.resolve(choice));
        Files.writeString(site.resolve(choice).resolve("POTCAR"), title + "\n   1.00000\nEnd of Dataset\n");
    }

    private static Lease lease(String kind, Map<String, Object> tags) {
        return lease(STRUCTURE, kind, tags);
    }

    private static Lease lease(Structure structure, String kind, Map<String, Object> tags) {
        Map<String, Object> incar = new TreeMap<>(Map.of("ENCUT", 520, "EDIFF", 1e-5, "NELM", 100));
        incar.putAll(tags);
        Map<String, Object> settings = Map.of(
                "incar",
                incar,
                "kpoints",
                Map.of("length", 25),
                "potcars",
                Map.of(
                        Species.Li.symbol(),
                        Map.of("choice", "Li_sv", "title", "PAW_PBE Li_sv 10Sep2004"),
                        Species.S.symbol(),
                        Map.of("choice", "S", "title", "PAW_PBE S 06Sep2000")),
                "labels",
                "last");
        Lease plain = Leases.statics("lease-1", structure);
        return new Lease(
                plain.id(),
                plain.calculation(),
                1,
                plain.structureId(),
                plain.structure(),
                new MethodRecord("method-1", "vasp", kind, settings, "level-1"),
                plain.leasedUntil());
    }

    private static void assertCloseRows(double[][] actual, double[][] expected) {
        assertThat(actual).hasDimensions(expected.length, 3);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).containsExactly(expected[i], within(PRINTED));
        }
    }
}
