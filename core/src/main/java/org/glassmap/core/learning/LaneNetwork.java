package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;

/** {@link NetworkKernel} for eight atoms: rows {@code [node][lane]}. Keeps work space; one thread at a time. */
final class LaneNetwork {

    private static final int COUNT = Lanes.COUNT;
    private static final int WIDTH = Lanes.WIDTH;

    /**
     * Nodes that are computed together. One size for all: beside a second kernel for a smaller last tile the compiler at
     * times had every vector of it made an object.
     */
    private static final int TILE = 8;

    private final int[] sizes;
    private final int layers;

    /** Layer l ≥ 1, by tiles of eight nodes: {@code [tile][input][node of the tile]}. */
    private final double[][] forward;

    /** The same of the transposed weights: tiles of inputs. */
    private final double[][] backward;

    /** {@code [node][lane]}: every node's bias in all lanes, which is where its sum begins. */
    private final double[][] biases;

    private final LaneActivation[] activations;
    private final double[][] h;
    private final double[][] slope;
    private final double[][] delta;

    LaneNetwork(Network network) {
        this.sizes = network.sizes();
        this.layers = sizes.length;
        this.forward = new double[layers][];
        this.backward = new double[layers][];
        this.biases = new double[layers][];
        this.activations = new LaneActivation[layers];
        this.h = new double[layers][];
        this.slope = new double[layers][];
        this.delta = new double[layers][];
        List<Activation> named = network.activations();
        double[] weights = network.weights();
        int p = 0;
        for (int l = 1; l < layers; l++) {
            int inputs = sizes[l - 1];
            int outputs = sizes[l];
            forward[l] = new double[padded(outputs) * inputs];
            backward[l] = new double[padded(inputs) * outputs];
            biases[l] = new double[outputs * COUNT];
            for (int i = 0; i < inputs; i++) {
                for (int o = 0; o < outputs; o++) {
                    forward[l][tile(o, i, inputs)] = weights[p];
                    backward[l][tile(i, o, outputs)] = weights[p++];
                }
            }
            for (int o = 0; o < outputs; o++) {
                Arrays.fill(biases[l], o * COUNT, (o + 1) * COUNT, weights[p++]);
            }
            activations[l] = new LaneActivation(named.get(l - 1));
            h[l] = new double[padded(outputs) * COUNT];
            slope[l] = new double[padded(outputs) * COUNT];
            delta[l] = new double[padded(outputs) * COUNT];
        }
    }

    /** Rows that hold {@code nodes} nodes: whole tiles. */
    static int padded(int nodes) {
        return (nodes + TILE - 1) / TILE * TILE;
    }

    /** Where the weight from {@code from} to {@code to} stands, of nodes fed by {@code inputs}. */
    private static int tile(int to, int from, int inputs) {
        int first = to / TILE * TILE;
        return first * inputs + from * TILE + to - first;
    }

    /** Runs the layers on eight atoms.
     *
     * @param inputs {@code [node][lane]}
     * @return the output of every lane, {@code [lane]}; valid until the next call
     */
    double[] forward(double[] inputs) {
        double[] below = inputs;
        for (int l = 1; l < layers; l++) {
            System.arraycopy(biases[l], 0, h[l], 0, biases[l].length);
            combine(forward[l], below, sizes[l - 1], padded(sizes[l]), h[l]);
            activations[l].apply(h[l], slope[l], sizes[l] * COUNT);
            below = h[l];
        }
        return h[layers - 1];
    }

    /** After {@link #forward}: adds {@code scale} · d(output)/d(input) to {@code gradient}.
     *
     * @param gradient {@code [node][lane]}, rows rounded up to whole tiles
     */
    void backward(double scale, double[] gradient) {
        for (int i = 0; i < COUNT; i++) {
            delta[layers - 1][i] = scale * slope[layers - 1][i];
        }
        for (int l = layers - 1; l > 1; l--) {
            Arrays.fill(delta[l - 1], 0);
            combine(backward[l], delta[l], sizes[l], padded(sizes[l - 1]), delta[l - 1]);
            multiply(slope[l - 1], sizes[l - 1] * COUNT, delta[l - 1]);
        }
        combine(backward[1], delta[1], sizes[1], padded(sizes[0]), gradient);
    }

    private static void multiply(double[] by, int length, double[] what) {
        for (int i = 0; i < length; i += WIDTH) {
            Lanes.at(by, i).mul(Lanes.at(what, i)).intoArray(what, i);
        }
    }

    /** out_o += Σ_i w_oi in_i, row by row. */
    private static void combine(double[] tiles, double[] in, int inputs, int rows, double[] out) {
        for (int half = 0; half < COUNT; half += WIDTH) {
            for (int o = 0; o < rows; o += TILE) {
                eight(tiles, o * inputs, in, half, inputs, out, o * COUNT + half);
            }
        }
    }

    private static void eight(double[] w, int at, double[] in, int half, int inputs, double[] out, int o) {
        DoubleVector a = Lanes.at(out, o);
        DoubleVector b = Lanes.at(out, o + COUNT);
        DoubleVector c = Lanes.at(out, o + 2 * COUNT);
        DoubleVector d = Lanes.at(out, o + 3 * COUNT);
        DoubleVector e = Lanes.at(out, o + 4 * COUNT);
        DoubleVector f = Lanes.at(out, o + 5 * COUNT);
        DoubleVector g = Lanes.at(out, o + 6 * COUNT);
        DoubleVector h = Lanes.at(out, o + 7 * COUNT);
        for (int i = 0; i < inputs; i++) {
            DoubleVector row = Lanes.at(in, i * COUNT + half);
            int p = at + 8 * i;
            a = row.fma(Lanes.all(w[p]), a);
            b = row.fma(Lanes.all(w[p + 1]), b);
            c = row.fma(Lanes.all(w[p + 2]), c);
            d = row.fma(Lanes.all(w[p + 3]), d);
            e = row.fma(Lanes.all(w[p + 4]), e);
            f = row.fma(Lanes.all(w[p + 5]), f);
            g = row.fma(Lanes.all(w[p + 6]), g);
            h = row.fma(Lanes.all(w[p + 7]), h);
        }
        a.intoArray(out, o);
        b.intoArray(out, o + COUNT);
        c.intoArray(out, o + 2 * COUNT);
        d.intoArray(out, o + 3 * COUNT);
        e.intoArray(out, o + 4 * COUNT);
        f.intoArray(out, o + 5 * COUNT);
        g.intoArray(out, o + 6 * COUNT);
        h.intoArray(out, o + 7 * COUNT);
    }
}
