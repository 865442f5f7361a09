package org.glassmap.core.learning;

import java.util.Arrays;

/**
 * The derivative by the weights of J = Σ_lanes [α N(g) + ∇N(g) · u]: energies count through α, forces and virial
 * through u, the rate of the descriptor along the field of their residuals. Forward over reverse: a tangent pass along
 * u, then one adjoint pass; dG/dR and second derivatives of the network are never formed. Keeps work space.
 *
 * <p>With h = σ(z), ḣ = σ′ ż, and bars for dJ/d·: ż̄ = σ′ ḣ̄ and z̄ = σ′ h̄ + σ″ ż ḣ̄; W̄ = z̄ hᵀ + ż̄ ḣᵀ. The dotted adjoint
 * is what the plain backward pass left.
 */
final class NetworkGradient {

    private final NetworkKernel kernel;
    private final int layers;
    private int capacity;

    // Rows [layer][node][lane]: ż, ḣ, h̄ then z̄ in the same place, σ″.
    private final double[][][] zRate;
    private final double[][][] hRate;
    private final double[][][] zBar;
    private double[] curvature = new double[0];

    // [2 lanes][node]: outputs and then rates of the layer below, an atom per row.
    private double[][] across = new double[0][0];
    private double[] coefficients = new double[0];

    /** dJ/dW, {@code [layer][node][input]}, and dJ/db. */
    private final double[][][] weightBar;

    private final double[][] biasBar;

    NetworkGradient(NetworkKernel kernel) {
        this.kernel = kernel;
        this.layers = kernel.layers();
        this.zRate = new double[layers][][];
        this.hRate = new double[layers][][];
        this.zBar = new double[layers][][];
        this.weightBar = new double[layers][][];
        this.biasBar = new double[layers][];
        for (int l = 1; l < layers; l++) {
            zRate[l] = new double[kernel.nodes(l)][0];
            hRate[l] = new double[kernel.nodes(l)][0];
            zBar[l] = new double[kernel.nodes(l)][0];
            weightBar[l] = new double[kernel.nodes(l)][kernel.nodes(l - 1)];
            biasBar[l] = new double[kernel.nodes(l)];
        }
    }

    void clear() {
        for (int l = 1; l < layers; l++) {
            for (double[] row : weightBar[l]) {
                Arrays.fill(row, 0);
            }
            Arrays.fill(biasBar[l], 0);
        }
    }

    /** Adds the sums to a vector in ænet's order, from place {@code at}. */
    void addTo(double[] vector, int at) {
        int p = at;
        for (int l = 1; l < layers; l++) {
            for (int i = 0; i < kernel.nodes(l - 1); i++) {
                for (int o = 0; o < kernel.nodes(l); o++) {
                    vector[p++] += weightBar[l][o][i];
                }
            }
            for (int o = 0; o < kernel.nodes(l); o++) {
                vector[p++] += biasBar[l][o];
            }
        }
    }

    private void reserve(int lanes) {
        if (capacity < lanes) {
            capacity = lanes;
            int widest = 0;
            for (int l = 0; l < layers; l++) {
                widest = Math.max(widest, kernel.nodes(l));
                if (l > 0) {
                    for (int o = 0; o < kernel.nodes(l); o++) {
                        zRate[l][o] = new double[lanes];
                        hRate[l][o] = new double[lanes];
                        zBar[l][o] = new double[lanes];
                    }
                }
            }
            curvature = new double[lanes];
            across = new double[2 * lanes][widest];
            coefficients = new double[2 * lanes];
        }
    }

