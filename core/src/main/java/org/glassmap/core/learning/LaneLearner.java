package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/**
 * What {@link NetworkKernel} and {@link NetworkGradient} do for energies, in a processor's vectors: atoms are lanes, rows
 * are {@code [node][lane]}. Forward, back, and Σ z̄ h over atoms, which is kept apart for every eighth atom and added up
 * across the eight in the end: bits depend on which atoms are in a block, not on the vectors' length. Nodes go in tiles of
 * four, so that what is loaded is used four times. Keeps weights and sums; one thread at a time.
 */
final class LaneLearner {

    /** Lanes of a row come in multiples of this: four vectors of the longest kind. */
    static final int STEP = 32;

    /** The most atoms of a block. */
    static final int MOST_LANES = 96;

    private static final int TILE = 4;
    private static final int COUNT = Lanes.COUNT;
    private static final int WIDTH = Lanes.WIDTH;

    private final int[] sizes;
    private final int layers;
    private final LaneActivation[] activations;

    /** Layer l ≥ 1: {@code [tile of nodes][input][node of the tile]}; those of no node are 0. */
    private final double[][] forward;

    /** The same of the transposed weights: tiles of inputs; from layer 2. */
    private final double[][] backward;

    private final double[][] biases;

    /** Where the way back begins: as many zeros as the widest layer has nodes. */
    private final double[] zeros;

    /** Σ z̄ h, {@code [tile of nodes][tile of inputs][node][input][eighth]}, and Σ z̄. */
    private final double[][] weightSums;

    private final double[][] biasSums;

    /** What one block of atoms makes of the network: outputs, dh/dz and dL/dz of every layer. */
    static final class Layers {
        private final double[] inputs;
        private final double[][] h;
        private final double[][] slope;
        private final double[][] bar;
        private int stride;

        Layers(Network shape) {
            int[] sizes = shape.sizes();
            inputs = new double[padded(sizes[0]) * MOST_LANES];
            h = new double[sizes.length][];
            slope = new double[sizes.length][];
            bar = new double[sizes.length][];
            for (int l = 1; l < sizes.length; l++) {
                h[l] = new double[padded(sizes[l]) * MOST_LANES];
                slope[l] = new double[padded(sizes[l]) * MOST_LANES];
                bar[l] = new double[padded(sizes[l]) * MOST_LANES];
            }
        }

        /** Scaled features of a block become the inputs. */
        void load(EnergyUnit.Block block, FeatureScaling scaling) {
            stride = block.stride();
            for (int f = 0; f < scaling.size(); f++) {
                scale(block.features(), f * stride, stride, scaling.shift(f), scaling.factor(f), inputs);
            }
        }

        private static void scale(double[] from, int at, int length, double shift, double factor, double[] to) {
            for (int k = at; k < at + length; k += WIDTH) {
                Lanes.at(from, k).sub(shift).mul(factor).intoArray(to, k);
            }
        }

        private double[] below(int l) {
            return l == 1 ? inputs : h[l - 1];
        }

        /** The network's output, lane by lane. */
        double[] output() {
            return h[h.length - 1];
        }
    }

    LaneLearner(Network shape) {
        this.sizes = shape.sizes();
        this.layers = sizes.length;
        this.activations = new LaneActivation[layers];
        this.forward = new double[layers][];
        this.backward = new double[layers][];
        this.biases = new double[layers][];
        this.weightSums = new double[layers][];
        this.biasSums = new double[layers][];
        this.zeros = new double[padded(Arrays.stream(sizes).max().orElseThrow())];
        List<Activation> named = shape.activations();
        for (int l = 1; l < layers; l++) {
            activations[l] = new LaneActivation(named.get(l - 1));
            int nodes = padded(sizes[l]);
            int inputs = padded(sizes[l - 1]);
            forward[l] = new double[nodes * sizes[l - 1]];
            backward[l] = new double[inputs * sizes[l]];
            biases[l] = new double[nodes];
            weightSums[l] = new double[nodes * inputs * COUNT];
            biasSums[l] = new double[nodes * COUNT];
        }
    }

    private static int padded(int nodes) {
        return (nodes + TILE - 1) / TILE * TILE;
    }

