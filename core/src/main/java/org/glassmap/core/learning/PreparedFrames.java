package org.glassmap.core.learning;

import java.util.List;

/**
 * Frames with all that stays the same while networks learn: labels without the repulsion, descriptors and geometry. Made
 * once for all members of a committee and any number of threads.
 */
public final class PreparedFrames {

    /** Bytes: about 200,000 atoms of the paper's descriptor. */
    public static final long DEFAULT_BUDGET = 384L << 20;

    final TrainingSettings settings;
    final Split split;
    final List<PreparedFrame> training;
    final List<PreparedFrame> validation;

    /** By which losses are computed. */
    final Kernel kernel;

    private final List<EnergyUnit> trainingUnits;
    private final List<EnergyUnit> validationUnits;

    private PreparedFrames(TrainingSettings settings, Split split, Kernel kernel) {
        if (!kernel.available()) {
            throw new IllegalArgumentException("kernel %s is not there".formatted(kernel.id()));
        }
        this.settings = settings;
        this.kernel = kernel.learning(settings.loss());
        this.split = split;
        this.training = split.training().stream()
                .map(f -> new PreparedFrame(f, settings))
                .toList();
        this.validation = split.validation().stream()
                .map(f -> new PreparedFrame(f, settings))
                .toList();
        this.trainingUnits = EnergyUnit.of(training, settings.descriptor());
        this.validationUnits = EnergyUnit.of(validation, settings.descriptor());
    }

    /** With the fastest kernel there is.
     *
     * @param settings of any member: they agree in all but their seeds
     * @param budget bytes that descriptors and geometry may take; what goes beyond is made anew in every epoch, with the
     *     same bits
     */
    public static PreparedFrames of(TrainingSettings settings, Split split, long budget) {
        return of(settings, split, budget, Kernel.best());
    }

    /** As {@link #of(TrainingSettings, Split, long)}, with a kernel of one's choice. */
    public static PreparedFrames of(TrainingSettings settings, Split split, long budget, Kernel kernel) {
        if (!(budget >= 0)) {
            throw new IllegalArgumentException("a budget of memory cannot be negative, got " + budget);
        }
        PreparedFrames prepared = new PreparedFrames(settings, split, kernel);
        DescriptorCalculator calculator = new DescriptorCalculator(settings.descriptor());
        boolean withGeometry = !settings.loss().energiesAlone();
        long left = budget;
        for (List<PreparedFrame> part : List.of(prepared.training, prepared.validation)) {
            for (PreparedFrame frame : part) {
                left = frame.keep(left, withGeometry, calculator);
            }
        }
        // Adam sees the training frames in another order every time.
        if (prepared.kernel == Kernel.LANES && !(settings.optimiser() instanceof AdamSettings)) {
            for (EnergyUnit unit : prepared.trainingUnits) {
                left = unit.keep(left, calculator);
            }
        }
        if (prepared.kernel == Kernel.LANES) {
            for (EnergyUnit unit : prepared.validationUnits) {
                left = unit.keep(left, calculator);
            }
        }
        return prepared;
    }

    /** Frames to be learnt together; with what was kept of them where they are all of a part, in its order. */
    List<EnergyUnit> units(List<PreparedFrame> frames) {
        if (frames == training) {
            return trainingUnits;
        }
        return frames == validation ? validationUnits : EnergyUnit.of(frames, settings.descriptor());
    }

    /** With {@link #DEFAULT_BUDGET}. */
    public static PreparedFrames of(TrainingSettings settings, Split split) {
        return of(settings, split, DEFAULT_BUDGET);
    }

    /** Whether a training with other settings sees these frames the same way. */
    boolean suit(TrainingSettings other) {
        return settings.descriptor().equals(other.descriptor())
                && settings.repulsion().equals(other.repulsion())
                && settings.loss().equals(other.loss());
    }
}
