package org.glassmap.core.learning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The moments of a gradient that {@link AdamSettings} speaks of, and the steps they make. */
final class Adam {

    private final AdamSettings settings;

    /** The coordinates the moments are of; null: the weights themselves. */
    private final @Nullable Whitening whitening;

    private final double[] mean;
    private final double[] square;
    private final double[] way;

    /** @param frames to learn from, of which the coordinates are made */
    Adam(AdamSettings settings, Architecture architecture, List<PreparedFrame> frames) {
        this.settings = settings;
        this.whitening = settings.whitening() > 0 ? Whitening.of(architecture, frames, settings.whitening()) : null;
        this.mean = new double[architecture.weightCount()];
        this.square = mean.clone();
        this.way = mean.clone();
    }

    /**
     * @param weights changed
     * @param gradient mean over the frames of the step
     * @param step from 1
     * @param progress of the whole training, 0 to 1
     */
    void step(double[] weights, double[] gradient, long step, double progress) {
        double[] g = whitening == null ? gradient : whitening.derivative(gradient);
        double norm = norm(g);
        double shrink = norm > settings.clip() ? settings.clip() / norm : 1;
        double meanBias = 1 - StrictMath.pow(settings.beta1(), step);
        double squareBias = 1 - StrictMath.pow(settings.beta2(), step);
        for (int k = 0; k < way.length; k++) {
            double shrunk = g[k] * shrink;
            mean[k] = settings.beta1() * mean[k] + (1 - settings.beta1()) * shrunk;
            square[k] = settings.beta2() * square[k] + (1 - settings.beta2()) * shrunk * shrunk;
            way[k] = mean[k] / meanBias / (Math.sqrt(square[k] / squareBias) + 1e-8);
        }
        // Decay is the same in either coordinates: they hang together linearly.
        double[] back = whitening == null ? way : whitening.weights(way);
        double rate = rate(progress);
        for (int k = 0; k < weights.length; k++) {
            weights[k] -= rate * (back[k] + settings.decay() * weights[k]);
        }
    }

    private double rate(double progress) {
        return settings.finalRate()
                + (settings.rate() - settings.finalRate()) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * progress));
    }

    private static double norm(double[] gradient) {
        double sum = 0;
        for (double component : gradient) {
            sum += component * component;
        }
        return Math.sqrt(sum);
    }

    void write(DataOutputStream out) throws IOException {
        for (double[] moments : new double[][] {mean, square}) {
            for (double moment : moments) {
                out.writeDouble(moment);
            }
        }
    }

    void read(DataInputStream in) throws IOException {
        for (double[] moments : new double[][] {mean, square}) {
            for (int k = 0; k < moments.length; k++) {
                moments[k] = in.readDouble();
            }
        }
    }
}
