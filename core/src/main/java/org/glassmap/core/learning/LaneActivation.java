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

    /** In place: h(z), and dh/dz into {@code slope}; {@code length} entries, a multiple of eight. */
    void apply(double[] z, double[] slope, int length) {
        if (linear) {
            java.util.Arrays.fill(slope, 0, length, 1);
        } else {
            bend(z, slope, length);
        }
    }

    private void bend(double[] z, double[] slope, int length) {
        DoubleVector one = Lanes.all(1);
        DoubleVector two = Lanes.all(2);
        for (int i = 0; i < length; i += Lanes.WIDTH) {
            DoubleVector input = Lanes.at(z, i);
            DoubleVector t = input.mul(2 * inner / 64).min(0.625).max(-0.625);
            DoubleVector q = t.fma(Lanes.all(1.0 / 39916800), Lanes.all(1.0 / 3628800));
            q = t.fma(q, Lanes.all(1.0 / 362880));
            q = t.fma(q, Lanes.all(1.0 / 40320));
            q = t.fma(q, Lanes.all(1.0 / 5040));
            q = t.fma(q, Lanes.all(1.0 / 720));
            q = t.fma(q, Lanes.all(1.0 / 120));
            q = t.fma(q, Lanes.all(1.0 / 24));
            q = t.fma(q, Lanes.all(1.0 / 6));
            q = t.fma(q, Lanes.all(0.5));
            q = t.fma(q, one).mul(t);
            q = q.mul(q.add(two));
            q = q.mul(q.add(two));
            q = q.mul(q.add(two));
            q = q.mul(q.add(two));
            q = q.mul(q.add(two));
            q = q.mul(q.add(two));
            DoubleVector tanh = q.div(q.add(two));
            one.sub(tanh.mul(tanh)).mul(outer * inner).add(tilt).intoArray(slope, i);
            tanh.mul(outer).add(input.mul(tilt)).add(shift).intoArray(z, i);
        }
    }
}
