package org.glassmap.core.learning;

import java.util.Arrays;

/**
 * How features are made comparable before a network sees them: (g − shift) · factor. Immutable.
 *
 * <p>From ænet's statistics shift is the mean and factor 1/√(mean of squares − mean²), 0 where a feature does not vary.
 */
public final class FeatureScaling {

    private final double[] shift;
    private final double[] factor;

    /** @param shift copied
     * @param factor copied, not negative
     */
    public FeatureScaling(double[] shift, double[] factor) {
        if (shift.length != factor.length) {
            throw new IllegalArgumentException(
                    "%d shifts and %d factors do not fit".formatted(shift.length, factor.length));
        }
        for (int f = 0; f < shift.length; f++) {
            if (!Double.isFinite(shift[f]) || !Double.isFinite(factor[f]) || !(factor[f] >= 0)) {
                throw new IllegalArgumentException(
                        "feature %d: shift must be finite and factor not negative, got %s and %s"
                                .formatted(f + 1, shift[f], factor[f]));
            }
        }
        this.shift = shift.clone();
        this.factor = factor.clone();
    }

    public int size() {
        return shift.length;
    }

    public double shift(int feature) {
        return shift[feature];
    }

    public double factor(int feature) {
        return factor[feature];
    }

    /** @param scaled {@code [size]}, filled: (feature − shift) · factor */
    void apply(double[] features, double[] scaled) {
        for (int f = 0; f < scaled.length; f++) {
            scaled[f] = (features[f] - shift[f]) * factor[f];
        }
    }

    /** @param scaled {@code [size]}, filled: rate · (factor · unit), rates standing from place {@code at} */
    void applyFactors(double[] rates, int at, double unit, double[] scaled) {
        for (int f = 0; f < scaled.length; f++) {
            scaled[f] = rates[at + f] * (factor[f] * unit);
        }
    }

    /** A network that takes features as they are and gives what {@code network} gives for scaled ones. */
    Network foldInto(Network network) {
        double[] weights = network.weights();
        int inputs = network.nodes(0);
        int outputs = network.nodes(1);
        int bias = inputs * outputs;
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                double folded = weights[i * outputs + o] * factor[i];
                weights[i * outputs + o] = folded;
                weights[bias + o] -= folded * shift[i];
            }
        }
        return network.withWeights(weights);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureScaling scaling
                && Arrays.equals(shift, scaling.shift)
                && Arrays.equals(factor, scaling.factor);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shift) + Arrays.hashCode(factor);
    }

    @Override
    public String toString() {
        return "FeatureScaling[%d features]".formatted(shift.length);
    }
}
