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
     * @param d distances, Å; entries from ≤ i &lt; to, a multiple of eight of them
     * @param value filled: fc(d)
     * @param slope filled: dfc/dd, 1/Å
     */
    void evaluate(double[] d, int from, int to, double[] value, double[] slope) {
        double[] cosine = Cutoff.COSINE;
        double[] sine = Cutoff.SINE;
        for (int i = from; i < to; i += Lanes.WIDTH) {
            DoubleVector distance = Lanes.at(d, i);
            DoubleVector v = distance.mul(distance).min(radius * radius).mul(factor);
            DoubleVector c = v.fma(Lanes.all(cosine[11]), Lanes.all(cosine[10]));
            DoubleVector s = v.fma(Lanes.all(sine[11]), Lanes.all(sine[10]));
            c = v.fma(c, Lanes.all(cosine[9]));
            s = v.fma(s, Lanes.all(sine[9]));
            c = v.fma(c, Lanes.all(cosine[8]));
            s = v.fma(s, Lanes.all(sine[8]));
            c = v.fma(c, Lanes.all(cosine[7]));
            s = v.fma(s, Lanes.all(sine[7]));
            c = v.fma(c, Lanes.all(cosine[6]));
            s = v.fma(s, Lanes.all(sine[6]));
            c = v.fma(c, Lanes.all(cosine[5]));
            s = v.fma(s, Lanes.all(sine[5]));
            c = v.fma(c, Lanes.all(cosine[4]));
            s = v.fma(s, Lanes.all(sine[4]));
            c = v.fma(c, Lanes.all(cosine[3]));
            s = v.fma(s, Lanes.all(sine[3]));
            c = v.fma(c, Lanes.all(cosine[2]));
            s = v.fma(s, Lanes.all(sine[2]));
            c = v.fma(c, Lanes.all(cosine[1]));
            s = v.fma(s, Lanes.all(sine[1]));
            c = v.fma(c, Lanes.all(1));
            s = v.fma(s, Lanes.all(1));
            var beyond = distance.compare(VectorOperators.GE, radius);
            c = c.blend(0, beyond);
            c.mul(c).intoArray(value, i);
            distance.mul(-2 * factor).mul(c).mul(s).intoArray(slope, i);
        }
    }
}
