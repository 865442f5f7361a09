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

    private static final int SPARE = 8;

    private final int order;
    private final double[][] rows;
    private final double[] sums = new double[8];
    private final double[] coefficients;
    private final double[] slopes;
    private double[] twice = new double[0];

    ChebyshevSums(int order) {
        this.order = order;
        // Rows beyond those needed stay zero, so that orders can be taken several at a time.
        this.rows = new double[order + SPARE][0];
        this.coefficients = new double[order + 4];
        this.slopes = new double[order + 4];
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
            while (order - n >= 4) {
                sumEight(rows, n, from, to, sums);
                System.arraycopy(sums, 0, out, at + n, Math.min(8, order + 1 - n));
                n += 8;
            }
            if (n <= order) {
                sumFour(rows, n, from, to, sums);
                System.arraycopy(sums, 0, out, at + n, order + 1 - n);
            }
        }
    }

    /** Eight sums at a time: each is a chain of additions, and a processor works on several chains at once. */
    private static void sumEight(double[][] rows, int n, int from, int to, double[] sums) {
        double[] r0 = rows[n];
        double[] r1 = rows[n + 1];
        double[] r2 = rows[n + 2];
        double[] r3 = rows[n + 3];
        double[] r4 = rows[n + 4];
        double[] r5 = rows[n + 5];
        double[] r6 = rows[n + 6];
        double[] r7 = rows[n + 7];
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int k = from; k < to; k++) {
            s0 += r0[k];
            s1 += r1[k];
            s2 += r2[k];
            s3 += r3[k];
            s4 += r4[k];
            s5 += r5[k];
            s6 += r6[k];
            s7 += r7[k];
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[4] = s4;
        sums[5] = s5;
        sums[6] = s6;
        sums[7] = s7;
    }

    private static void sumFour(double[][] rows, int n, int from, int to, double[] sums) {
        double[] r0 = rows[n];
        double[] r1 = rows[n + 1];
        double[] r2 = rows[n + 2];
        double[] r3 = rows[n + 3];
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int k = from; k < to; k++) {
            s0 += r0[k];
            s1 += r1[k];
            s2 += r2[k];
            s3 += r3[k];
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
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
        double[] a = coefficients;
        double[] d = slopes;
        for (int s = 0; s < count; s++) {
            if (segments[s] == segments[s + 1]) {
                continue;
            }
            System.arraycopy(series, s * (order + 1), a, 0, order + 1);
            derivative(a, d, order);
            for (int n = 0; n <= order; n += 4) {
                addFour(rows, n, a, segments[s], segments[s + 1], value);
                addFour(rows, n, d, segments[s], segments[s + 1], slope);
            }
        }
    }

    private static void addFour(double[][] rows, int n, double[] a, int from, int to, double[] out) {
        double[] r0 = rows[n];
        double[] r1 = rows[n + 1];
        double[] r2 = rows[n + 2];
        double[] r3 = rows[n + 3];
        double a0 = a[n];
        double a1 = a[n + 1];
        double a2 = a[n + 2];
        double a3 = a[n + 3];
        for (int k = from; k < to; k++) {
            out[k] = out[k] + ((a0 * r0[k] + a1 * r1[k]) + (a2 * r2[k] + a3 * r3[k]));
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