    /** Takes the weights that stand in ænet's order from place {@code at} of a vector, and begins sums anew. */
    void set(double[] vector, int at) {
        int p = at;
        for (int l = 1; l < layers; l++) {
            int inputs = sizes[l - 1];
            int nodes = sizes[l];
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < nodes; o++) {
                    double weight = vector[p++];
                    forward[l][(o / TILE * inputs + i) * TILE + o % TILE] = weight;
                    backward[l][(i / TILE * nodes + o) * TILE + i % TILE] = weight;
                }
            }
            System.arraycopy(vector, p, biases[l], 0, nodes);
            p += nodes;
            Arrays.fill(weightSums[l], 0);
            Arrays.fill(biasSums[l], 0);
        }
    }

    /** From the inputs that were loaded to {@link Layers#output}. */
    void forward(Layers at) {
        for (int l = 1; l < layers; l++) {
            combine(forward[l], sizes[l - 1], at.below(l), biases[l], at.stride, sizes[l], at.h[l]);
            activations[l].apply(at.h[l], at.slope[l], sizes[l] * at.stride);
        }
    }

    /** After {@link #forward}: adds the derivative of Σ α · output over the lanes by every weight to the sums.
     *
     * @param alpha {@code [stride]}; 0 where there is no atom
     */
    void learn(Layers at, double[] alpha) {
        int stride = at.stride;
        multiply(alpha, at.slope[layers - 1], stride, at.bar[layers - 1]);
        for (int l = layers - 1; l >= 1; l--) {
            addProducts(at.bar[l], at.below(l), stride, l);
            if (l > 1) {
                combine(backward[l], sizes[l], at.bar[l], zeros, stride, sizes[l - 1], at.bar[l - 1]);
                multiply(at.slope[l - 1], at.bar[l - 1], sizes[l - 1] * stride, at.bar[l - 1]);
            }
        }
    }

    private static void multiply(double[] a, double[] b, int length, double[] out) {
        for (int k = 0; k < length; k += WIDTH) {
            Lanes.at(a, k).mul(Lanes.at(b, k)).intoArray(out, k);
        }
    }

    private void addProducts(double[] bar, double[] below, int stride, int l) {
        int at = 0;
        for (int o = 0; o < sizes[l]; o += TILE) {
            for (int half = 0; half < COUNT; half += WIDTH) {
                addRows(bar, o * stride + half, stride, biasSums[l], o * COUNT + half);
            }
            for (int i = 0; i < sizes[l - 1]; i += TILE) {
                for (int half = 0; half < COUNT; half += WIDTH) {
                    addTile(bar, o * stride + half, below, i * stride + half, stride, weightSums[l], at + half);
                }
                at += TILE * TILE * COUNT;
            }
        }
    }

    /** Adds the sums to a vector in ænet's order, from place {@code at}. */
    void addTo(double[] vector, int at) {
        int p = at;
        for (int l = 1; l < layers; l++) {
            int tiles = padded(sizes[l - 1]) / TILE;
            for (int i = 0; i < sizes[l - 1]; i++) {
                for (int o = 0; o < sizes[l]; o++) {
                    int tile = o / TILE * tiles + i / TILE;
                    vector[p++] += across(weightSums[l], (tile * TILE + o % TILE) * TILE + i % TILE);
                }
            }
            for (int o = 0; o < sizes[l]; o++) {
                vector[p++] += across(biasSums[l], o);
            }
        }
    }

    private static double across(double[] sums, int row) {
        int k = row * COUNT;
        return ((sums[k] + sums[k + 1]) + (sums[k + 2] + sums[k + 3]))
                + ((sums[k + 4] + sums[k + 5]) + (sums[k + 6] + sums[k + 7]));
    }

    /** out_o = start_o + Σ_i w_oi in_i, four nodes and four vectors at a time. */
    private static void combine(
            double[] tiles, int inputs, double[] in, double[] start, int stride, int nodes, double[] out) {
        for (int o = 0; o < nodes; o += TILE) {
            for (int k = 0; k < stride; k += 4 * WIDTH) {
                combineTile(tiles, o * inputs, inputs, in, start, o, stride, k, out);
            }
        }
    }

    private static void combineTile(
            double[] w, int at, int inputs, double[] in, double[] start, int o, int stride, int k, double[] out) {
        DoubleVector a0 = Lanes.all(start[o]);
        DoubleVector b0 = Lanes.all(start[o + 1]);
        DoubleVector c0 = Lanes.all(start[o + 2]);
        DoubleVector d0 = Lanes.all(start[o + 3]);
        DoubleVector a1 = a0;
        DoubleVector a2 = a0;
        DoubleVector a3 = a0;
        DoubleVector b1 = b0;
        DoubleVector b2 = b0;
        DoubleVector b3 = b0;
        DoubleVector c1 = c0;
        DoubleVector c2 = c0;
        DoubleVector c3 = c0;
        DoubleVector d1 = d0;
        DoubleVector d2 = d0;
        DoubleVector d3 = d0;
        for (int i = 0; i < inputs; i++) {
            int row = i * stride + k;
            DoubleVector x0 = Lanes.at(in, row);
            DoubleVector x1 = Lanes.at(in, row + WIDTH);
            DoubleVector x2 = Lanes.at(in, row + 2 * WIDTH);
            DoubleVector x3 = Lanes.at(in, row + 3 * WIDTH);
            int p = at + TILE * i;
            DoubleVector weight = Lanes.all(w[p]);
            a0 = x0.fma(weight, a0);
            a1 = x1.fma(weight, a1);
            a2 = x2.fma(weight, a2);
            a3 = x3.fma(weight, a3);
            weight = Lanes.all(w[p + 1]);
            b0 = x0.fma(weight, b0);
            b1 = x1.fma(weight, b1);
            b2 = x2.fma(weight, b2);
            b3 = x3.fma(weight, b3);
            weight = Lanes.all(w[p + 2]);
            c0 = x0.fma(weight, c0);
            c1 = x1.fma(weight, c1);
            c2 = x2.fma(weight, c2);
            c3 = x3.fma(weight, c3);
            weight = Lanes.all(w[p + 3]);
            d0 = x0.fma(weight, d0);
            d1 = x1.fma(weight, d1);
            d2 = x2.fma(weight, d2);
            d3 = x3.fma(weight, d3);
        }
        store(a0, a1, a2, a3, out, o * stride + k);
        store(b0, b1, b2, b3, out, (o + 1) * stride + k);
        store(c0, c1, c2, c3, out, (o + 2) * stride + k);
        store(d0, d1, d2, d3, out, (o + 3) * stride + k);
    }

    private static void store(
            DoubleVector v0, DoubleVector v1, DoubleVector v2, DoubleVector v3, double[] out, int at) {
        v0.intoArray(out, at);
        v1.intoArray(out, at + WIDTH);
        v2.intoArray(out, at + 2 * WIDTH);
        v3.intoArray(out, at + 3 * WIDTH);
    }

    /** Every eighth lane of four rows to the sums at {@code to}. */
    private static void addRows(double[] rows, int at, int stride, double[] sums, int to) {
        for (int row = 0; row < TILE; row++) {
            DoubleVector sum = Lanes.at(sums, to + row * COUNT);
            int first = at + row * stride;
            for (int k = 0; k < stride; k += COUNT) {
                sum = sum.add(Lanes.at(rows, first + k));
            }
            sum.intoArray(sums, to + row * COUNT);
        }
    }

    /** Every eighth lane of the sixteen products of four rows with four rows to the sums at {@code to}. */
    private static void addTile(double[] bar, int o, double[] below, int i, int stride, double[] sums, int to) {
        DoubleVector a0 = Lanes.at(sums, to);
        DoubleVector a1 = Lanes.at(sums, to + COUNT);
        DoubleVector a2 = Lanes.at(sums, to + 2 * COUNT);
        DoubleVector a3 = Lanes.at(sums, to + 3 * COUNT);
        DoubleVector b0 = Lanes.at(sums, to + 4 * COUNT);
        DoubleVector b1 = Lanes.at(sums, to + 5 * COUNT);
        DoubleVector b2 = Lanes.at(sums, to + 6 * COUNT);
        DoubleVector b3 = Lanes.at(sums, to + 7 * COUNT);
        DoubleVector c0 = Lanes.at(sums, to + 8 * COUNT);
        DoubleVector c1 = Lanes.at(sums, to + 9 * COUNT);
        DoubleVector c2 = Lanes.at(sums, to + 10 * COUNT);
        DoubleVector c3 = Lanes.at(sums, to + 11 * COUNT);
        DoubleVector d0 = Lanes.at(sums, to + 12 * COUNT);
        DoubleVector d1 = Lanes.at(sums, to + 13 * COUNT);
        DoubleVector d2 = Lanes.at(sums, to + 14 * COUNT);
        DoubleVector d3 = Lanes.at(sums, to + 15 * COUNT);
        for (int k = 0; k < stride; k += COUNT) {
            DoubleVector x0 = Lanes.at(below, i + k);
            DoubleVector x1 = Lanes.at(below, i + stride + k);
            DoubleVector x2 = Lanes.at(below, i + 2 * stride + k);
            DoubleVector x3 = Lanes.at(below, i + 3 * stride + k);
            DoubleVector pull = Lanes.at(bar, o + k);
            a0 = x0.fma(pull, a0);
            a1 = x1.fma(pull, a1);
            a2 = x2.fma(pull, a2);
            a3 = x3.fma(pull, a3);
            pull = Lanes.at(bar, o + stride + k);
            b0 = x0.fma(pull, b0);
            b1 = x1.fma(pull, b1);
            b2 = x2.fma(pull, b2);
            b3 = x3.fma(pull, b3);
            pull = Lanes.at(bar, o + 2 * stride + k);
            c0 = x0.fma(pull, c0);
            c1 = x1.fma(pull, c1);
            c2 = x2.fma(pull, c2);
            c3 = x3.fma(pull, c3);
            pull = Lanes.at(bar, o + 3 * stride + k);
            d0 = x0.fma(pull, d0);
            d1 = x1.fma(pull, d1);
            d2 = x2.fma(pull, d2);
            d3 = x3.fma(pull, d3);
        }
        a0.intoArray(sums, to);
        a1.intoArray(sums, to + COUNT);
        a2.intoArray(sums, to + 2 * COUNT);
        a3.intoArray(sums, to + 3 * COUNT);
        b0.intoArray(sums, to + 4 * COUNT);
        b1.intoArray(sums, to + 5 * COUNT);
        b2.intoArray(sums, to + 6 * COUNT);
        b3.intoArray(sums, to + 7 * COUNT);
        c0.intoArray(sums, to + 8 * COUNT);
        c1.intoArray(sums, to + 9 * COUNT);
        c2.intoArray(sums, to + 10 * COUNT);
        c3.intoArray(sums, to + 11 * COUNT);
        d0.intoArray(sums, to + 12 * COUNT);
        d1.intoArray(sums, to + 13 * COUNT);
        d2.intoArray(sums, to + 14 * COUNT);
        d3.intoArray(sums, to + 15 * COUNT);
    }
}
