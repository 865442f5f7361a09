package org.glassmap.core.learning;

import java.util.Arrays;

/**
 * What a node does with its input z. Numbers and names are ænet's.
 *
 * <p>All but the linear one rest on one hyperbolic tangent, made of multiplications, additions and a division:
 * q = e^(2z/64) − 1 by its Taylor series, doubled six times by q ← q (q + 2), then tanh z = q/(q + 2). Absolute error
 * below 1e-15.
 */
public enum Activation {
    /** z. */
    LINEAR(0),
    /** tanh z. */
    TANH(1),
    /** 1/(1 + e^−z). */
    SIGMOID(2),
    /** 1.7159 tanh(2z/3), the slope written as ænet has it, 0.666666666666667. */
    MODIFIED_TANH(3),
    /** 1.7159 tanh(2z/3) + 0.1 z. */
    TWIST(4);

    static final double A = 1.7159;
    static final double B = 0.666666666666667;
    static final double C = 0.1;

    private final int aenetNumber;

    Activation(int aenetNumber) {
        this.aenetNumber = aenetNumber;
    }

    /** As ænet's files have it, 0 to 4. */
    public int aenetNumber() {
        return aenetNumber;
    }

    /** @throws IllegalArgumentException if there is no such activation */
    public static Activation ofAenetNumber(int number) {
        if (number < 0 || number >= values().length) {
            throw new IllegalArgumentException(
                    "activation must be 0 to %d, got %d".formatted(values().length - 1, number));
        }
        return values()[number];
    }

    /**
     * @param z {@code [m]} inputs
     * @param h filled: outputs; may be the same array as z
     * @param slope filled: dh/dz
     */
    void apply(double[] z, int m, double[] h, double[] slope) {
        switch (this) {
            case LINEAR -> {
                System.arraycopy(z, 0, h, 0, m);
                Arrays.fill(slope, 0, m, 1);
            }
            case TANH -> {
                tanh(z, m, 1, h);
                for (int i = 0; i < m; i++) {
                    slope[i] = 1 - h[i] * h[i];
                }
            }
            case SIGMOID -> {
                tanh(z, m, 0.5, h);
                for (int i = 0; i < m; i++) {
                    slope[i] = 0.25 * (1 - h[i] * h[i]);
                    h[i] = 0.5 + 0.5 * h[i];
                }
            }
            case MODIFIED_TANH -> {
                tanh(z, m, B, h);
                for (int i = 0; i < m; i++) {
                    slope[i] = A * B * (1 - h[i] * h[i]);
                    h[i] = A * h[i];
                }
            }
            case TWIST -> {
                // slope serves as room for tanh, because h may be z.
                tanh(z, m, B, slope);
                for (int i = 0; i < m; i++) {
                    double t = slope[i];
                    slope[i] = A * B * (1 - t * t) + C;
                    h[i] = A * t + C * z[i];
                }
            }
        }
    }

    /** d²h/dz² from h and dh/dz, for {@code m} nodes.
     *
     * @param z {@code [m]} inputs
     * @param h {@code [m]} outputs
     * @param slope {@code [m]} dh/dz
     */
    void curvature(double[] z, double[] h, double[] slope, int m, double[] curvature) {
        switch (this) {
            case LINEAR -> Arrays.fill(curvature, 0, m, 0);
            case TANH -> scaledProduct(-2, h, slope, m, curvature);
            case SIGMOID -> {
                for (int i = 0; i < m; i++) {
                    curvature[i] = (1 - 2 * h[i]) * slope[i];
                }
            }
            case MODIFIED_TANH -> scaledProduct(-2 * B / A, h, slope, m, curvature);
            case TWIST -> {
                for (int i = 0; i < m; i++) {
                    curvature[i] = -2 * B / A * (h[i] - C * z[i]) * (slope[i] - C);
                }
            }
        }
    }

    private static void scaledProduct(double factor, double[] a, double[] b, int m, double[] out) {
        for (int i = 0; i < m; i++) {
            out[i] = factor * a[i] * b[i];
        }
    }

    /** Three short loops: a loop whose body is longer is not vectorised. */
    private static void tanh(double[] z, int m, double scale, double[] out) {
        // 40: e^−40 is below the last bit of 1, and the series keeps its digits where they count.
        double share = 2 * scale / 64;
        for (int i = 0; i < m; i++) {
            out[i] = Math.max(-0.625, Math.min(0.625, z[i] * share));
        }
        for (int i = 0; i < m; i++) {
            double t = out[i];
            double q = 1.0 / 39916800;
            q = 1.0 / 3628800 + t * q;
            q = 1.0 / 362880 + t * q;
            q = 1.0 / 40320 + t * q;
            q = 1.0 / 5040 + t * q;
            q = 1.0 / 720 + t * q;
            q = 1.0 / 120 + t * q;
            q = 1.0 / 24 + t * q;
            q = 1.0 / 6 + t * q;
            q = 0.5 + t * q;
            q = 1 + t * q;
            out[i] = t * q;
        }
        for (int i = 0; i < m; i++) {
            double q = out[i];
            q = q * (q + 2);
            q = q * (q + 2);
            q = q * (q + 2);
            q = q * (q + 2);
            q = q * (q + 2);
            q = q * (q + 2);
            out[i] = q / (q + 2);
        }
    }
}
