package org.glassmap.benchmarks.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.SideBySide;
import org.glassmap.benchmarks.measuring.Timing;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.Training;
import org.glassmap.core.learning.TrainingFrame;
import org.glassmap.core.learning.TrainingSettings;

/** One evaluation of a training's loss and its gradient over all weights, against evaluating the same structures. */
public final class TrainingSection implements Section {

    private static final double MUST_WITH_FORCES = 2.5;

    @Override
    public String name() {
        return "training";
    }

    @Override
    public String description() {
        return "loss and gradient per atom and evaluation: energies; energies, forces and stresses";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        List<TrainingFrame> frames = frames(effort.size(48, 2), effort.size(64, 32));
        int atoms = frames.stream().mapToInt(frame -> frame.structure().size()).sum();
        CommitteeCalculator calculator = Samples.potential(2).calculator();
        List<Timing> timings = SideBySide.run(
                effort,
                List.of(
                        epochs(Samples.energySettings(1), frames),
                        epochs(Samples.forceSettings(1), frames),
                        () -> frames.forEach(frame -> calculator.energy(frame.structure())),
                        () -> frames.forEach(frame -> calculator.evaluate(frame.structure()))));
        Timing energies = timings.get(0);
        Timing forces = timings.get(1);
        return List.of(
                Row.perAtom("training on energies, per evaluation", atoms, energies, "flops: networks")
                        .with(Ratio.cost(
                                "energy evaluation",
                                energies.minimum() / timings.get(2).minimum(),
                                null)),
                Row.perAtom("training on energies + forces + stress, per evaluation", atoms, forces, "flops")
                        .with(Ratio.cost(
                                "energy + force evaluation",
                                forces.minimum() / timings.get(3).minimum(),
                                MUST_WITH_FORCES)));
    }

    /** Labels are another potential's, so that there is something to learn for as long as it takes. */
    public static List<TrainingFrame> frames(int count, int atoms) {
        CommitteeCalculator teacher = Samples.potential(77).calculator();
        List<TrainingFrame> frames = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Structure structure = Samples.warm(atoms, 1000 + k);
            Evaluation label = teacher.evaluate(structure);
            frames.add(new TrainingFrame(
                    structure,
                    label.energy(),
                    label.forces(),
                    label.stress(structure.cell().volume()),
                    Integer.toString(k)));
        }
        return frames;
    }

    /** One epoch of L-BFGS is one evaluation; a training that has come to its end begins again. */
    public static Runnable epochs(TrainingSettings settings, List<TrainingFrame> frames) {
        Split split = new Split(frames, List.of());
        return new Runnable() {
            private Training training = Training.start(settings, split);

            @Override
            public void run() {
                if (training.finished()) {
                    training = Training.start(settings, split);
                }
                training.runEpoch();
            }
        };
    }
}