    /**
     * Adds one block. The kernel's forward and backward passes over the same inputs must have just been made.
     *
     * @param inputsAndRates {@code [2 lanes][n_0]}: the inputs of every lane, then u of every lane
     * @param rates {@code [n_0][lane]}, u
     * @param alpha {@code [lane]}
     */
    void add(double[][] inputsAndRates, double[][] rates, double[] alpha, int lanes) {
        reserve(lanes);
        tangent(rates, lanes);
        for (int l = layers - 1; l >= 1; l--) {
            adjoint(l, alpha, lanes);
            if (l > 1) {
                gather(kernel.outputs(l - 1), kernel.nodes(l - 1), lanes, 0);
                gather(hRate[l - 1], kernel.nodes(l - 1), lanes, lanes);
            }
            double[][] below = l == 1 ? inputsAndRates : across;
            for (int o = 0; o < kernel.nodes(l); o++) {
                System.arraycopy(zBar[l][o], 0, coefficients, 0, lanes);
                System.arraycopy(kernel.deltas(l)[o], 0, coefficients, lanes, lanes);
                NetworkKernel.addCombination(coefficients, below, 2 * lanes, kernel.nodes(l - 1), weightBar[l][o]);
                addBias(l, o, lanes);
            }
        }
    }

    /**
     * As {@link #add} with u = 0: energies alone.
     *
     * @param inputs {@code [lanes][n_0]}
     */
    void addEnergies(double[][] inputs, double[] alpha, int lanes) {
        reserve(lanes);
        for (int l = layers - 1; l >= 1; l--) {
            plainAdjoint(l, alpha, lanes);
            if (l > 1) {
                gather(kernel.outputs(l - 1), kernel.nodes(l - 1), lanes, 0);
            }
            double[][] below = l == 1 ? inputs : across;
            for (int o = 0; o < kernel.nodes(l); o++) {
                NetworkKernel.addCombination(zBar[l][o], below, lanes, kernel.nodes(l - 1), weightBar[l][o]);
                addBias(l, o, lanes);
            }
        }
    }

    private void plainAdjoint(int l, double[] alpha, int lanes) {
        for (int o = 0; o < kernel.nodes(l); o++) {
            NetworkKernel.product(alpha, kernel.deltas(l)[o], lanes, zBar[l][o]);
        }
    }

    private void addBias(int l, int o, int lanes) {
        double bias = 0;
        for (int k = 0; k < lanes; k++) {
            bias += zBar[l][o][k];
        }
        biasBar[l][o] += bias;
    }

    private void tangent(double[][] rates, int lanes) {
        double[][] below = rates;
        for (int l = 1; l < layers; l++) {
            for (int o = 0; o < kernel.nodes(l); o++) {
                Arrays.fill(zRate[l][o], 0, lanes, 0);
                NetworkKernel.addCombination(kernel.weightRows(l)[o], below, kernel.nodes(l - 1), lanes, zRate[l][o]);
                NetworkKernel.product(zRate[l][o], kernel.slopes(l)[o], lanes, hRate[l][o]);
            }
            below = hRate[l];
        }
    }

    /** z̄ of layer l, from z̄ of the layer above. */
    private void adjoint(int l, double[] alpha, int lanes) {
        for (int o = 0; o < kernel.nodes(l); o++) {
            double[] bar = zBar[l][o];
            if (l == layers - 1) {
                System.arraycopy(alpha, 0, bar, 0, lanes);
            } else {
                Arrays.fill(bar, 0, lanes, 0);
                NetworkKernel.addCombination(
                        kernel.transposedRows(l + 1)[o], zBar[l + 1], kernel.nodes(l + 1), lanes, bar);
            }
            kernel.activation(l)
                    .curvature(kernel.inputsOf(l)[o], kernel.outputs(l)[o], kernel.slopes(l)[o], lanes, curvature);
            combine(bar, kernel.slopes(l)[o], curvature, zRate[l][o], kernel.pulled(l)[o], lanes);
        }
    }

    private static void combine(
            double[] bar, double[] slope, double[] curvature, double[] rate, double[] pulled, int lanes) {
        for (int k = 0; k < lanes; k++) {
            bar[k] = slope[k] * bar[k] + curvature[k] * rate[k] * pulled[k];
        }
    }

    private void gather(double[][] rows, int nodes, int lanes, int first) {
        for (int i = 0; i < nodes; i++) {
            double[] row = rows[i];
            for (int k = 0; k < lanes; k++) {
                across[first + k][i] = row[k];
            }
        }
    }
}
