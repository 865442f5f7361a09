package org.glassmap.core.learning;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Sums over points x of Chebyshev polynomials, and series of them at points, for eight atoms at once: points stand in
 * rows {@code [k][lane]}. What {@link ChebyshevSums} does for one atom.
 *
 * <p>The recurrence T_{n+1} = 2x T_n − T_{n−1} is run on Q_n = σ_n T_n, signs σ = +, +, −, −, …: then Q_{n+1} = ±2x Q_n
 * + Q_{n−1}, one fused operation with no negation.
 */
final class LaneChebyshev {

    private static final int COUNT = Lanes.COUNT;
    private static final int WIDTH = Lanes.WIDTH;

    private final int order;

    /** order + 1, rounded up to even: the recurrence takes two steps at a time. */
    private final int rows;

    private final double[] series;
    private final double[] derivative;

    LaneChebyshev(int order) {
        this.order = order;
        this.rows = order + 1 + (order + 1) % 2;
        this.series = new double[rows * COUNT];
        this.derivative = new double[(rows + 2) * COUNT];
    }

    /** Rows of a sum: order + 1, rounded up to even; the last may be of no use. */
    int rows() {
        return rows;
    }

    /**
     * sums[at + n] = Σ_k σ_n w_k T_n(x_k), from ≤ k &lt; to, but for the last two points where their number is no
     * multiple of four: {@link #projectRest} adds these, {@link #unsign} then takes the signs away. Three methods, as
     * together they exceed what the compiler keeps in registers.
     *
     * @param x {@code [k][lane]}
     * @param w {@code [k][lane]}; 0 where there is no point
     * @param to an even number of rows after {@code from}
     * @param sums {@code [row][lane]}
     */
    void project(double[] x, double[] w, int from, int to, double[] sums, int at) {
        Arrays.fill(sums, at * COUNT, (at + rows) * COUNT, 0);
        for (int half = 0; half < COUNT; half += WIDTH) {
            for (int k = from; k + 4 <= to; k += 4) {
                four(x, w, k * COUNT + half, sums, at * COUNT + half, rows);
            }
        }
    }

    void projectRest(double[] x, double[] w, int from, int to, double[] sums, int at) {
        if ((to - from) % 4 != 0) {
            for (int half = 0; half < COUNT; half += WIDTH) {
                two(x, w, (to - 2) * COUNT + half, sums, at * COUNT + half, rows);
            }
        }
    }

    void unsign(double[] sums, int at) {
        for (int n = 2; n < rows; n += 4) {
            for (int i = (at + n) * COUNT; i < (at + n + 2) * COUNT; i++) {
                sums[i] = 0 - sums[i];
            }
        }
    }

    /**
     * Four points at a time: each recurrence is a chain of operations, and a processor works on several at once. Added
     * one by one, so that points of no weight between others change no bit.
     */
    private static void four(double[] x, double[] w, int k, double[] sums, int at, int rows) {
        DoubleVector xa = Lanes.at(x, k);
        DoubleVector xb = Lanes.at(x, k + COUNT);
        DoubleVector xc = Lanes.at(x, k + 2 * COUNT);
        DoubleVector xd = Lanes.at(x, k + 3 * COUNT);
        DoubleVector evenA = Lanes.at(w, k);
        DoubleVector evenB = Lanes.at(w, k + COUNT);
        DoubleVector evenC = Lanes.at(w, k + 2 * COUNT);
        DoubleVector evenD = Lanes.at(w, k + 3 * COUNT);
        DoubleVector oddA = evenA.mul(xa);
        DoubleVector oddB = evenB.mul(xb);
        DoubleVector oddC = evenC.mul(xc);
        DoubleVector oddD = evenD.mul(xd);
        DoubleVector twiceA = xa.add(xa);
        DoubleVector twiceB = xb.add(xb);
        DoubleVector twiceC = xc.add(xc);
        DoubleVector twiceD = xd.add(xd);
        DoubleVector minusA = twiceA.neg();
        DoubleVector minusB = twiceB.neg();
        DoubleVector minusC = twiceC.neg();
        DoubleVector minusD = twiceD.neg();
        int n = at;
        int last = at + (rows - 2) * COUNT;
        while (true) {
            Lanes.at(sums, n).add(evenA).add(evenB).add(evenC).add(evenD).intoArray(sums, n);
            Lanes.at(sums, n + COUNT).add(oddA).add(oddB).add(oddC).add(oddD).intoArray(sums, n + COUNT);
            if (n == last) {
                break;
            }
            evenA = minusA.fma(oddA, evenA);
            evenB = minusB.fma(oddB, evenB);
            evenC = minusC.fma(oddC, evenC);
            evenD = minusD.fma(oddD, evenD);
            oddA = twiceA.fma(evenA, oddA);
            oddB = twiceB.fma(evenB, oddB);
            oddC = twiceC.fma(evenC, oddC);
            oddD = twiceD.fma(evenD, oddD);
            n += 2 * COUNT;
        }
    }

