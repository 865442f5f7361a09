package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A feed-forward network with one output. Immutable.
 *
 * <p>Weights are one vector in ænet's order: layer by layer, a column-major matrix {@code [n_out × (n_in + 1)]}, the
 * columns being the inputs and, last, the bias.
 */
public final class Network {

    /** The most nodes a layer may have. */
    public static final int MAX_NODES = 4096;

    private final int[] sizes;
    private final List<Activation> activations;
    private final double[] weights;

    /**
     * @param sizes nodes of every layer, inputs first; the last is 1; copied
     * @param activations of every layer but the inputs
     * @param weights copied
     * @throws IllegalArgumentException if lengths disagree or a weight is not finite
     */
    public Network(int[] sizes, List<Activation> activations, double[] weights) {
        requireShape(sizes, activations);
        int expected = weightCount(sizes);
        if (weights.length != expected) {
            throw new IllegalArgumentException(
                    "a network %s has %d weights, got %d".formatted(Arrays.toString(sizes), expected, weights.length));
        }
        for (int k = 0; k < weights.length; k++) {
            if (!Double.isFinite(weights[k])) {
                throw new IllegalArgumentException(
                        "weights must be finite, got %s at place %d".formatted(weights[k], k + 1));
            }
        }
        this.sizes = sizes.clone();
        this.activations = List.copyOf(activations);
        this.weights = weights.clone();
    }

    static void requireShape(int[] sizes, List<Activation> activations) {
        if (sizes.length < 2 || sizes.length > 20) {
            throw new IllegalArgumentException("a network has 2 to 20 layers, got " + sizes.length);
        }
        for (int size : sizes) {
            if (size < 1 || size > MAX_NODES) {
                throw new IllegalArgumentException("a layer has 1 to %d nodes, got %d".formatted(MAX_NODES, size));
            }
        }
        if (sizes[sizes.length - 1] != 1) {
            throw new IllegalArgumentException("the last layer has 1 node, got " + sizes[sizes.length - 1]);
        }
        if (activations.size() != sizes.length - 1) {
            throw new IllegalArgumentException("%d layers need %d activations, got %d"
                    .formatted(sizes.length, sizes.length - 1, activations.size()));
        }
    }

    /** Σ (n_l + 1) n_{l+1}. */
    static int weightCount(int[] sizes) {
        int count = 0;
        for (int l = 0; l + 1 < sizes.length; l++) {
            count += (sizes[l] + 1) * sizes[l + 1];
        }
        return count;
    }

    /**
     * Hidden layers of one activation, a linear output, and ænet's random weights: uniform with mean 0 and standard
     * deviation 1/√(n_in + 1), biases too.
     */
    public static Network random(int inputs, List<Integer> hidden, Activation activation, SplittableRandom random) {
        int[] sizes = new int[hidden.size() + 2];
        Activation[] activations = new Activation[hidden.size() + 1];
        sizes[0] = inputs;
        for (int l = 0; l < hidden.size(); l++) {
            sizes[l + 1] = hidden.get(l);
            activations[l] = activation;
        }
        sizes[hidden.size() + 1] = 1;
        activations[hidden.size()] = Activation.LINEAR;
        requireShape(sizes, List.of(activations));
        double[] weights = new double[weightCount(sizes)];
        int at = 0;
        for (int l = 0; l + 1 < sizes.length; l++) {
            double width = Math.sqrt(12.0) / Math.sqrt(sizes[l] + 1.0);
            for (int k = 0; k < (sizes[l] + 1) * sizes[l + 1]; k++) {
                weights[at++] = (random.nextDouble() - 0.5) * width;
            }
        }
        return new Network(sizes, List.of(activations), weights);
    }

    public int layers() {
        return sizes.length;
    }

    /** Nodes of layer {@code layer}; 0 are the inputs. */
    public int nodes(int layer) {
        return sizes[layer];
    }

    public int inputs() {
        return sizes[0];
    }

    /** Of layers 1 and up. */
    public List<Activation> activations() {
        return activations;
    }

    /** All weights in ænet's order; a copy. */
    public double[] weights() {
        return weights.clone();
    }

    public int weightCount() {
        return weights.length;
    }

    int[] sizes() {
        return sizes.clone();
    }

    /** The same shape with other weights, copied. */
    public Network withWeights(double[] other) {
        return new Network(sizes, activations, other);
    }

    /** The same layers and activations, whatever the weights. */
    public boolean sameShape(Network other) {
        return Arrays.equals(sizes, other.sizes) && activations.equals(other.activations);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && sameShape(network) && Arrays.equals(weights, network.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sizes) + Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return "Network" + Arrays.toString(sizes) + activations;
    }
}
