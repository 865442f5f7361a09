package org.glassmap.core.atoms;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Which of a run of points lie within a sphere, several points at a time. Needs {@code jdk.incubator.vector}. */
final class VectorSieve {

    private static final VectorSpecies<Double> DOUBLES =
            DoubleVector.SPECIES_PREFERRED.length() >= 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS =
            DOUBLES.length() == 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;
    private static final IntVector STEPS = IntVector.zero(INTS).addIndex(1);

    private VectorSieve() {}

    /**
     * Indices g, from ≤ g &lt; to, of points closer than the square root of {@code square} to (px, py, pz), rising.
     *
     * @param found filled from {@code start} on; has room for eight more than there are points
     * @return one past the last index filled
     */
    static int near(
            double[] x,
            double[] y,
            double[] z,
            double px,
            double py,
            double pz,
            double square,
            int from,
            int to,
            int[] found,
            int start) {
        int n = start;
        int width = DOUBLES.length();
        for (int g = from; g < to; g += width) {
            VectorMask<Double> inside = DOUBLES.indexInRange(g, to);
            DoubleVector dx = DoubleVector.fromArray(DOUBLES, x, g).sub(px);
            DoubleVector dy = DoubleVector.fromArray(DOUBLES, y, g).sub(py);
            DoubleVector dz = DoubleVector.fromArray(DOUBLES, z, g).sub(pz);
            DoubleVector squared = dx.mul(dx).add(dy.mul(dy)).add(dz.mul(dz));
            VectorMask<Double> near =
                    squared.compare(VectorOperators.LT, square).and(inside);
            STEPS.add(g).compress(near.cast(INTS)).intoArray(found, n);
            n += near.trueCount();
        }
        return n;
    }
}
