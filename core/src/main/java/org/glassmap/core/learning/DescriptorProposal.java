package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.atoms.Species;
import org.jspecify.annotations.Nullable;

/**
 * Descriptor settings for a dataset, found by trying: cut-offs from its own pair distances (the radii that hold as many
 * neighbours as the paper's, and more), orders by the validation error of a quick fit. The paper's settings are tried
 * first and are what the others are held against.
 *
 * <p>What is compared is the root mean square error of the forces where there are any, else of the energies. The same
 * frames and settings give the same answer.
 */
public final class DescriptorProposal {

    /** Neighbours within the radial cut-off: the paper's 6 Å holds 46 in a glass, 60 reach the next shell. */
    private static final double[] RADIAL = {46, 60};

    /** Neighbours within the angular cut-off: the paper's 3 Å holds 5, 18 reach the second shell. */
    private static final double[] ANGULAR = {6, 18};

    private static final LossSettings LOSS = LossSettings.DEFAULT;

    private static final int[][] ORDERS = {{12, 4}, {16, 6}, {20, 8}};

    private final List<Species> species;
    private final ProposalSettings settings;
    private final Split frames;
    private final Listener listener;
    private final List<Trial> trials = new ArrayList<>();

    /** Is told of every trial as it ends. */
    @FunctionalInterface
    public interface Listener {
        void tried(Trial trial, int number);
    }

    /** The most trials there can be. */
    public static final int MOST_TRIALS = 2 + RADIAL.length * ANGULAR.length + ORDERS.length - 1;

    /** @param validation errors of the best epoch of a quick fit */
    public record Trial(Descriptor descriptor, Errors validation) {

        /** What trials are compared by: eV/Å where there are forces, else eV/atom. */
        public double score() {
            return Double.isNaN(validation.force()) ? validation.energyPerAtom() : validation.force();
        }
    }

    /**
     * @param trials in the order they were made, the paper's settings first
     * @param best of those within the gain of the lowest error the one of the fewest features
     * @param kernel by which the trials were fitted
     */
    public record Answer(PairDistances distances, List<Trial> trials, Trial best, Kernel kernel) {}

    private DescriptorProposal(List<Species> species, ProposalSettings settings, Split frames, Listener listener) {
        this.species = species;
        this.settings = settings;
        this.frames = frames;
        this.listener = listener;
    }

    /**
     * @param all frames of the dataset; groups stay on one side of the split
     * @throws IllegalArgumentException if there are too few groups to validate on
     */
    public static Answer propose(
            List<TrainingFrame> all, List<Species> species, ProposalSettings settings, Listener listener) {
        List<TrainingFrame> drawn = new ArrayList<>(all);
        shuffle(drawn, new SplittableRandom(settings.seed()));
        drawn = drawn.subList(0, Math.min(settings.frames(), drawn.size()));
        Split split = Split.byGroup(drawn, settings.validation(), settings.seed());
        if (split.validation().isEmpty() || split.training().isEmpty()) {
            throw new IllegalArgumentException(
                    "%d frames of one group leave nothing to validate on".formatted(drawn.size()));
        }
        PairDistances distances =
                PairDistances.of(drawn.stream().map(TrainingFrame::structure).toList(), species);
        return new DescriptorProposal(List.copyOf(species), settings, split, listener).run(distances);
    }

    private static void shuffle(List<TrainingFrame> frames, SplittableRandom random) {
        for (int k = frames.size() - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            TrainingFrame swapped = frames.get(k);
            frames.set(k, frames.get(other));
            frames.set(other, swapped);
        }
    }

    private Answer run(PairDistances distances) {
        tried(new WeightedChebyshev(6, 18, 3, 4, species));
        tried(new WeightedChebyshev(distances.radiusOf(RADIAL[1]), 18, distances.radiusOf(ANGULAR[1]), 6, species));
        @Nullable Trial best = null;
        for (double radial : RADIAL) {
            for (double angular : ANGULAR) {
                double reach = distances.radiusOf(radial);
                Trial trial = tried(rich(reach, Math.min(reach, distances.radiusOf(angular)), ORDERS[0]));
                best = best == null || trial.score() < best.score() ? trial : best;
            }
        }
        for (int k = 1; k < ORDERS.length && best != null; k++) {
            Trial longer = tried(
                    rich(best.descriptor().radialCutoff(), best.descriptor().angularCutoff(), ORDERS[k]));
            if (!(longer.score() < (1 - settings.gain()) * best.score())) {
                break;
            }
            best = longer;
        }
        return new Answer(distances, List.copyOf(trials), cheapest(), Kernel.bestFor(LOSS));
    }

    private Trial cheapest() {
        double lowest = trials.stream().mapToDouble(Trial::score).min().orElseThrow();
        Trial cheapest = trials.getFirst();
        boolean found = false;
        for (Trial trial : trials) {
            boolean good = trial.score() <= lowest * (1 + settings.gain());
            if (good
                    && (!found
                            || trial.descriptor().size() < cheapest.descriptor().size())) {
                cheapest = trial;
                found = true;
            }
        }
        return cheapest;
    }

    private ResolvedChebyshev rich(double radial, double angular, int[] orders) {
        return new ResolvedChebyshev(radial, orders[0], angular, orders[1], species);
    }

    private Trial tried(Descriptor descriptor) {
        TrainingSettings fit = new TrainingSettings(
                descriptor,
                settings.hidden(),
                Activation.TANH,
                PairRepulsion.NONE,
                LOSS,
                AdamSettings.DEFAULT,
                settings.epochs(),
                true,
                settings.seed(),
                settings.seed());
        Training training = Training.start(fit, frames);
        @Nullable Errors best = null;
        while (!training.finished()) {
            EpochReport report = training.runEpoch();
            if (report.best() || best == null) {
                best = report.validation().orElseThrow();
            }
        }
        if (best == null) {
            throw new IllegalStateException("a training of " + settings.epochs() + " epochs has made none");
        }
        Trial trial = new Trial(descriptor, best);
        trials.add(trial);
        listener.tried(trial, trials.size());
        return trial;
    }
}
