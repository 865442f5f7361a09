package org.glassmap.core.sampling;

import java.util.Arrays;

/** One way to remove: the atoms of the parent that are gone, by rising index. Ordered like words. */
public final class Genome implements Comparable<Genome> {

    private final int[] removed;

    Genome(int[] sorted) {
        this.removed = sorted;
    }

    /** @param removed indices of atoms of the parent, in any order; copied
     * @throws IllegalArgumentException if an index is negative or given twice
     */
    public static Genome of(int... removed) {
        int[] sorted = removed.clone();
        Arrays.sort(sorted);
        for (int k = 0; k < sorted.length; k++) {
            if (sorted[k] < 0 || k > 0 && sorted[k] == sorted[k - 1]) {
                throw new IllegalArgumentException(
                        "atoms must be given once and not be negative, got " + Arrays.toString(sorted));
            }
        }
        return new Genome(sorted);
    }

    /** Indices of the atoms that are gone, rising; a copy. */
    public int[] removed() {
        return removed.clone();
    }

    public boolean removes(int atom) {
        return Arrays.binarySearch(removed, atom) >= 0;
    }

    @Override
    public int compareTo(Genome other) {
        return Arrays.compare(removed, other.removed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Genome genome && Arrays.equals(removed, genome.removed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(removed);
    }

    @Override
    public String toString() {
        return "Genome" + Arrays.toString(removed);
    }
}
