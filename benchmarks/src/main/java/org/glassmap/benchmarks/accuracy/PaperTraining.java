package org.glassmap.benchmarks.accuracy;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.glassmap.benchmarks.kernels.Samples;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.AdamSettings;
import org.glassmap.core.learning.Descriptor;
import org.glassmap.core.learning.EpochReport;
import org.glassmap.core.learning.LossSettings;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PairRepulsion;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.Training;
import org.glassmap.core.learning.TrainingSettings;

/** One potential of the paper's size (15–15), by the project's own recipe on energies, forces and stresses. */
final class PaperTraining {

    private PaperTraining() {}

    /** Adam; the epoch that is best on the validation frames is kept. */
    static TrainingSettings settings(Descriptor descriptor, int epochs, long seed) {
        return new TrainingSettings(
                descriptor,
                Samples.HIDDEN,
                Activation.TANH,
                PairRepulsion.NONE,
                LossSettings.DEFAULT,
                AdamSettings.DEFAULT,
                epochs,
                true,
                seed,
                seed,
                0);
    }

    static NetworkPotential run(TrainingSettings settings, Split split, Consumer<String> told) {
        Training training = Training.start(settings, split);
        while (!training.finished()) {
            EpochReport report = training.runEpoch();
            if (report.epoch() % 20 == 0) {
                told.accept("epoch %d of %d: training %.1f meV/atom, %.3f eV/Å; validation %.1f, %.3f"
                        .formatted(
                                report.epoch(),
                                settings.epochs(),
                                1e3 * report.training().energyPerAtom(),
                                report.training().force(),
                                1e3 * report.validation().orElseThrow().energyPerAtom(),
                                report.validation().orElseThrow().force()));
            }
        }
        return training.potential();
    }

    /** Parts that were split each for itself, as one. */
    static Split joined(Iterable<Split> parts) {
        Split all = new Split(List.of(), List.of());
        for (Split part : parts) {
            all = new Split(
                    together(all.training(), part.training()),
                    together(all.validation(), part.validation()),
                    together(all.unseen(), part.unseen()));
        }
        return all;
    }

    private static <T> List<T> together(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
