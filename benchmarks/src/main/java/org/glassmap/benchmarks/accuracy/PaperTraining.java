package org.glassmap.benchmarks.accuracy;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.glassmap.benchmarks.kernels.Samples;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.AdamSettings;
import org.glassmap.core.learning.Descriptor;
import org.glassmap.core.learning.EpochReport;
import org.glassmap.core.learning.Errors;
import org.glassmap.core.learning.LossSettings;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PairRepulsion;
import org.glassmap.core.learning.PreparedFrames;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.Training;
import org.glassmap.core.learning.TrainingSettings;
import org.glassmap.core.numerics.Seed;

/** One potential of the paper's size (15–15), by the project's own recipe on energies, forces and stresses. */
final class PaperTraining {

    /** Where atoms of the shared dataset hardly ever come, by its README. */
    private static final PairRepulsion WALLS = new PairRepulsion(List.of(
            wall(Species.Li, Species.Li, 2.2),
            wall(Species.Li, Species.P, 2.1),
            wall(Species.Li, Species.S, 1.95),
            wall(Species.P, Species.P, 1.95),
            wall(Species.P, Species.S, 1.75),
            wall(Species.S, Species.S, 1.85)));

    private PaperTraining() {}

    private static PairRepulsion.Wall wall(Species first, Species second, double radius) {
        return new PairRepulsion.Wall(first, second, 80, radius);
    }

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

    /**
     * Adam in whitened coordinates over walls between atoms, energies weighing twenty times as much in the end; the last
     * epoch is kept, so that no frames are needed to choose by.
     */
    static TrainingSettings whitened(Descriptor descriptor, int epochs, long seed) {
        return new TrainingSettings(
                descriptor,
                Samples.HIDDEN,
                Activation.TANH,
                WALLS,
                energiesAtLast(),
                AdamSettings.WHITENED,
                epochs,
                false,
                seed,
                seed,
                0);
    }

    /** As {@code whitened} trainings of the service weigh. */
    static LossSettings energiesAtLast() {
        LossSettings usual = LossSettings.DEFAULT;
        return new LossSettings(
                usual.energy(), usual.force(), usual.virial(), usual.softForce(), 20, usual.growthShare());
    }

    static NetworkPotential run(TrainingSettings settings, Split split, Consumer<String> told) {
        return run(settings, 1, split, told).getFirst();
    }

    /** Members of a committee, the first of which is what it is alone. */
    static List<NetworkPotential> run(TrainingSettings settings, int members, Split split, Consumer<String> told) {
        PreparedFrames frames = PreparedFrames.of(settings, split);
        List<Training> trainings = IntStream.range(0, members)
                .mapToObj(m -> m == 0 ? settings : settings.withSeed(Seed.of(settings.seed(), "member-" + m)))
                .map(of -> Training.start(of, frames))
                .toList();
        while (!trainings.getFirst().finished()) {
            EpochReport report = Training.runEpoch(trainings, null).getFirst();
            if (report.epoch() % 20 == 0) {
                told.accept("epoch %d of %d: training %s%s"
                        .formatted(
                                report.epoch(),
                                settings.epochs(),
                                text(report.training()),
                                report.validation()
                                        .map(errors -> "; validation " + text(errors))
                                        .orElse("")));
            }
        }
        return trainings.stream().map(Training::potential).toList();
    }

    private static String text(Errors errors) {
        return "%.1f meV/atom, %.3f eV/Å".formatted(1e3 * errors.energyPerAtom(), errors.force());
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

    /** All but the unseen frames to learn from. */
    static Split withoutValidation(Split split) {
        return new Split(together(split.training(), split.validation()), List.of(), split.unseen());
    }

    private static <T> List<T> together(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
