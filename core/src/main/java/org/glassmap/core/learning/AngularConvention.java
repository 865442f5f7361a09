package org.glassmap.core.learning;

/**
 * What ænet's angular sums take the Chebyshev polynomials of. Its files do not say.
 *
 * <p>The older argument is a linear function of the newer, so the older sums are fixed combinations of the newer ones,
 * G′ = M G, and a network of the older becomes one of the newer by folding M into its first layer: nothing of the older
 * convention is left in what computes.
 */
public enum AngularConvention {

    /** T_n(cos θ): ænet from 2.0.4 (2019-11-18) on, aenet-PyTorch, Glassmap. */
    COSINE,

    /** T_n((2 cos θ − π)/π): ænet up to 2.0.3, which took the cosine for the angle. */
    COSINE_TAKEN_FOR_ANGLE;

    /** Means carry 16 digits of sums of both signs. */
    private static final double ROUNDING = 1e-6;

    private static final double SLOPE = 2 / Math.PI;

    /** |T_n(cos θ)| ≤ 1, so a mean of A_n is at most that of A_0; the older argument lies in −1.64 … −0.36.
     *
     * @throws IllegalArgumentException if the means of the angular sums cannot be of this convention
     */
    void requireOf(WeightedChebyshev descriptor, FeatureStatistics statistics) {
        int zeroth = descriptor.radialOrder() + 1;
        double[] mean = statistics.mean();
        if (statistics.evaluations() == 0 || !(mean[zeroth] > 0)) {
            return; // made without a training set, or without angles: nothing to be told from
        }
        for (int n = 1; n <= descriptor.angularOrder(); n++) {
            double ratio = mean[zeroth + n] / mean[zeroth];
            if (this == COSINE && Math.abs(ratio) > 1 + ROUNDING) {
                throw new IllegalArgumentException(
                        ("the mean of angular feature %d is %s times that of feature 0, which a cosine cannot give: this"
                                        + " potential is of ænet 2.0.3 or older, whose angular argument was another; say so"
                                        + " to have it read in that convention")
                                .formatted(n, ratio));
            }
            if (this == COSINE_TAKEN_FOR_ANGLE
                    && n == 1
                    && !(ratio >= -SLOPE - 1 - ROUNDING && ratio <= SLOPE - 1 + ROUNDING)) {
                throw new IllegalArgumentException(
                        ("the mean of angular feature 1 is %s times that of feature 0, where ænet 2.0.3 and older give"
                                        + " -1.64 to -0.36: this potential is of a newer version; read it as such")
                                .formatted(ratio));
            }
        }
    }

    /** The same energies from sums over T_n(cos θ). */
    SpeciesNetwork toCosine(SpeciesNetwork network) {
        return this == COSINE ? network : new Conversion(network).converted();
    }

    private static final class Conversion {

        private final SpeciesNetwork old;
        private final int orders;
        private final double[][] map;

        Conversion(SpeciesNetwork old) {
            this.old = old;
            this.orders = old.descriptor().angularOrder() + 1;
            this.map = map(orders);
        }

        /** M: T_n(αc + β) = Σ_m M_nm T_m(c), by T_{n+1} = 2 (αc + β) T_n − T_{n−1} and 2c T_m = T_{m+1} + T_{|m−1|}. */
        private static double[][] map(int orders) {
            double[][] m = new double[orders][orders];
            m[0][0] = 1;
            for (int n = 0; n + 1 < orders; n++) {
                double twice = n == 0 ? 1 : 2;
                for (int k = 0; k <= n; k++) {
                    m[n + 1][k] -= twice * m[n][k];
                    double half = twice * SLOPE * m[n][k] / 2;
                    m[n + 1][k + 1] += half;
                    m[n + 1][Math.abs(k - 1)] += half;
                    if (n > 0) {
                        m[n + 1][k] -= m[n - 1][k];
                    }
                }
            }
            return m;
        }

        SpeciesNetwork converted() {
            Descriptor descriptor = old.descriptor();
            int half = descriptor.radialOrder() + 1 + orders;
            double[] shift = new double[descriptor.size()];
            double[] factor = new double[descriptor.size()];
            double[] weights = old.network().weights();
            for (int f = 0; f < shift.length; f++) {
                shift[f] = old.scaling().shift(f);
                factor[f] = old.scaling().factor(f);
            }
            for (int from = descriptor.radialOrder() + 1; from < descriptor.size(); from += half) {
                convert(from, shift, factor, weights);
            }
            return new SpeciesNetwork(
                    old.species(),
                    descriptor,
                    new FeatureScaling(shift, factor),
                    old.network().withWeights(weights),
                    old.energyScale(),
                    old.energyShift(),
                    old.atomicEnergy());
        }

        /** One run of angular features: G′ − m′ = M (G − m) with m = M⁻¹ m′, and W = W′ diag(factor′) M. */
        private void convert(int from, double[] shift, double[] factor, double[] weights) {
            int outputs = old.network().nodes(1);
            double[] own = weights.clone();
            for (int m = 0; m < orders; m++) {
                for (int o = 0; o < outputs; o++) {
                    double sum = 0;
                    for (int n = m; n < orders; n++) {
                        sum += own[(from + n) * outputs + o] * old.scaling().factor(from + n) * map[n][m];
                    }
                    weights[(from + m) * outputs + o] = sum;
                }
                factor[from + m] = 1;
                double rest = old.scaling().shift(from + m);
                for (int k = 0; k < m; k++) {
                    rest -= map[m][k] * shift[from + k];
                }
                shift[from + m] = rest / map[m][m];
            }
        }
    }
}
