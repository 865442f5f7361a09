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

    private PreparedFrames(TrainingSettings settings, Split split) {
        this.settings = settings;
        this.split = split;
        this.training = split.training().stream()
                .map(f -> new PreparedFrame(f, settings))
                .toList();
        this.validation = split.validation().stream()
                .map(f -> new PreparedFrame(f, settings))
                .toList();
    }

    /**
     * @param settings of any member: they agree in all but their seeds
     * @param budget bytes that descriptors and geometry may take; what goes beyond is made anew in every epoch, with the
     *     same bits
     */
    public static PreparedFrames of(TrainingSettings settings, Split split, long budget) {
        if (!(budget >= 0)) {
            throw new IllegalArgumentException("a budget of memory cannot be negative, got " + budget);
        }
        PreparedFrames prepared = new PreparedFrames(settings, split);
        DescriptorCalculator calculator = new DescriptorCalculator(settings.descriptor());
        boolean withGeometry = !settings.loss().energiesAlone();
        long left = budget;
        for (List<PreparedFrame> part : List.of(prepared.training, prepared.validation)) {
            for (PreparedFrame frame : part) {
                left = frame.keep(left, withGeometry, calculator);
            }
        }
        return prepared;
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
