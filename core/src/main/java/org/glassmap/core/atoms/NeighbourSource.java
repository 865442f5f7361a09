package org.glassmap.core.atoms;

/** Neighbour lists of one structure, in parts. Safe for several threads. */
public interface NeighbourSource {

    /** Whether a part of the list can be made without the rest. */
    boolean divisible();

    /**
     * The neighbours of the atoms from {@code first} to below {@code last}; the same entries in the same order whatever
     * the part.
     *
     * @throws IllegalArgumentException if the source is not divisible and the part is not the whole
     */
    NeighbourList list(int first, int last);
}
