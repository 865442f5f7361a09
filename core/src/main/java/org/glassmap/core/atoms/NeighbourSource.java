package org.glassmap.core.atoms;

/**
 * Neighbour lists of one structure, in parts. Its lists may number atoms in an order of their own, so that those near
 * each other in space are near each other in memory. Safe for several threads, each with a space of its own.
 */
public interface NeighbourSource {

    /** How many atoms there are. */
    int size();

    /** Å: no pair that is closer is left out. */
    double cutoff();

    /** Whether a part of the list can be made without the rest. */
    boolean divisible();

    /**
     * The neighbours of the atoms from number {@code first} to below {@code last}; the same entries in the same order
     * whatever the part.
     *
     * @param space where a list may be made; what was made there before is then lost
     * @throws IllegalArgumentException if the source is not divisible and the part is not the whole
     */
    NeighbourList list(int first, int last, NeighbourList.Space space);

    /** Which atom of the structure, from 0, is meant by a number in the lists. */
    int atom(int number);
}
