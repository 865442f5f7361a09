package org.glassmap.worker.engines.potential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.CommitteePrediction;
import org.glassmap.core.sampling.Relaxation;
import org.glassmap.core.sampling.Relaxed;
import org.glassmap.worker.dispatch.Running;
import org.glassmap.worker.dispatch.Work;
import org.glassmap.worker.engines.Engine;
import org.glassmap.worker.engines.LabelledSteps;
import org.glassmap.worker.engines.Outcome;
import org.glassmap.worker.engines.StructureWire;
import org.glassmap.worker.engines.UnfitInputException;
import org.glassmap.worker.ledger.DurableFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with a stored potential: energies, forces, stress, relaxations. One thread computes one structure, so the bits
 * do not depend on how many are under way. Of a committee it answers the mean, with the members' spread beside it.
 */
public final class PotentialEngine implements Engine {

    private static final String RESULT = "result.json";

    private final PotentialLibrary library;
    private final JsonMapper json;

    public PotentialEngine(PotentialLibrary library, JsonMapper json) {
        this.library = library;
        this.json = json;
    }

    @Override
    public String name() {
        return "potential";
    }

    @Override
    public Work prepare(Lease lease, Path folder) throws InterruptedException {
        if (!(lease.method().settings().get("potential") instanceof String artifact)) {
            throw new UnfitInputException("the method names no potential");
        }
        PotentialTask task = PotentialTask.of(lease.method());
        Structure structure = StructureWire.structure(lease.structure());
        Potential potential = library.potential(artifact);
        Path result = folder.resolve(RESULT);
        return (Work.Computation) observer -> write(result, compute(task, structure, potential, artifact, observer));
    }

    @Override
    public LeaseReport read(Lease lease, Path folder, Running.Exit exit) throws IOException {
        return switch (exit) {
            case Running.Exit.Ended ended ->
                json.readValue(Files.readAllBytes(folder.resolve(RESULT)), LeaseReport.class);
            case Running.Exit.Cancelled cancelled -> Outcome.CANCELLED.because("cancelled while computing", null);
            case Running.Exit.Vanished vanished ->
                Outcome.RETRYABLE_INFRASTRUCTURE.because("the computation vanished", null);
            case Running.Exit.Threw threw -> judged(threw.failure());
        };
    }

    private static LeaseReport judged(RuntimeException failure) {
        if (failure instanceof UnfitInputException || failure instanceof InvalidStructureException) {
            return Outcome.FATAL_INPUT.because(String.valueOf(failure.getMessage()), null);
        }
        return Outcome.RETRYABLE_CODE.because("the engine failed: " + failure, null);
    }

    private void write(Path file, LeaseReport report) {
        try {
            DurableFile.write(file, json.writeValueAsBytes(report));
        } catch (IOException e) {
            throw new UncheckedIOException("the result cannot be written to " + file, e);
        }
    }

    private static LeaseReport compute(
            PotentialTask task, Structure structure, Potential potential, String artifact, Work.Observer observer) {
        Potential.Calculator calculator = potential.calculator();
        String program = program(artifact, calculator);
        return switch (task) {
            case PotentialTask.Static one -> evaluated(structure, calculator, program, observer);
            case PotentialTask.Relax relax -> relaxed(relax, structure, calculator, program, observer);
        };
    }

    private static LeaseReport evaluated(
            Structure structure, Potential.Calculator calculator, String program, Work.Observer observer) {
        @Nullable
        CommitteePrediction prediction =
                calculator instanceof CommitteeCalculator committee ? committee.predict(structure) : null;
        Evaluation evaluation = prediction == null ? calculator.evaluate(structure) : prediction.mean();
        observer.stepped(0, evaluation.energy());
        if (!finite(evaluation)) {
            return Outcome.FATAL_INPUT.because("the potential has no finite energy for this structure", program);
        }
        LeaseReport.Step step = step(0, structure, evaluation, spread(structure, prediction));
        return success(true, 1, List.of(step), "one evaluation", program);
    }

    private static LeaseReport relaxed(
            PotentialTask.Relax task,
            Structure start,
            Potential.Calculator calculator,
            String program,
            Work.Observer observer) {
        record Passed(Structure structure, Evaluation evaluation) {}
        LabelledSteps.Picker<Passed> picker = task.labels().new Picker<>();
        int[] steps = {0};
        Relaxed relaxed = new Relaxation(task.settings()).relax(start, calculator, (structure, evaluation, spent) -> {
            picker.add(new Passed(structure, evaluation));
            observer.stepped(steps[0]++, evaluation.energy());
        });
        String end = "%s after %d evaluations, largest force %.4g eV/Å"
                .formatted(relaxed.stop(), relaxed.evaluations(), relaxed.largestForce());
        if (relaxed.exploded()) {
            return Outcome.FATAL_INPUT.because("the relaxation ended without a structure: " + end, program);
        }
        List<LeaseReport.Step> labels = new ArrayList<>();
        for (LabelledSteps.Picker.Numbered<Passed> passed : picker.steps()) {
            Passed step = passed.step();
            labels.add(step(
                    passed.index(),
                    step.structure(),
                    step.evaluation(),
                    spread(step.structure(), prediction(step.structure(), step.evaluation(), calculator))));
        }
        return success(relaxed.converged(), relaxed.evaluations(), labels, end, program);
    }

    private static LeaseReport success(
            boolean converged, int evaluations, List<LeaseReport.Step> steps, String message, String program) {
        return new LeaseReport(
                Outcome.SUCCESS.word(), converged, evaluations, steps, program, message, List.of(), List.of());
    }

    private static LeaseReport.Step step(
            int index, Structure structure, Evaluation evaluation, @Nullable Double spread) {
        boolean stress = structure.cell().fullyPeriodic();
        return new LeaseReport.Step(
                index,
                StructureWire.document(structure),
                evaluation.energy(),
                StructureWire.rows(evaluation.forces()),
                stress ? StructureWire.rows(evaluation.stress(structure.cell().volume())) : null,
                spread);
    }

    private static @Nullable CommitteePrediction prediction(
            Structure structure, Evaluation mean, Potential.Calculator calculator) {
        return calculator instanceof CommitteeCalculator committee
                ? new CommitteePrediction(mean, committee.memberEnergies(structure))
                : null;
    }

    /** Standard deviation of the members' energies per atom, eV; absent where there are no two members. */
    private static @Nullable Double spread(Structure structure, @Nullable CommitteePrediction prediction) {
        return prediction == null || prediction.memberEnergies().length < 2
                ? null
                : prediction.energySpread() / structure.size();
    }

    private static boolean finite(Evaluation evaluation) {
        boolean finite = Double.isFinite(evaluation.energy());
        for (double force : evaluation.forces()) {
            finite &= Double.isFinite(force);
        }
        for (double component : evaluation.virial()) {
            finite &= Double.isFinite(component);
        }
        return finite;
    }

    /** With the kernel, where there are several: they differ in last bits. */
    private static String program(String artifact, Potential.Calculator calculator) {
        String engine = "Glassmap engine potential, " + artifact;
        return calculator instanceof CommitteeCalculator committee
                ? engine + ", kernel " + committee.kernel().id()
                : engine;
    }
}