    private static void two(double[] x, double[] w, int k, double[] sums, int at, int rows) {
        DoubleVector xa = Lanes.at(x, k);
        DoubleVector xb = Lanes.at(x, k + COUNT);
        DoubleVector evenA = Lanes.at(w, k);
        DoubleVector evenB = Lanes.at(w, k + COUNT);
        DoubleVector oddA = evenA.mul(xa);
        DoubleVector oddB = evenB.mul(xb);
        DoubleVector twiceA = xa.add(xa);
        DoubleVector twiceB = xb.add(xb);
        DoubleVector minusA = twiceA.neg();
        DoubleVector minusB = twiceB.neg();
        int n = at;
        int last = at + (rows - 2) * COUNT;
        while (true) {
            Lanes.at(sums, n).add(evenA).add(evenB).intoArray(sums, n);
            Lanes.at(sums, n + COUNT).add(oddA).add(oddB).intoArray(sums, n + COUNT);
            if (n == last) {
                break;
            }
            evenA = minusA.fma(oddA, evenA);
            evenB = minusB.fma(oddB, evenB);
            oddA = twiceA.fma(evenA, oddA);
            oddB = twiceB.fma(evenB, oddB);
            n += 2 * COUNT;
        }
    }

    /**
     * value_k = Σ_n a_n T_n(x_k) and slope_k = Σ_n a_n T_n′(x_k), from ≤ k &lt; to.
     *
     * @param a {@code [row][lane]}, coefficients from row {@code at} on, order + 1 of them
     * @param to an even number of rows after {@code from}
     * @param value {@code [k][lane]}, filled
     * @param slope {@code [k][lane]}, filled
     */
    void evaluate(double[] x, int from, int to, double[] a, int at, double[] value, double[] slope) {
        if (from == to) {
            return;
        }
        prepare(a, at);
        for (int half = 0; half < COUNT; half += WIDTH) {
            for (int k = from; k < to; k += 2) {
                pair(x, k * COUNT + half, series, derivative, half, rows, value, slope);
            }
        }
    }

    /**
     * The series and its derivative in T_n, d_{n−1} = d_{n+1} + 2n a_n with d_0 halved, both with the signs σ. Plain loops:
     * it is little work, and as one more vector kernel in its caller it had its vectors made objects.
     */
    private void prepare(double[] a, int at) {
        double[] d = derivative;
        Arrays.fill(d, order * COUNT, d.length, 0);
        Arrays.fill(series, order * COUNT, series.length, 0);
        System.arraycopy(a, at * COUNT, series, 0, (order + 1) * COUNT);
        for (int n = order; n > 0; n--) {
            int row = n * COUNT;
            for (int lane = 0; lane < COUNT; lane++) {
                d[row - COUNT + lane] = d[row + COUNT + lane] + 2 * n * series[row + lane];
            }
        }
        for (int lane = 0; lane < COUNT; lane++) {
            d[lane] *= 0.5;
        }
        for (int n = 2; n <= order; n += 4) {
            for (int i = n * COUNT; i < Math.min(n + 2, order + 1) * COUNT; i++) {
                d[i] = -d[i];
                series[i] = -series[i];
            }
        }
    }

    private static void pair(
            double[] x, int k, double[] a, double[] d, int half, int rows, double[] value, double[] slope) {
        DoubleVector oddA = Lanes.at(x, k);
        DoubleVector oddB = Lanes.at(x, k + COUNT);
        DoubleVector evenA = Lanes.all(1);
        DoubleVector evenB = evenA;
        DoubleVector twiceA = oddA.add(oddA);
        DoubleVector twiceB = oddB.add(oddB);
        DoubleVector minusA = twiceA.neg();
        DoubleVector minusB = twiceB.neg();
        DoubleVector valueA = Lanes.all(0);
        DoubleVector valueB = valueA;
        DoubleVector slopeA = valueA;
        DoubleVector slopeB = valueA;
        int n = half;
        int last = half + (rows - 2) * COUNT;
        while (true) {
            DoubleVector series = Lanes.at(a, n);
            DoubleVector rate = Lanes.at(d, n);
            valueA = series.fma(evenA, valueA);
            valueB = series.fma(evenB, valueB);
            slopeA = rate.fma(evenA, slopeA);
            slopeB = rate.fma(evenB, slopeB);
            series = Lanes.at(a, n + COUNT);
            rate = Lanes.at(d, n + COUNT);
            valueA = series.fma(oddA, valueA);
            valueB = series.fma(oddB, valueB);
            slopeA = rate.fma(oddA, slopeA);
            slopeB = rate.fma(oddB, slopeB);
            if (n == last) {
                break;
            }
            evenA = minusA.fma(oddA, evenA);
            evenB = minusB.fma(oddB, evenB);
            oddA = twiceA.fma(evenA, oddA);
            oddB = twiceB.fma(evenB, oddB);
            n += 2 * COUNT;
        }
        valueA.intoArray(value, k);
        valueB.intoArray(value, k + COUNT);
        slopeA.intoArray(slope, k);
        slopeB.intoArray(slope, k + COUNT);
    }
}
