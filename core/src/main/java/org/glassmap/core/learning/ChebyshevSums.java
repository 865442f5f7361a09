package org.glassmap.core.learning;

import java.util.Arrays;

/**
 * The two halves of working with a Chebyshev basis T_0 … T_N on many points at once: projecting weights that sit at the
 * points onto the basis, and evaluating series at the points. Points come in segments, one series each. Keeps work
 * space; one thread at a time.
 *
 * <p>The rows T_n over all points are formed by the recurrence, which vectorises; the sum over a segment runs point by
 * point, so that it does not depend on the width of a vector.
 */
final class ChebyshevSums {

    private final int order;
    private final double[][] rows;
    private double[] twice = new double[0];

    ChebyshevSums(int order) {
        this.order = order;
        // Four rows more than needed stay zero, so that orders can be taken four at a time.
        this.rows = new double[order + 4][0];
    }

    private void reserve(int m) {
        if (twice.length < m) {
            int capacity = Math.max(64, m + m / 2);
            twice = new double[capacity];
            for (int n = 0; n < rows.length; n++) {
                rows[n] = new double[capacity];
            }
        }
    }

    /** Rows w·T_n at x, n = 0 … order. */
    private void fill(double[] x, double[] w, int m) {
        reserve(m);
        double[] two = twice;
        double[] first = rows[0];
        System.arraycopy(w, 0, first, 0, m);
        if (order == 0) {
            return;
        }
        double[] second = rows[1];
        for (int k = 0; k < m; k++) {
            second[k] = first[k] * x[k];
            two[k] = x[k] + x[k];
        }
        int n = 2;
        for (; n + 1 <= order; n += 2) {
            two(two, rows[n - 2], rows[n - 1], rows[n], rows[n + 1], m);
        }
        if (n <= order) {
            one(two, rows[n - 2], rows[n - 1], rows[n], m);
        }
    }

    private static void two(double[] two, double[] a, double[] b, double[] c, double[] d, int m) {
        for (int k = 0; k < m; k++) {
            double next = two[k] * b[k] - a[k];
            c[k] = next;
            d[k] = two[k] * next - b[k];
        }
    }

    private static void one(double[] two, double[] a, double[] b, double[] c, int m) {
        for (int k = 0; k < m; k++) {
            c[k] = two[k] * b[k] - a[k];
        }
    }

    /**
     * out[s][n] = Σ_{k in segment s} w_k T_n(x_k).
     *
     * @param segments {@code [S + 1]}, ascending: segment s holds the points segments[s] ≤ k &lt; segments[s + 1]
     * @param out {@code [S][order + 1]} flat, filled
     */
    void project(double[] x, double[] w, int[] segments, double[] out) {
        int count = segments.length - 1;
        fill(x, w, segments[count]);
        for (int s = 0; s < count; s++) {
            int from = segments[s];
            int to = segments[s + 1];
            int at = s * (order + 1);
            int n = 0;
            for (; n + 3 <= order; n += 4) {
                sumFour(rows[n], rows[n + 1], rows[n + 2], rows[n + 3], from, to, out, at + n);
            }
            for (; n <= order; n++) {
                double sum = 0;
                double[] row = rows[n];
                for (int k = from; k < to; k++) {
                    sum += row[k];
                }
                out[at + n] = sum;
            }
        }
    }

    private static void sumFour(
            double[] a, double[] b, double[] c, double[] d, int from, int to, double[] out, int at) {
        double sa = 0;
        double sb = 0;
        double sc = 0;
        double sd = 0;
        for (int k = from; k < to; k++) {
            sa += a[k];
            sb += b[k];
            sc += c[k];
            sd += d[k];
        }
        out[at] = sa;
        out[at + 1] = sb;
        out[at + 2] = sc;
        out[at + 3] = sd;
    }

    /**
     * value_k = Σ_n series[s][n] T_n(x_k) and slope_k = Σ_n series[s][n] T_n′(x_k) for the points k of segment s.
     *
     * @param series {@code [S][order + 1]} flat
     */
    void evaluate(double[] x, int[] segments, double[] series, double[] value, double[] slope) {
        int count = segments.length - 1;
        int m = segments[count];
        reserve(m);
        Arrays.fill(value, 0, m, 1);
        fill(x, value, m);
        Arrays.fill(value, 0, m, 0);
        Arrays.fill(slope, 0, m, 0);
        double[] a = new double[order + 4];
        double[] d = new double[order + 4];
        for (int s = 0; s < count; s++) {
            if (segments[s] == segments[s + 1]) {
                continue;
            }
            System.arraycopy(series, s * (order + 1), a, 0, order + 1);
            derivative(a, d, order);
            for (int n = 0; n <= order; n += 4) {
                addFour(rows, n, a, d, segments[s], segments[s + 1], value, slope);
            }
        }
    }

    private static void addFour(
            double[][] rows, int n, double[] a, double[] d, int from, int to, double[] value, double[] slope) {
        double[] r0 = rows[n];
        double[] r1 = rows[n + 1];
        double[] r2 = rows[n + 2];
        double[] r3 = rows[n + 3];
        double a0 = a[n];
        double a1 = a[n + 1];
        double a2 = a[n + 2];
        double a3 = a[n + 3];
        double d0 = d[n];
        double d1 = d[n + 1];
        double d2 = d[n + 2];
        double d3 = d[n + 3];
        for (int k = from; k < to; k++) {
            value[k] = value[k] + (a0 * r0[k] + a1 * r1[k]) + (a2 * r2[k] + a3 * r3[k]);
            slope[k] = slope[k] + (d0 * r0[k] + d1 * r1[k]) + (d2 * r2[k] + d3 * r3[k]);
        }
    }

    /** d/dx Σ a_n T_n = Σ d_n T_n: d_{n−1} = d_{n+1} + 2 n a_n, and d_0 halved. */
    private static void derivative(double[] a, double[] d, int order) {
        Arrays.fill(d, 0);
        for (int n = order; n >= 1; n--) {
            d[n - 1] = d[n + 1] + 2 * n * a[n];
        }
        d[0] *= 0.5;
    }

    /**
     * From q_n = Σ_k w_k T_n(x_k), for one segment, adds Σ_k w_k T_n′(x_k) to {@code out}:
     * T_n′ = 2n (T_{n−1} + T_{n−3} + …), with T_0 halved.
     */
    static void addDerivatives(double[] q, int at, int order, double[] out) {
        double even = 0;
        double odd = 0;
        for (int n = 1; n <= order; n++) {
            double below = q[at + n - 1] * (n == 1 ? 0.5 : 1);
            if (n % 2 == 1) {
                even += below;
                out[at + n] += 2 * n * even;
            } else {
                odd += below;
                out[at + n] += 2 * n * odd;
            }
        }
    }
}
