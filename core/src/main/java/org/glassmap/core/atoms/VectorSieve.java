package org.glassmap.core.atoms;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Which of a run of images, or of pairs, are near an atom, several at a time. Needs {@code jdk.incubator.vector}. */
final class VectorSieve {

    private static final VectorSpecies<Double> DOUBLES =
            DoubleVector.SPECIES_PREFERRED.length() >= 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS =
            DOUBLES.length() == 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;

    private VectorSieve() {}

    /**
     * Adds the images g, from ≤ g &lt; to, that are closer than the square root of {@code square} to the image {@code
     * self}, in their order, with squared distances.
     *
     * @param into has room for eight more than there are images
     */
    static void sieve(ColumnSearch of, int self, double square, int from, int to, NeighbourList.Space into) {
        DoubleVector px = DoubleVector.broadcast(DOUBLES, of.x[self]);
        DoubleVector py = DoubleVector.broadcast(DOUBLES, of.y[self]);
        DoubleVector pz = DoubleVector.broadcast(DOUBLES, of.z[self]);
        int n = into.count;
        int width = DOUBLES.length();
        for (int g = from; g < to; g += width) {
            VectorMask<Double> inside = DOUBLES.indexInRange(g, to);
            DoubleVector dx = at(of.x, g).sub(px).add(at(of.shiftX, g));
            DoubleVector dy = at(of.y, g).sub(py).add(at(of.shiftY, g));
            DoubleVector dz = at(of.z, g).sub(pz).add(at(of.shiftZ, g));
            DoubleVector squared = dx.mul(dx).add(dy.mul(dy)).add(dz.mul(dz));
            VectorMask<Double> near =
                    squared.compare(VectorOperators.LT, square).and(inside);
            IntVector.fromArray(INTS, of.atom, g).compress(near.cast(INTS)).intoArray(into.neighbours, n);
            dx.compress(near).intoArray(into.x, n);
            dy.compress(near).intoArray(into.y, n);
            dz.compress(near).intoArray(into.z, n);
            squared.compress(near).intoArray(into.distances, n);
            n += near.trueCount();
        }
        into.count = n;
    }

    /**
     * Adds those of an atom's pairs that are closer than the square root of {@code square}, in their order, with squared
     * distances.
     *
     * @param second the second atom of pair k is second[from + k]; there are eight more
     * @param into has room for eight more than there are pairs
     */
    static void sieve(
            NeighbourList.Judged of, int[] second, int from, int count, double square, NeighbourList.Space into) {
        int n = into.count;
        for (int k = 0; k < count; k += DOUBLES.length()) {
            VectorMask<Double> inside = DOUBLES.indexInRange(k, count);
            DoubleVector dx = at(of.x, k);
            DoubleVector dy = at(of.y, k);
            DoubleVector dz = at(of.z, k);
            DoubleVector squared = dx.mul(dx).add(dy.mul(dy)).add(dz.mul(dz));
            VectorMask<Double> near =
                    squared.compare(VectorOperators.LT, square).and(inside);
            IntVector.fromArray(INTS, second, from + k)
                    .compress(near.cast(INTS))
                    .intoArray(into.neighbours, n);
            dx.compress(near).intoArray(into.x, n);
            dy.compress(near).intoArray(into.y, n);
            dz.compress(near).intoArray(into.z, n);
            squared.compress(near).intoArray(into.distances, n);
            n += near.trueCount();
        }
        into.count = n;
    }

    private static DoubleVector at(double[] array, int index) {
        return DoubleVector.fromArray(DOUBLES, array, index);
    }
}
