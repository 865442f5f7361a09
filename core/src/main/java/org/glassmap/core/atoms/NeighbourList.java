package org.glassmap.core.atoms;

import java.util.Arrays;

/**
 * For every atom all others, periodic images and its own images included, that are closer than a cutoff. Right for
 * thin, skewed, rotated and left-handed cells and for any choice of periodic directions; O(n) for large structures.
 *
 * <p>Structure of arrays: the neighbours of atom {@code i} are entries {@code start(i)} to {@code end(i)} (exclusive)
 * of the flat arrays. Each pair appears at both of its atoms, with opposite vectors to the last bit. The order is a
 * function of the structure and the cutoff alone.
 */
public final class NeighbourList {

    private final double cutoff;
    private final int first;

    /** {@code [atoms + 1]} */
    private final int[] offsets;

    private final int[] neighbours;

    /** {@code [entry][3]} */
    private final double[] vectors;

    private final double[] distances;

    private NeighbourList(double cutoff, int first, int[] offsets, Builder built) {
        this.cutoff = cutoff;
        this.first = first;
        this.offsets = offsets;
        this.neighbours = built.neighbours;
        this.vectors = built.vectors;
        this.distances = built.distances;
        for (int k = 0; k < built.count; k++) {
            distances[k] = Math.sqrt(distances[k]);
        }
    }

    /**
     * All pairs with distance &lt; {@code cutoff}.
     *
     * @param cutoff Å, positive
     * @throws InvalidStructureException if atoms are so dense that the list would not fit into memory
     */
    public static NeighbourList of(Structure structure, double cutoff) {
        return NeighbourSearch.of(structure, cutoff).list(0, structure.size());
    }

    /** Each pair once, from a search over all pairs. */
    static NeighbourList of(ImageSearch search, int atoms, double cutoff) {
        int[] offsets = new int[atoms + 1];
        Pairs pairs = new Pairs(atoms);
        search.visitAll((i, j, dx, dy, dz, squared) -> {
            offsets[i + 1]++;
            offsets[j + 1]++;
            pairs.add(i, j, dx, dy, dz, squared);
            return true;
        });
        for (int i = 0; i < atoms; i++) {
            offsets[i + 1] += offsets[i];
        }
        Builder builder = new Builder();
        builder.reserve(offsets[atoms]);
        builder.count = offsets[atoms];
        int[] next = Arrays.copyOf(offsets, atoms);
        for (int p = 0; p < pairs.count; p++) {
            int i = pairs.atoms[2 * p];
            int j = pairs.atoms[2 * p + 1];
            builder.place(next[i]++, j, pairs.vectors, 4 * p, 1);
            builder.place(next[j]++, i, pairs.vectors, 4 * p, -1);
        }
        return new NeighbourList(cutoff, 0, offsets, builder);
    }

    /** Of the atoms from {@code first} to below {@code last}, one after the other. */
    static NeighbourList of(ColumnSearch search, int first, int last, double cutoff) {
        int[] offsets = new int[last - first + 1];
        Builder builder = new Builder();
        builder.reserve(64 * (last - first));
        for (int i = first; i < last; i++) {
            search.find(i, builder);
            offsets[i - first + 1] = builder.count;
        }
        return new NeighbourList(cutoff, first, offsets, builder);
    }

