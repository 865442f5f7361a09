package org.glassmap.core.atoms;

import java.util.Arrays;
import org.glassmap.core.numerics.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * For every atom all others, periodic images and its own images included, that are closer than a cutoff. Right for
 * thin, skewed, rotated and left-handed cells and for any choice of periodic directions; O(n) for large structures.
 *
 * <p>Structure of arrays: the neighbours of atom {@code i} are entries {@code start(i)} to {@code end(i)} (exclusive)
 * of the flat arrays. Each pair appears at both of its atoms, with opposite vectors to the last bit. The order is a
 * function of the structure and the cutoff alone.
 */
public final class NeighbourList implements NeighbourSource {

    private final double cutoff;
    private final int first;
    private final int size;

    /** {@code [atoms + 1]}, from the atom {@code origin} on. */
    private final int[] offsets;

    private final int origin;

    private final int[] neighbours;
    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final double[] distances;

    /** Which atom of the structure is meant by a number; absent where numbers are the structure's. */
    private final int @Nullable [] named;

    /** @param made its distances are squared, and this is where they become distances */
    private NeighbourList(double cutoff, int first, int[] offsets, Space made, int @Nullable [] named) {
        this.cutoff = cutoff;
        this.first = first;
        this.size = offsets.length - 1;
        this.offsets = offsets;
        this.origin = first;
        this.neighbours = made.neighbours;
        this.x = made.x;
        this.y = made.y;
        this.z = made.z;
        this.distances = made.distances;
        this.named = named;
        for (int k = 0; k < made.count; k++) {
            distances[k] = Math.sqrt(distances[k]);
        }
    }

    /** A part of another. */
    private NeighbourList(NeighbourList of, int first, int last) {
        this.cutoff = of.cutoff;
        this.first = first;
        this.size = last - first;
        this.offsets = of.offsets;
        this.origin = of.origin;
        this.neighbours = of.neighbours;
        this.x = of.x;
        this.y = of.y;
        this.z = of.z;
        this.distances = of.distances;
        this.named = of.named;
    }

    /**
     * All pairs with distance &lt; {@code cutoff}.
     *
     * @param cutoff Å, positive
     * @throws InvalidStructureException if atoms are so dense that the list would not fit into memory
     */
    public static NeighbourList of(Structure structure, double cutoff) {
        return NeighbourSearch.of(structure, cutoff).list(0, structure.size(), new Space());
    }

    /** Each pair once, from a search over all pairs. */
    static NeighbourList of(ImageSearch search, int atoms, double cutoff, Space space) {
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
        space.clear();
        space.reserve(offsets[atoms]);
        space.count = offsets[atoms];
        int[] next = Arrays.copyOf(offsets, atoms);
        for (int p = 0; p < pairs.count; p++) {
            int i = pairs.atoms[2 * p];
            int j = pairs.atoms[2 * p + 1];
            space.place(next[i]++, j, pairs.vectors, 4 * p, 1);
            space.place(next[j]++, i, pairs.vectors, 4 * p, -1);
        }
        return new NeighbourList(cutoff, 0, offsets, space, null);
    }

    /** Of the atoms from {@code first} to below {@code last}, one after the other, as the search numbers them. */
    static NeighbourList of(ColumnSearch search, int first, int last, double cutoff, Space space) {
        int[] offsets = new int[last - first + 1];
        space.clear();
        space.reserve(64 * (last - first));
        for (int i = first; i < last; i++) {
            search.find(i, space);
            offsets[i - first + 1] = space.count;
        }
        return new NeighbourList(cutoff, first, offsets, space, search.named());
    }

    /**
     * Of the pairs of a structure those that are near where the atoms are now.
     *
     * @param named which atom of the structure is meant by a number
     * @param p {@code [3n]} positions, Å, in the order of the numbers
     * @param shifts {@link PairTopology#shifts} of the cell as it is now
     */
    static NeighbourList of(
            PairTopology pairs,
            int[] named,
            double[] p,
            double[] shifts,
            int first,
            int last,
            double cutoff,
            Space space) {
        int[] offsets = new int[last - first + 1];
        space.clear();
        space.reserve(pairs.count(first, last));
        for (int i = first; i < last; i++) {
            int from = pairs.offsets[i];
            int count = pairs.offsets[i + 1] - from;
            space.judged.load(pairs, p, shifts, i, from, count);
            space.judged.sieve(pairs.second, from, count, cutoff * cutoff, space);
            offsets[i - first + 1] = space.count;
        }
        return new NeighbourList(cutoff, first, offsets, space, named);
    }

    /** A list that has been made serves any of its parts. */
    @Override
    public boolean divisible() {
        return true;
    }

    @Override
    public NeighbourList list(int from, int to, Space space) {
        if (from < first || to > first + size) {
            throw new IllegalArgumentException(
                    "the list has atoms %d to %d, not %d to %d".formatted(first, first + size - 1, from, to - 1));
        }
        return from == first && to == first + size ? this : new NeighbourList(this, from, to);
    }

