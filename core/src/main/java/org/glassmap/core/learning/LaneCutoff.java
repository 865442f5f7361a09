package org.glassmap.core.learning;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Cutoff} for rows of eight atoms, by the same polynomials; exactly 0 at and beyond the radius. */
final class LaneCutoff {

    private final double radius;
    private final double factor;

    LaneCutoff(double radius) {
        this.radius = radius;
        this.factor = Math.PI / (2 * radius) * (Math.PI / (2 * radius));
    }

    /**
     * fc(d) = c², c = cos(π d/2R).
     *
     * @param d distances, Å; entries from ≤ i &lt; to, a multiple of eight of them
     * @param cosine filled: c
     * @param value filled: fc(d)
     */
    void evaluate(double[] d, int from, int to, double[] cosine, double[] value) {
        double[] series = Cutoff.COSINE;
        for (int i = from; i < to; i += Lanes.WIDTH) {
            DoubleVector distance = Lanes.at(d, i);
            DoubleVector v = distance.mul(distance).min(radius * radius).mul(factor);
            DoubleVector c = v.fma(Lanes.all(series[11]), Lanes.all(series[10]));
            c = v.fma(c, Lanes.all(series[9]));
            c = v.fma(c, Lanes.all(series[8]));
            c = v.fma(c, Lanes.all(series[7]));
            c = v.fma(c, Lanes.all(series[6]));
            c = v.fma(c, Lanes.all(series[5]));
            c = v.fma(c, Lanes.all(series[4]));
            c = v.fma(c, Lanes.all(series[3]));
            c = v.fma(c, Lanes.all(series[2]));
            c = v.fma(c, Lanes.all(series[1]));
            c = v.fma(c, Lanes.all(1)).blend(0, distance.compare(VectorOperators.GE, radius));
            c.intoArray(cosine, i);
            c.mul(c).intoArray(value, i);
        }
    }

    /**
     * dfc/dd = −2 (π/2R)² d c s, s = sin(√v)/√v with v = (π d/2R)².
     *
     * @param d as in {@link #evaluate}
     * @param cosine what that filled
     * @param slope filled, 1/Å
     */
    void differentiate(double[] d, double[] cosine, int from, int to, double[] slope) {
        double[] series = Cutoff.SINE;
        for (int i = from; i < to; i += Lanes.WIDTH) {
            DoubleVector distance = Lanes.at(d, i);
            DoubleVector v = distance.mul(distance).min(radius * radius).mul(factor);
            DoubleVector s = v.fma(Lanes.all(series[11]), Lanes.all(series[10]));
            s = v.fma(s, Lanes.all(series[9]));
            s = v.fma(s, Lanes.all(series[8]));
            s = v.fma(s, Lanes.all(series[7]));
            s = v.fma(s, Lanes.all(series[6]));
            s = v.fma(s, Lanes.all(series[5]));
            s = v.fma(s, Lanes.all(series[4]));
            s = v.fma(s, Lanes.all(series[3]));
            s = v.fma(s, Lanes.all(series[2]));
            s = v.fma(s, Lanes.all(series[1]));
            s = v.fma(s, Lanes.all(1));
            distance.mul(-2 * factor).mul(Lanes.at(cosine, i)).mul(s).intoArray(slope, i);
        }
    }
}
