package org.glassmap.core.learning;

/**
 * How the environments are chosen that an extrapolation grade is measured against.
 *
 * @param resolution how far, in standard deviations of a feature over the training set, an environment may lie outside
 *     in a direction in which the training set does not extend at all before its grade is 1
 * @param excess by how much grades within the training set may exceed 1
 * @param passes over the training set at most
 */
public record GradeSettings(double resolution, double excess, int passes) {

    public static final GradeSettings DEFAULT = new GradeSettings(0.02, 0.01, 50);

    public GradeSettings {
        if (!(resolution > 0) || !(resolution <= 1)) {
            throw new IllegalArgumentException("resolution must be above 0 and at most 1, got " + resolution);
        }
        if (!(excess > 0) || !(excess <= 1)) {
            throw new IllegalArgumentException("excess must be above 0 and at most 1, got " + excess);
        }
        if (passes < 1) {
            throw new IllegalArgumentException("passes must be at least 1, got " + passes);
        }
    }
}
