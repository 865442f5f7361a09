package org.glassmap.core.learning;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight atoms side by side, always eight: row r of a quantity is the entries 8r to 8r + 7 of a flat array, one per atom.
 * Where a processor's vectors are shorter, two of them make a row. No operation crosses lanes and every one is rounded as
 * IEEE 754 says, so that bits depend neither on the vectors' length nor on which atoms share a block.
 */
final class Lanes {

    /** Atoms in a block. */
    static final int COUNT = 8;

    static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() >= COUNT ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_256;

    /** Lanes of one vector: 8 or 4. */
    static final int WIDTH = SPECIES.length();

    private Lanes() {}

    static DoubleVector at(double[] array, int index) {
        return DoubleVector.fromArray(SPECIES, array, index);
    }

    static DoubleVector all(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
