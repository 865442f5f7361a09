package org.glassmap.core.learning;

import jdk.incubator.vector.DoubleVector;

/** {@link Activation} for rows of eight atoms: outer · tanh(inner · z) + tilt · z + shift, by the same polynomials. */
final class LaneActivation {

    private final boolean linear;
    private final double inner;
    private final double outer;
    private final double tilt;
    private final double shift;

    LaneActivation(Activation activation) {
        this.linear = activation == Activation.LINEAR;
        this.inner = switch (activation) {
            case LINEAR -> 0;
            case TANH -> 1;
            case SIGMOID -> 0.5;
            case MODIFIED_TANH, TWIST -> Activation.B;
        };
        this.outer = switch (activation) {
            case LINEAR -> 0;
            case TANH -> 1;
            case SIGMOID -> 0.5;
            case MODIFIED_TANH, TWIST -> Activation.A;
        };
        this.tilt = activation == Activation.TWIST ? Activation.C : 0;
        this.shift = activation == Activation.SIGMOID ? 0.5 : 0;
    }

    /**
     * In place: h(z), and dh/dz into {@code slope}. Up to one vector behind the last is worked up too.
     *
     * @param length entries, a multiple of eight
     */
    void apply(double[] z, double[] slope, int length) {
        if (linear) {
            java.util.Arrays.fill(slope, 0, length, 1);
            return;
        }
        // Each vector is a chain of operations that wait for one another, so two go side by side. More at once, or both
        // loops in one, exceed what the compiler keeps in registers, and every vector becomes an object.
        for (int i = 0; i < length; i += 2 * Lanes.WIDTH) {
            expandTwo(z, i, i + Lanes.WIDTH, slope);
        }
        for (int i = 0; i < length; i += 2 * Lanes.WIDTH) {
            doubleTwo(slope, i, i + Lanes.WIDTH);
        }
        for (int i = 0; i < length; i += Lanes.WIDTH) {
            bend(z, slope, i);
        }
    }

    /** q = e^t − 1, t = 2 inner z / 64, where it is small. */
    private void expandTwo(double[] z, int i, int j, double[] q) {
        DoubleVector s = Lanes.at(z, i).mul(2 * inner / 64).min(0.625).max(-0.625);
        DoubleVector t = Lanes.at(z, j).mul(2 * inner / 64).min(0.625).max(-0.625);
        DoubleVector last = Lanes.all(1.0 / 39916800);
        DoubleVector term = Lanes.all(1.0 / 3628800);
        DoubleVector a = s.fma(last, term);
        DoubleVector b = t.fma(last, term);
        term = Lanes.all(1.0 / 362880);
        a = s.fma(a, term);
        b = t.fma(b, term);
        term = Lanes.all(1.0 / 40320);
        a = s.fma(a, term);
        b = t.fma(b, term);
        term = Lanes.all(1.0 / 5040);
        a = s.fma(a, term);
        b = t.fma(b, term);
        term = Lanes.all(1.0 / 720);
        a = s.fma(a, term);
        b = t.fma(b, term);
        term = Lanes.all(1.0 / 120);
        a = s.fma(a, term);
        b = t.fma(b, term);
        term = Lanes.all(1.0 / 24);
        a = s.fma(a, term);
        b = t.fma(b, term);
        term = Lanes.all(1.0 / 6);
        a = s.fma(a, term);
        b = t.fma(b, term);
        term = Lanes.all(0.5);
        a = s.fma(a, term);
        b = t.fma(b, term);
        term = Lanes.all(1);
        a = s.fma(a, term);
        b = t.fma(b, term);
        a.mul(s).intoArray(q, i);
        b.mul(t).intoArray(q, j);
    }

    /** From q to tanh(inner z): six doublings of the exponent, then q/(q + 2). */
    private static void doubleTwo(double[] q, int i, int j) {
        DoubleVector two = Lanes.all(2);
        DoubleVector a = Lanes.at(q, i);
        DoubleVector b = Lanes.at(q, j);
        a = a.mul(a.add(two));
        b = b.mul(b.add(two));
        a = a.mul(a.add(two));
        b = b.mul(b.add(two));
        a = a.mul(a.add(two));
        b = b.mul(b.add(two));
        a = a.mul(a.add(two));
        b = b.mul(b.add(two));
        a = a.mul(a.add(two));
        b = b.mul(b.add(two));
        a = a.mul(a.add(two));
        b = b.mul(b.add(two));
        a.div(a.add(two)).intoArray(q, i);
        b.div(b.add(two)).intoArray(q, j);
    }

    private void bend(double[] z, double[] slope, int i) {
        DoubleVector tanh = Lanes.at(slope, i);
        Lanes.all(1).sub(tanh.mul(tanh)).mul(outer * inner).add(tilt).intoArray(slope, i);
        tanh.mul(outer).add(Lanes.at(z, i).mul(tilt)).add(shift).intoArray(z, i);
    }
}
