package org.glassmap.core.learning;

/**
 * Adam with decoupled weight decay (Loshchilov, Hutter, arXiv 1711.05101), a rate that falls by a cosine, and a bound
 * on the gradient.
 *
 * @param rate at the start
 * @param finalRate at the end
 * @param beta1 memory of the mean of the gradient
 * @param beta2 memory of its square
 * @param framesPerStep how many frames a step sees
 * @param clip the longest a gradient (mean over the frames of a step) may be
 * @param decay weights shrink by rate × decay a step
 * @param whitening steps are taken where a species' features vary alike, but for those whose variance is below this
 *     share of their mean; 0: where the features stand
 */
public record AdamSettings(
        double rate,
        double finalRate,
        double beta1,
        double beta2,
        int framesPerStep,
        double clip,
        double decay,
        double whitening)
        implements OptimiserSettings {

    /** A recipe that worked for energies, forces and stresses of Li–P–S. */
    public static final AdamSettings DEFAULT = new AdamSettings(2e-3, 6e-6, 0.9, 0.99, 8, 2, 0.03);

    /** The same in whitened coordinates, which bear twice the rate. */
    public static final AdamSettings WHITENED = new AdamSettings(4e-3, 6e-6, 0.9, 0.99, 8, 2, 0.03, 1e-3);

    public AdamSettings {
        require("rate", rate > 0 && Double.isFinite(rate), rate);
        require("finalRate", finalRate >= 0 && finalRate <= rate, finalRate);
        require("beta1", beta1 >= 0 && beta1 < 1, beta1);
        require("beta2", beta2 >= 0 && beta2 < 1, beta2);
        require("framesPerStep", framesPerStep >= 1, framesPerStep);
        require("clip", clip > 0, clip);
        require("decay", decay >= 0 && Double.isFinite(decay), decay);
        require("whitening", whitening >= 0 && whitening <= 1, whitening);
    }

    /** Without whitening. */
    public AdamSettings(
            double rate, double finalRate, double beta1, double beta2, int framesPerStep, double clip, double decay) {
        this(rate, finalRate, beta1, beta2, framesPerStep, clip, decay, 0);
    }

    /** Without whitening as it was before there was one: a training's state knows its settings by this text. */
    @Override
    public String toString() {
        return "AdamSettings[rate=%s, finalRate=%s, beta1=%s, beta2=%s, framesPerStep=%s, clip=%s, decay=%s%s]"
                .formatted(
                        rate,
                        finalRate,
                        beta1,
                        beta2,
                        framesPerStep,
                        clip,
                        decay,
                        whitening == 0 ? "" : ", whitening=" + whitening);
    }

    private static void require(String name, boolean holds, double value) {
        if (!holds) {
            throw new IllegalArgumentException("Adam setting %s cannot be %s".formatted(name, value));
        }
    }
}
