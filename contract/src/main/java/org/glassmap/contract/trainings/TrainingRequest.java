package org.glassmap.contract.trainings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training of a committee on a frozen dataset.
 *
 * @param dataset id or {@code name@version}
 * @param members of the committee, 1 by default
 * @param seed of everything random in it
 * @param descriptor absent means the paper's
 * @param hiddenLayers nodes of each, tanh; {@code [15, 15]} by default
 * @param loss absent means the defaults of each field
 * @param epochs passes over the training part
 * @param validation absent means 10 % at random
 * @param repulsion fixed pair repulsion beneath the network; absent means none
 * @param warmStart id of a committee of the same shape to start from
 * @param optimiser {@code adam} (default), {@code whitened}, which is Adam in coordinates in which the features vary
 *     alike, or {@code lbfgs} on energies alone
 * @param restarts trainings of each member from different starts, of which the best by validation stays; 1 by default
 * @param patience epochs without a better validation after which a member stops; absent means none stops early
 * @param frames which frames are taken, and what they weigh; absent means all, alike
 * @param keep the epoch that is the answer: {@code best} by the loss on the validation part, or {@code last}
 */
public record TrainingRequest(
        String dataset,
        @Nullable Integer members,
        long seed,
        @Nullable DescriptorDocument descriptor,
        @Nullable List<Integer> hiddenLayers,
        @Nullable LossDocument loss,
        @Nullable Integer epochs,
        @Nullable Double learningRate,
        @Nullable ValidationDocument validation,
        @Nullable RepulsionDocument repulsion,
        @Nullable String warmStart,
        @Nullable String optimiser,
        @Nullable Integer restarts,
        @Nullable Integer patience,
        @Nullable FramesDocument frames,
        @Nullable String keep) {

    /** Adam, one start, all epochs, all frames alike. */
    public TrainingRequest(
            String dataset,
            @Nullable Integer members,
            long seed,
            @Nullable DescriptorDocument descriptor,
            @Nullable List<Integer> hiddenLayers,
            @Nullable LossDocument loss,
            @Nullable Integer epochs,
            @Nullable Double learningRate,
            @Nullable ValidationDocument validation,
            @Nullable RepulsionDocument repulsion,
            @Nullable String warmStart) {
        this(
                dataset,
                members,
                seed,
                descriptor,
                hiddenLayers,
                loss,
                epochs,
                learningRate,
                validation,
                repulsion,
                warmStart,
                null,
                null,
                null,
                null,
                null);
    }

    /**
     * @param kind {@code chebyshev} (ænet's two channels) or {@code rich} (a channel per species and pair of species)
     * @param species in the order of the environment
     * @param radialCutoff Å
     * @param angularCutoff Å
     */
    public record DescriptorDocument(
            String kind,
            List<String> species,
            double radialCutoff,
            int radialOrder,
            double angularCutoff,
            int angularOrder) {}

    /**
     * Weights of the loss of one frame.
     *
     * @param energy of the squared error per atom, 1/eV²
     * @param force of the squared error of a component, Å²/eV²
     * @param stress of the squared error of the virial per atom, 1/eV²
     * @param energyGrowth the factor by which {@code energy} has grown at the end of the training
     */
    public record LossDocument(
            @Nullable Double energy,
            @Nullable Double force,
            @Nullable Double stress,
            @Nullable Double energyGrowth) {

        public LossDocument(@Nullable Double energy, @Nullable Double force, @Nullable Double stress) {
            this(energy, force, stress, null);
        }
    }

    /**
     * @param fraction kept for validation, 0 to 0.5; no member is trained on it
     * @param key attribute whose equal values stay on the same side, or {@code composition}; absent means frame by frame
     * @param calibration kept from training and from validation, 0 to 0.5: the committee's spread is calibrated on it
     */
    public record ValidationDocument(
            @Nullable Double fraction,
            @Nullable String key,
            @Nullable Double calibration) {

        public ValidationDocument(@Nullable Double fraction, @Nullable String key) {
            this(fraction, key, null);
        }
    }

    /**
     * @param energyWindow eV/atom above the lowest frame of the same composition; what lies higher is left out
     * @param weightKey attribute with a positive number: how many times a frame counts
     */
    public record FramesDocument(
            @Nullable Double energyWindow, @Nullable String weightKey) {}

    /**
     * strength · (1 − r/r0)³ below r0 ({@code wall}), or the screened repulsion of the nuclei by Ziegler, Biersack and
     * Littmark, whole below r0/2 and switched off smoothly at r0 ({@code zbl}).
     *
     * @param strength eV, of a wall
     * @param distances r0 in Å by pair, as {@code Li-S}
     * @param kind {@code wall} by default
     */
    public record RepulsionDocument(
            @Nullable Double strength,
            Map<String, Double> distances,
            @Nullable String kind) {

        public RepulsionDocument(double strength, Map<String, Double> distances) {
            this(strength, distances, null);
        }
    }
}
