package org.glassmap.core.learning;

import java.util.Arrays;

/** Extrema, means and means of squares of features over a training set, as ænet keeps them. Immutable. */
public final class FeatureStatistics {

    /** Means of squares carry 16 digits: a variance below this share of them is rounding, not spread. */
    private static final double ROUNDING = 1e-13;

    private final int evaluations;
    private final double[] minimum;
    private final double[] maximum;
    private final double[] mean;
    private final double[] meanSquare;

    /** All arrays of one length, copied.
     *
     * @param evaluations how many atoms were seen
     */
    public FeatureStatistics(int evaluations, double[] minimum, double[] maximum, double[] mean, double[] meanSquare) {
        if (minimum.length != mean.length || maximum.length != mean.length || meanSquare.length != mean.length) {
            throw new IllegalArgumentException("statistics of features differ in length");
        }
        this.evaluations = evaluations;
        this.minimum = minimum.clone();
        this.maximum = maximum.clone();
        this.mean = mean.clone();
        this.meanSquare = meanSquare.clone();
    }

    static FeatureStatistics of(FeatureScaling scaling) {
        double[] mean = new double[scaling.size()];
        double[] square = new double[scaling.size()];
        for (int f = 0; f < mean.length; f++) {
            mean[f] = scaling.shift(f);
            double spread = scaling.factor(f) == 0 ? 0 : 1 / scaling.factor(f);
            square[f] = mean[f] * mean[f] + spread * spread;
        }
        return new FeatureStatistics(0, mean, mean, mean, square);
    }

    public int size() {
        return mean.length;
    }

    public int evaluations() {
        return evaluations;
    }

    double[] minimum() {
        return minimum;
    }

    double[] maximum() {
        return maximum;
    }

    double[] mean() {
        return mean;
    }

    double[] meanSquare() {
        return meanSquare;
    }

    /**
     * (g − mean)/√(mean of squares − mean²); a feature that does not vary is switched off. ænet does so below 1e-10
     * absolute and divides by what cancellation leaves otherwise, NaN included; here the limit is also relative.
     */
    public FeatureScaling scaling() {
        double[] factor = new double[mean.length];
        for (int f = 0; f < factor.length; f++) {
            double variance = meanSquare[f] - mean[f] * mean[f];
            boolean varies = variance > 1e-20 && variance > ROUNDING * meanSquare[f];
            factor[f] = varies ? 1 / Math.sqrt(variance) : 0;
        }
        return new FeatureScaling(mean, factor);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureStatistics that
                && evaluations == that.evaluations
                && Arrays.equals(minimum, that.minimum)
                && Arrays.equals(maximum, that.maximum)
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(meanSquare, that.meanSquare);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(meanSquare);
    }
}
