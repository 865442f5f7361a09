package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Coordinates of the weights in which features vary alike. With C = V Λ Vᵀ the second moments of a species' scaled
 * features, and W the weights of its first layer on them,
 *
 * <pre>
 *   W = U D Vᵀ,   D = (Λ + ridge · tr Λ / n)^−1/2
 * </pre>
 *
 * U are the coordinates; those of all other weights are the weights. A network of weights W on the features is one of
 * weights U on features that are uncorrelated and, above the ridge, of variance 1 (LeCun, Bottou, Orr, Müller, Efficient
 * BackProp, 1998, section 4.3). Chebyshev sums of one environment are nearly dependent: Λ spans sixteen orders of
 * magnitude, and along W itself a descent crawls where they differ. What lies far below the ridge is left as small as it
 * is.
 */
final class Whitening {

    private final Architecture architecture;
    private final int features;

    /** Rows are the principal directions of a species, one after the other. */
    private final double[][] directions;

    /** {@code [species][features]}: the diagonal of D. */
    private final double[][] factors;

    private Whitening(Architecture architecture, double[][] directions, double[][] factors) {
        this.architecture = architecture;
        this.features = architecture.descriptor.size();
        this.directions = directions;
        this.factors = factors;
    }

    /** @param ridge positive, as a share of the mean of Λ */
    static Whitening of(Architecture architecture, List<PreparedFrame> frames, double ridge) {
        int n = architecture.descriptor.size();
        int species = architecture.species();
        double[][] directions = new double[species][n * n];
        double[][] factors = new double[species][n];
        DMatrixRMaj[] moments = moments(architecture, frames);
        for (int kind = 0; kind < species; kind++) {
            EigenDecomposition_F64<DMatrixRMaj> parts = DecompositionFactory_DDRM.eig(n, true, true);
            if (!parts.decompose(moments[kind])) {
                throw new IllegalArgumentException("the features of %s have no principal directions"
                        .formatted(architecture.descriptor.environment().get(kind)));
            }
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += variance(parts, k);
            }
            // A species whose features never vary has none to whiten.
            double least = sum > 0 ? ridge * sum / n : 1;
            for (int k = 0; k < n; k++) {
                factors[kind][k] = 1 / Math.sqrt(variance(parts, k) + least);
                System.arraycopy(parts.getEigenVector(k).data, 0, directions[kind], k * n, n);
            }
        }
        return new Whitening(architecture, directions, factors);
    }

    /** Rounding may make the smallest negative. */
    private static double variance(EigenDecomposition_F64<DMatrixRMaj> parts, int k) {
        return Math.max(0, parts.getEigenvalue(k).getReal());
    }

    /** Of the scaled features of each species, means over the atoms. */
    private static DMatrixRMaj[] moments(Architecture architecture, List<PreparedFrame> frames) {
        int n = architecture.descriptor.size();
        DMatrixRMaj[] moments = new DMatrixRMaj[architecture.species()];
        long[] atoms = new long[moments.length];
        for (int kind = 0; kind < moments.length; kind++) {
            moments[kind] = new DMatrixRMaj(n, n);
        }
        DescriptorCalculator calculator = new DescriptorCalculator(architecture.descriptor);
        double[] feature = new double[n];
        double[] scaled = new double[n];
        for (PreparedFrame frame : frames) {
            double[] features = frame.features(calculator);
            for (int i = 0; i < frame.size(); i++) {
                int kind = frame.kind[i];
                System.arraycopy(features, i * n, feature, 0, n);
                architecture.scalings.get(kind).apply(feature, scaled);
                atoms[kind]++;
                double[] sums = moments[kind].data;
                for (int a = 0; a < n; a++) {
                    for (int b = 0; b < n; b++) {
                        sums[a * n + b] += scaled[a] * scaled[b];
                    }
                }
            }
        }
        for (int kind = 0; kind < moments.length; kind++) {
            for (int k = 0; k < n * n; k++) {
                moments[kind].data[k] /= Math.max(1, atoms[kind]);
            }
        }
        return moments;
    }

    /** The derivative by U from that by W: W V D. */
    double[] derivative(double[] byWeights) {
        double[] byCoordinates = byWeights.clone();
        int nodes = architecture.shape().nodes(1);
        for (int kind = 0; kind < architecture.species(); kind++) {
            int first = architecture.offset(kind);
            for (int k = 0; k < features; k++) {
                int out = first + k * nodes;
                Arrays.fill(byCoordinates, out, out + nodes, 0);
                for (int f = 0; f < features; f++) {
                    double factor = directions[kind][k * features + f] * factors[kind][k];
                    addColumn(byWeights, first + f * nodes, factor, byCoordinates, out, nodes);
                }
            }
        }
        return byCoordinates;
    }

    /** W from U. */
    double[] weights(double[] coordinates) {
        double[] weights = coordinates.clone();
        int nodes = architecture.shape().nodes(1);
        for (int kind = 0; kind < architecture.species(); kind++) {
            int first = architecture.offset(kind);
            for (int f = 0; f < features; f++) {
                int out = first + f * nodes;
                Arrays.fill(weights, out, out + nodes, 0);
                for (int k = 0; k < features; k++) {
                    double factor = directions[kind][k * features + f] * factors[kind][k];
                    addColumn(coordinates, first + k * nodes, factor, weights, out, nodes);
                }
            }
        }
        return weights;
    }

    /** Weights stand column by column, a column being all nodes' weights of one input. */
    private static void addColumn(double[] from, int at, double factor, double[] to, int out, int nodes) {
        for (int o = 0; o < nodes; o++) {
            to[out + o] += factor * from[at + o];
        }
    }
}
