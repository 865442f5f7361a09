package org.glassmap.core.learning;

/**
 * L-BFGS on all frames at once. One epoch is one evaluation of the loss, which may be a trial of the line search that
 * is rejected, as in ænet. It needs a loss that stays the same: no growth of the energy's weight.
 *
 * @param memory pairs that are kept, 1 to 1000
 * @param gradientTolerance on the largest component of the gradient of the loss summed over the frames; reached, the
 *     training is finished
 */
public record LbfgsSettings(int memory, double gradientTolerance) implements OptimiserSettings {

    /** As ænet sets them. */
    public static final LbfgsSettings DEFAULT = new LbfgsSettings(20, 1e-6);

    public LbfgsSettings {
        if (memory < 1 || memory > 1000) {
            throw new IllegalArgumentException("memory must be 1 to 1000, got " + memory);
        }
        if (!(gradientTolerance >= 0)) {
            throw new IllegalArgumentException("gradientTolerance must not be negative, got " + gradientTolerance);
        }
    }
}
