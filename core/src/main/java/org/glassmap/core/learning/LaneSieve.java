package org.glassmap.core.learning;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Chooses among the neighbours of one atom, several at a time. Here neighbours stand in the lanes; nothing is computed
 * across them, so that bits do not depend on how many there are.
 */
final class LaneSieve {

    private static final VectorSpecies<Integer> INTS = Lanes.WIDTH == 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;
    private static final IntVector STEPS = IntVector.zero(INTS).addIndex(1);

    private LaneSieve() {}

    /**
     * Those of one kind within a distance, in their order.
     *
     * @param distance behind the first {@code count} there are eight infinite ones
     * @param kind whole numbers; doubles, because a mask of one type made from another's may become an object
     * @param nearDistance filled from {@code at} on; like {@code which}, it has room for eight more
     * @param which filled from {@code at} on: their numbers
     * @return how many
     */
    static int ofKind(
            double[] distance,
            double[] kind,
            int count,
            double wanted,
            double reach,
            double[] nearDistance,
            int[] which,
            int at) {
        int n = at;
        for (int k = 0; k < count; k += Lanes.WIDTH) {
            DoubleVector d = Lanes.at(distance, k);
            VectorMask<Double> chosen =
                    Lanes.at(kind, k).compare(VectorOperators.EQ, wanted).and(d.compare(VectorOperators.LT, reach));
            d.compress(chosen).intoArray(nearDistance, n);
            STEPS.add(k).compress(chosen.cast(INTS)).intoArray(which, n);
            n += chosen.trueCount();
        }
        return n - at;
    }

    /**
     * Those below a limit, in their order.
     *
     * @param distance from {@code at} on; behind the first {@code count} there are eight infinite ones
     * @param which filled from {@code at} on: their numbers, from 0
     * @return how many
     */
    static int below(double[] distance, int at, int count, double limit, int[] which) {
        int n = at;
        for (int k = 0; k < count; k += Lanes.WIDTH) {
            VectorMask<Double> below = Lanes.at(distance, at + k).compare(VectorOperators.LT, limit);
            STEPS.add(k).compress(below.cast(INTS)).intoArray(which, n);
            n += below.trueCount();
        }
        return n - at;
    }
}
