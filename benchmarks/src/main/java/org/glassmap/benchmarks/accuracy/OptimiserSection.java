package org.glassmap.benchmarks.accuracy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.glassmap.benchmarks.kernels.Samples;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.AdamSettings;
import org.glassmap.core.learning.LbfgsSettings;
import org.glassmap.core.learning.LossSettings;
import org.glassmap.core.learning.OptimiserSettings;
import org.glassmap.core.learning.PairRepulsion;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.Training;
import org.glassmap.core.learning.TrainingSettings;

/**
 * What an optimiser makes of a second of processor time: each trains the paper's set-up on the same split of the shared
 * dataset, with as many epochs as fit into the time it is given, descriptors included, and is judged on frames that it
 * never saw. ænet's way is L-BFGS on energies. Each keeps the epoch it keeps where nothing is said.
 */
public final class OptimiserSection extends AccuracySection {

    private static final long SEED = 1;

    @Override
    public String name() {
        return "optimisers";
    }

    @Override
    public String description() {
        return "error on unseen configurations by processor seconds of L-BFGS and Adam, plain and whitened; minutes";
    }

    @Override
    List<Row> measure(SharedData shared, Effort effort, Consumer<String> told) {
        Split split = PaperTraining.joined(
                Dataset.read(shared).everyNth(effort.size(1, 40)).split(SEED).values());
        LossSettings both = LossSettings.DEFAULT;
        List<Row> rows = new ArrayList<>();
        for (int seconds : effort == Effort.SMOKE ? new int[] {1} : new int[] {15, 60}) {
            Judged aenet = run(LossSettings.ENERGIES, LbfgsSettings.DEFAULT, split, seconds, told);
            rows.add(row("L-BFGS on energies", seconds, aenet, aenet));
            rows.add(row(
                    "Adam on energies",
                    seconds,
                    run(LossSettings.ENERGIES, AdamSettings.DEFAULT, split, seconds, told),
                    aenet));
            rows.add(row(
                    "Adam on energies, forces, stresses",
                    seconds,
                    run(both, AdamSettings.DEFAULT, split, seconds, told),
                    aenet));
            rows.add(row(
                    "Adam in whitened coordinates on energies, forces, stresses",
                    seconds,
                    run(PaperTraining.energiesAtLast(), AdamSettings.WHITENED, split, seconds, told),
                    aenet));
        }
        return rows;
    }

    private static Judged run(
            LossSettings loss, OptimiserSettings optimiser, Split split, int seconds, Consumer<String> told) {
        // Adam's rate falls over the whole training: it must know how many epochs fit.
        int epochs = optimiser instanceof AdamSettings ? epochs(settings(loss, optimiser, 1000), split, seconds) : 0;
        double begun = processorSeconds();
        Training training =
                Training.start(settings(loss, optimiser, Math.max(1, epochs == 0 ? 1_000_000 : epochs)), split);
        while (!training.finished() && (epochs > 0 || processorSeconds() - begun < seconds)) {
            training.runEpoch();
        }
        Judged judged = Judged.of(training.potential(), split.unseen());
        told.accept("%s, %d s: %d epochs, %.1f meV/atom, %.2f eV/Å"
                .formatted(
                        optimiser.getClass().getSimpleName(),
                        seconds,
                        training.epoch(),
                        judged.energy(),
                        judged.force()));
        return judged;
    }

    /** That fit into the time, told from a few after the code is compiled. */
    private static int epochs(TrainingSettings settings, Split split, int seconds) {
        double begun = processorSeconds();
        Training training = Training.start(settings, split);
        double prepared = processorSeconds() - begun;
        training.runEpoch();
        training.runEpoch();
        double before = processorSeconds();
        training.runEpoch();
        training.runEpoch();
        return (int) Math.max(1, (seconds - prepared) / ((processorSeconds() - before) / 2));
    }

    private static TrainingSettings settings(LossSettings loss, OptimiserSettings optimiser, int epochs) {
        return new TrainingSettings(
                Samples.PAPER,
                Samples.HIDDEN,
                Activation.TANH,
                PairRepulsion.NONE,
                loss,
                optimiser,
                epochs,
                !optimiser.equals(AdamSettings.WHITENED),
                SEED,
                SEED,
                0);
    }

    private static double processorSeconds() {
        return 1e-9 * ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Row row(String what, int seconds, Judged judged, Judged aenet) {
        return new Row(
                        what + ", unseen, energy",
                        seconds + " s",
                        judged.energy(),
                        judged.energy(),
                        "meV/atom",
                        null,
                        List.of(),
                        "forces %.2f eV/Å".formatted(judged.force()))
                .with(Ratio.error("L-BFGS on energies", judged.energy() / aenet.energy(), null));
    }
}
