package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;

/**
 * A network at work on many atoms at once, an atom per lane: rows {@code [node][lane]}, so that every inner loop runs
 * down the lanes and no sum ever crosses them. Keeps work space; one thread at a time.
 */
final class NetworkKernel {

    private final int[] sizes;
    private final List<Activation> activations;
    private final int layers;

    /** Layer l ≥ 1: {@code weights[l][node][input]}, its transpose, and biases. */
    private final double[][][] weights;

    private final double[][][] transposed;
    private final double[][] biases;

    // Rows [layer][node][lane]: inputs to the nodes, outputs, dh/dz, d(output)/dz.
    private final double[][][] z;
    private final double[][][] h;
    private final double[][][] slope;
    private final double[][][] delta;

    /** d(output)/d(output of a node): what comes back to a node before its slope. */
    private final double[][][] pulled;

    private double[] one = new double[0];

    NetworkKernel(Network network) {
        this.sizes = network.sizes();
        this.activations = network.activations();
        this.layers = sizes.length;
        this.weights = new double[layers][][];
        this.transposed = new double[layers][][];
        this.biases = new double[layers][];
        this.z = new double[layers][][];
        this.h = new double[layers][][];
        this.slope = new double[layers][][];
        this.delta = new double[layers][][];
        this.pulled = new double[layers][][];
        for (int l = 1; l < layers; l++) {
            weights[l] = new double[sizes[l]][sizes[l - 1]];
            transposed[l] = new double[sizes[l - 1]][sizes[l]];
            biases[l] = new double[sizes[l]];
            z[l] = new double[sizes[l]][0];
            h[l] = new double[sizes[l]][0];
            slope[l] = new double[sizes[l]][0];
            delta[l] = new double[sizes[l]][0];
            pulled[l] = new double[sizes[l]][0];
        }
        set(network.weights(), 0);
    }

    /** Takes the weights that stand in ænet's order from place {@code at} of a vector. */
    void set(double[] vector, int at) {
        int p = at;
        for (int l = 1; l < layers; l++) {
            for (int i = 0; i < sizes[l - 1]; i++) {
                for (int o = 0; o < sizes[l]; o++) {
                    weights[l][o][i] = vector[p];
                    transposed[l][i][o] = vector[p];
                    p++;
                }
            }
            for (int o = 0; o < sizes[l]; o++) {
                biases[l][o] = vector[p++];
            }
        }
    }

    private void reserve(int lanes) {
        if (one.length < lanes) {
            one = new double[lanes];
            Arrays.fill(one, 1);
            for (int l = 1; l < layers; l++) {
                for (int o = 0; o < sizes[l]; o++) {
                    z[l][o] = new double[lanes];
                    h[l][o] = new double[lanes];
                    slope[l][o] = new double[lanes];
                    delta[l][o] = new double[lanes];
                    pulled[l][o] = new double[lanes];
                }
            }
        }
    }

    /** @param inputs {@code [n_0][lane]}
     * @return the output of every lane; valid until the next call
     */
    double[] forward(double[][] inputs, int lanes) {
        reserve(lanes);
        double[][] below = inputs;
        for (int l = 1; l < layers; l++) {
            for (int o = 0; o < sizes[l]; o++) {
                Arrays.fill(z[l][o], 0, lanes, biases[l][o]);
                addCombination(weights[l][o], below, sizes[l - 1], lanes, z[l][o]);
                activations.get(l - 1).apply(z[l][o], lanes, h[l][o], slope[l][o]);
            }
            below = h[l];
        }
        return h[layers - 1][0];
    }

    /** After {@link #forward}: d(output)/d(input), {@code [n_0][lane]}, filled. */
    void backward(int lanes, double[][] gradient) {
        backward(lanes);
        pull(1, lanes, gradient);
    }

    /** After {@link #forward}: back to the first layer of nodes, where the inputs do not matter. */
    void backward(int lanes) {
        Arrays.fill(pulled[layers - 1][0], 0, lanes, 1);
        System.arraycopy(slope[layers - 1][0], 0, delta[layers - 1][0], 0, lanes);
        for (int l = layers - 1; l > 1; l--) {
            pull(l, lanes, pulled[l - 1]);
            for (int i = 0; i < sizes[l - 1]; i++) {
                product(pulled[l - 1][i], slope[l - 1][i], lanes, delta[l - 1][i]);
            }
        }
    }

    private void pull(int l, int lanes, double[][] out) {
        for (int i = 0; i < sizes[l - 1]; i++) {
            Arrays.fill(out[i], 0, lanes, 0);
            addCombination(transposed[l][i], delta[l], sizes[l], lanes, out[i]);
        }
    }

    static void product(double[] a, double[] b, int lanes, double[] out) {
        for (int k = 0; k < lanes; k++) {
            out[k] = a[k] * b[k];
        }
    }

    /** out += Σ_i w_i · rows_i, eight rows at a time: a pass over the lanes is then dear enough to be worth starting. */
    static void addCombination(double[] w, double[][] rows, int count, int lanes, double[] out) {
        int i = 0;
        for (; i + 7 < count; i += 8) {
            addEight(w, rows, i, lanes, out);
        }
        for (; i + 1 < count; i += 2) {
            addTwo(w[i], rows[i], w[i + 1], rows[i + 1], lanes, out);
        }
        if (i < count) {
            addOne(w[i], rows[i], lanes, out);
        }
    }

    private static void addEight(double[] w, double[][] rows, int i, int lanes, double[] out) {
        double w0 = w[i];
        double w1 = w[i + 1];
        double w2 = w[i + 2];
        double w3 = w[i + 3];
        double w4 = w[i + 4];
        double w5 = w[i + 5];
        double w6 = w[i + 6];
        double w7 = w[i + 7];
        double[] r0 = rows[i];
        double[] r1 = rows[i + 1];
        double[] r2 = rows[i + 2];
        double[] r3 = rows[i + 3];
        double[] r4 = rows[i + 4];
        double[] r5 = rows[i + 5];
        double[] r6 = rows[i + 6];
        double[] r7 = rows[i + 7];
        for (int k = 0; k < lanes; k++) {
            out[k] = out[k]
                    + ((w0 * r0[k] + w1 * r1[k]) + (w2 * r2[k] + w3 * r3[k]))
                    + ((w4 * r4[k] + w5 * r5[k]) + (w6 * r6[k] + w7 * r7[k]));
        }
    }

    private static void addTwo(double w0, double[] r0, double w1, double[] r1, int lanes, double[] out) {
        for (int k = 0; k < lanes; k++) {
            out[k] = out[k] + (w0 * r0[k] + w1 * r1[k]);
        }
    }

    private static void addOne(double w, double[] row, int lanes, double[] out) {
        for (int k = 0; k < lanes; k++) {
            out[k] += w * row[k];
        }
    }

    // What training needs: the layers as the last forward and backward left them.

    int layers() {
        return layers;
    }

    int nodes(int l) {
        return sizes[l];
    }

    Activation activation(int l) {
        return activations.get(l - 1);
    }

    double[][] weightRows(int l) {
        return weights[l];
    }

    double[][] transposedRows(int l) {
        return transposed[l];
    }

    double[][] inputsOf(int l) {
        return z[l];
    }

    double[][] outputs(int l) {
        return h[l];
    }

    double[][] slopes(int l) {
        return slope[l];
    }

    double[][] deltas(int l) {
        return delta[l];
    }

    double[][] pulled(int l) {
        return pulled[l];
    }

    int weightCount() {
        return Network.weightCount(sizes);
    }
}