    @Override
    public int atom(int number) {
        return named == null ? number : named[number];
    }

    /** How many atoms have a list. */
    @Override
    public int size() {
        return size;
    }

    /** The first atom that has one; 0 but for a part. */
    public int first() {
        return first;
    }

    /** Å. */
    @Override
    public double cutoff() {
        return cutoff;
    }

    /** Index of the first entry of atom {@code i}. */
    public int start(int i) {
        return offsets[i - origin];
    }

    /** One past the index of the last entry of atom {@code i}. */
    public int end(int i) {
        return offsets[i - origin + 1];
    }

    /** How many neighbours atom {@code i} has. */
    public int count(int i) {
        return offsets[i - origin + 1] - offsets[i - origin];
    }

    /** The atom, as the list numbers them, that entry {@code k} is an image of. */
    public int neighbour(int k) {
        return neighbours[k];
    }

    /** x of the vector from the atom to its neighbour, Å. */
    public double dx(int k) {
        return x[k];
    }

    public double dy(int k) {
        return y[k];
    }

    public double dz(int k) {
        return z[k];
    }

    /** Å. */
    public double distance(int k) {
        return distances[k];
    }

    /** All distances of atom {@code i}, Å. @param into filled from its beginning */
    public void copyDistances(int i, double[] into) {
        System.arraycopy(distances, start(i), into, 0, count(i));
    }

    /** The neighbours of atom {@code i}. @param into filled from {@code at} on */
    void copyNeighbours(int i, int[] into, int at) {
        System.arraycopy(neighbours, start(i), into, at, count(i));
    }

    /**
     * Memory for a list. Where lists are made one after the other, each in the place of the one before, a list is valid
     * until the next is made. While one is made: entries as they are found, distances still squared.
     */
    public static final class Space {
        int count;
        int[] neighbours = new int[0];
        double[] x = new double[0];
        double[] y = new double[0];
        double[] z = new double[0];
        double[] distances = new double[0];
        private final Judged judged = new Judged();

        private void clear() {
            count = 0;
        }

        /** Room for so many more entries, and for eight that are written before they are judged. */
        void reserve(int more) {
            int needed = count + more + 8;
            if (needed > neighbours.length) {
                int capacity = neighbours.length == 0 ? needed : needed + needed / 4;
                neighbours = Arrays.copyOf(neighbours, capacity);
                x = Arrays.copyOf(x, capacity);
                y = Arrays.copyOf(y, capacity);
                z = Arrays.copyOf(z, capacity);
                distances = Arrays.copyOf(distances, capacity);
            }
        }

        private void place(int entry, int atom, double[] pairs, int from, int sign) {
            neighbours[entry] = atom;
            x[entry] = sign * pairs[from];
            y[entry] = sign * pairs[from + 1];
            z[entry] = sign * pairs[from + 2];
            distances[entry] = pairs[from + 3];
        }
    }

    /** The vectors of one atom's pairs, before it is known which of them are near. */
    static final class Judged {
        double[] x = new double[0];
        double[] y = new double[0];
        double[] z = new double[0];

        private void load(PairTopology pairs, double[] p, double[] shifts, int i, int from, int count) {
            if (x.length < count + 8) { // read eight at a time
                x = new double[count + count / 4 + 8];
                y = new double[x.length];
                z = new double[x.length];
            }
            load(pairs.second, pairs.shift, p, shifts, 3 * i, from, count, x, y, z);
        }

        /** Differences of atoms first, then the shift: both ends of a pair get opposite vectors to the last bit. */
        private static void load(
                int[] second,
                int[] shift,
                double[] p,
                double[] shifts,
                int at,
                int from,
                int count,
                double[] x,
                double[] y,
                double[] z) {
            double px = p[at];
            double py = p[at + 1];
            double pz = p[at + 2];
            for (int k = 0; k < count; k++) {
                int j = 3 * second[from + k];
                int s = shift[from + k];
                x[k] = p[j] - px + shifts[s];
                y[k] = p[j + 1] - py + shifts[s + 1];
                z[k] = p[j + 2] - pz + shifts[s + 2];
            }
        }

        /** Adds those that are near to a list that is being made. */
        private void sieve(int[] second, int from, int count, double square, Space into) {
            if (Vectors.available()) {
                VectorSieve.sieve(this, second, from, count, square, into);
                return;
            }
            int m = into.count;
            for (int k = 0; k < count; k++) {
                double squared = x[k] * x[k] + y[k] * y[k] + z[k] * z[k];
                into.neighbours[m] = second[from + k];
                into.x[m] = x[k];
                into.y[m] = y[k];
                into.z[m] = z[k];
                into.distances[m] = squared;
                m += squared < square ? 1 : 0;
            }
            into.count = m;
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
