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
    private final int[] offsets;
    private final int[] neighbours;
    private final double[] dx;
    private final double[] dy;
    private final double[] dz;
    private final double[] distances;

    private NeighbourList(double cutoff, int[] offsets, Pairs pairs) {
        this.cutoff = cutoff;
        this.offsets = offsets;
        int total = offsets[offsets.length - 1];
        this.neighbours = new int[total];
        this.dx = new double[total];
        this.dy = new double[total];
        this.dz = new double[total];
        this.distances = new double[total];
        int[] next = Arrays.copyOf(offsets, offsets.length - 1);
        for (int p = 0; p < pairs.count; p++) {
            double distance = Math.sqrt(pairs.vectors[4 * p + 3]);
            place(next[pairs.atoms[2 * p]]++, pairs.atoms[2 * p + 1], pairs.vectors, 4 * p, 1, distance);
            place(next[pairs.atoms[2 * p + 1]]++, pairs.atoms[2 * p], pairs.vectors, 4 * p, -1, distance);
        }
    }

    private void place(int entry, int atom, double[] vectors, int from, int sign, double distance) {
        neighbours[entry] = atom;
        dx[entry] = sign * vectors[from];
        dy[entry] = sign * vectors[from + 1];
        dz[entry] = sign * vectors[from + 2];
        distances[entry] = distance;
    }

    /**
     * All pairs with distance &lt; {@code cutoff}.
     *
     * @param cutoff Å, positive
     * @throws InvalidStructureException if atoms are so dense that the list would not fit into memory
     */
    public static NeighbourList of(Structure structure, double cutoff) {
        requireBounded(structure, cutoff);
        int[] offsets = new int[structure.size() + 1];
        Pairs pairs = new Pairs(structure.size());
        new ImageSearch(structure, cutoff).visitAll((i, j, dx, dy, dz, squared) -> {
            offsets[i + 1]++;
            offsets[j + 1]++;
            pairs.add(i, j, dx, dy, dz, squared);
            return true;
        });
        for (int i = 0; i < structure.size(); i++) {
            offsets[i + 1] += offsets[i];
        }
        return new NeighbourList(cutoff, offsets, pairs);
    }

    private static void requireBounded(Structure structure, double cutoff) {
        if (structure.cell().fullyPeriodic()) {
            double expected = (double) structure.size()
                    * structure.size()
                    * (4 * Math.PI / 3 * cutoff * cutoff * cutoff)
                    / structure.cell().volume();
            if (!(expected < 1e8)) {
                throw new InvalidStructureException(
                        "lattice",
                        "%d atoms in %s Å³ have about %.1e neighbours within %s Å; check the unit of the cell"
                                .formatted(structure.size(), structure.cell().volume(), expected, cutoff));
            }
        }
    }

    /** How many atoms have a list. */
    public int size() {
        return offsets.length - 1;
    }

    /** Å. */
    public double cutoff() {
        return cutoff;
    }

    /** Index of the first entry of atom {@code i}. */
    public int start(int i) {
        return offsets[i];
    }

    /** One past the index of the last entry of atom {@code i}. */
    public int end(int i) {
        return offsets[i + 1];
    }

    /** How many neighbours atom {@code i} has. */
    public int count(int i) {
        return offsets[i + 1] - offsets[i];
    }

    /** The atom that entry {@code k} is an image of. */
    public int neighbour(int k) {
        return neighbours[k];
    }

    /** x of the vector from the atom to its neighbour, Å. */
    public double dx(int k) {
        return dx[k];
    }

    public double dy(int k) {
        return dy[k];
    }

    public double dz(int k) {
        return dz[k];
    }

    /** Å. */
    public double distance(int k) {
        return distances[k];
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