    /**
     * Of a longer list's pairs those that are near where the atoms are now.
     *
     * @param shift of every entry, the place of its lattice vector in {@code shifts}
     * @param p {@code [3n]} positions, Å
     * @param shifts {@code [..][3]} lattice vectors, Å
     */
    static NeighbourList of(
            NeighbourList longer, int[] shift, double[] p, double[] shifts, int first, int last, double cutoff) {
        int[] offsets = new int[last - first + 1];
        Builder builder = new Builder();
        builder.reserve(longer.end(last - 1) - longer.start(first));
        int[] neighbours = builder.neighbours;
        double[] vectors = builder.vectors;
        double[] distances = builder.distances;
        double square = cutoff * cutoff;
        int m = 0;
        for (int i = first; i < last; i++) {
            double px = p[3 * i];
            double py = p[3 * i + 1];
            double pz = p[3 * i + 2];
            int end = longer.end(i);
            for (int k = longer.start(i); k < end; k++) {
                int j = longer.neighbours[k];
                int to = 3 * shift[k];
                double dx = p[3 * j] - px + shifts[to];
                double dy = p[3 * j + 1] - py + shifts[to + 1];
                double dz = p[3 * j + 2] - pz + shifts[to + 2];
                double squared = dx * dx + dy * dy + dz * dz;
                neighbours[m] = j;
                vectors[3 * m] = dx;
                vectors[3 * m + 1] = dy;
                vectors[3 * m + 2] = dz;
                distances[m] = squared;
                m += squared < square ? 1 : 0;
            }
            offsets[i - first + 1] = m;
        }
        builder.count = m;
        return new NeighbourList(cutoff, first, offsets, builder);
    }

    /** How many atoms have a list. */
    public int size() {
        return offsets.length - 1;
    }

    /** The first atom that has one; 0 but for a part. */
    public int first() {
        return first;
    }

    /** Å. */
    public double cutoff() {
        return cutoff;
    }

    /** Index of the first entry of atom {@code i}. */
    public int start(int i) {
        return offsets[i - first];
    }

    /** One past the index of the last entry of atom {@code i}. */
    public int end(int i) {
        return offsets[i - first + 1];
    }

    /** How many neighbours atom {@code i} has. */
    public int count(int i) {
        return offsets[i - first + 1] - offsets[i - first];
    }

    /** The atom that entry {@code k} is an image of. */
    public int neighbour(int k) {
        return neighbours[k];
    }

    /** x of the vector from the atom to its neighbour, Å. */
    public double dx(int k) {
        return vectors[3 * k];
    }

    public double dy(int k) {
        return vectors[3 * k + 1];
    }

    public double dz(int k) {
        return vectors[3 * k + 2];
    }

    /** Å. */
    public double distance(int k) {
        return distances[k];
    }

    /** Entries as they are found; distances still squared. */
    static final class Builder {
        int count;
        int[] neighbours = new int[0];
        double[] vectors = new double[0];
        double[] distances = new double[0];

        /** What may be a neighbour of the atom at hand, as its search numbers it. */
        int[] candidate = new int[512];

        int candidates;

        /** Room for so many more entries. */
        void reserve(int more) {
            if (count + more > neighbours.length) {
                int capacity = count + more + (count + more) / 4;
                neighbours = Arrays.copyOf(neighbours, capacity);
                vectors = Arrays.copyOf(vectors, 3 * capacity);
                distances = Arrays.copyOf(distances, capacity);
            }
        }

        void reserveCandidates(int more) {
            // Eight more: they are written before they are judged.
            if (candidates + more + 8 > candidate.length) {
                candidate = Arrays.copyOf(candidate, 2 * (candidates + more + 8));
            }
        }

        private void place(int entry, int atom, double[] pairs, int from, int sign) {
            neighbours[entry] = atom;
            vectors[3 * entry] = sign * pairs[from];
            vectors[3 * entry + 1] = sign * pairs[from + 1];
            vectors[3 * entry + 2] = sign * pairs[from + 2];
            distances[entry] = pairs[from + 3];
        }
    }

    /** The pairs as they are found, j ≥ i, each once. */
    private static final class Pairs {
        private int[] atoms;
        private double[] vectors;
        private int count;

        Pairs(int n) {
            atoms = new int[64 * n];
            vectors = new double[128 * n];
        }

        void add(int i, int j, double dx, double dy, double dz, double squared) {
            if (2 * count == atoms.length) {
                atoms = Arrays.copyOf(atoms, 2 * atoms.length);
                vectors = Arrays.copyOf(vectors, 2 * vectors.length);
            }
            atoms[2 * count] = i;
            atoms[2 * count + 1] = j;
            vectors[4 * count] = dx;
            vectors[4 * count + 1] = dy;
            vectors[4 * count + 2] = dz;
            vectors[4 * count + 3] = squared;
            count++;
        }
    }
}
