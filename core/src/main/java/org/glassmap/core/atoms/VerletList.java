package org.glassmap.core.atoms;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Neighbour lists of structures that come one after the other and differ little, as in a relaxation or a trajectory
 * (L. Verlet, Phys. Rev. 159, 98 (1967)): pairs are searched for a little beyond the cutoff, and as long as nothing can
 * have come from farther away than that, only their vectors are computed anew. One thread at a time; the sources it hands
 * out are immutable.
 */
public final class VerletList {

    private final double cutoff;
    private final double skin;
    private @Nullable Pairs pairs;

    /**
     * @param cutoff Å
     * @param skin Å, how much farther pairs are searched
     */
    public VerletList(double cutoff, double skin) {
        if (!(skin > 0) || !Double.isFinite(skin)) {
            throw new IllegalArgumentException("skin must be positive, got " + skin + " Å");
        }
        this.cutoff = cutoff;
        this.skin = skin;
    }

    /** All pairs of the structure with distance &lt; cutoff; their order is that of the last search. */
    public NeighbourSource at(Structure structure) {
        Pairs known = pairs;
        if (known == null || !known.reaches(structure, cutoff)) {
            NeighbourSearch search = NeighbourSearch.inSpace(structure, cutoff + skin);
            known = new Pairs(structure, search.list(0, structure.size(), new NeighbourList.Space()));
            pairs = known;
        }
        return known.source(structure, cutoff);
    }

    /** Whether the next structure would be searched anew. */
    boolean outdatedBy(Structure structure) {
        return pairs == null || !pairs.reaches(structure, cutoff);
    }

    /** Pairs of one structure, and by which lattice vectors the second atom of each is shifted. */
    private static final class Pairs {

        private final Structure reference;
        private final NeighbourList list;

        /** {@code [entry]}: place in {@link #turns}. */
        private final int[] shift;

        /** {@code [shift][3]}: whole numbers. */
        private final double[] turns;

        Pairs(Structure reference, NeighbourList list) {
            this.reference = reference;
            this.list = list;
            int entries = list.end(list.size() - 1);
            double[] whole = new double[3 * entries];
            double[] p = positions(reference);
            for (int i = 0; i < list.size(); i++) {
                for (int k = list.start(i); k < list.end(i); k++) {
                    int j = list.neighbour(k);
                    whole[3 * k] = list.dx(k) - (p[3 * j] - p[3 * i]);
                    whole[3 * k + 1] = list.dy(k) - (p[3 * j + 1] - p[3 * i + 1]);
                    whole[3 * k + 2] = list.dz(k) - (p[3 * j + 2] - p[3 * i + 2]);
                }
            }
            if (reference.cell().anyPeriodic()) {
                reference.cell().toFractional(whole);
                for (int k = 0; k < whole.length; k++) {
                    whole[k] = Math.rint(whole[k]) + 0.0; // −0 becomes 0
                }
            } else {
                Arrays.fill(whole, 0);
            }
            Distinct distinct = new Distinct(whole, entries);
            this.shift = distinct.place;
            this.turns = distinct.values;
        }

        /** In the order of the list's numbers. */
        private double[] positions(Structure structure) {
            double[] ordered = new double[3 * list.size()];
            for (int i = 0; i < list.size(); i++) {
                for (int axis = 0; axis < 3; axis++) {
                    ordered[3 * i + axis] = structure.position(list.atom(i), axis);
                }
            }
            return ordered;
        }

        boolean reaches(Structure structure, double cutoff) {
            return Displacement.between(reference, structure).least(list.cutoff()) >= cutoff;
        }

        NeighbourSource source(Structure structure, double cutoff) {
            double[] shifts = turns.clone();
            if (structure.cell().anyPeriodic()) {
                structure.cell().toCartesian(shifts);
            }
            double[] p = positions(structure);
            return new NeighbourSource() {
                @Override
                public int size() {
                    return list.size();
                }

                @Override
                public double cutoff() {
                    return cutoff;
                }

                @Override
                public boolean divisible() {
                    return true;
                }

                @Override
                public NeighbourList list(int first, int last, NeighbourList.Space space) {
                    return NeighbourList.of(list, shift, p, shifts, first, last, cutoff, space);
                }

                @Override
                public int atom(int number) {
                    return list.atom(number);
                }
            };
        }
    }

    /** The different triples among many, in the order in which they are met. */
    private static final class Distinct {

        final int[] place;
        final double[] values;

        Distinct(double[] triples, int count) {
            place = new int[count];
            double[] low = new double[3];
            long[] range = new long[3];
            for (int axis = 0; axis < 3; axis++) {
                double high = 0;
                for (int k = axis; k < 3 * count; k += 3) {
                    low[axis] = Math.min(low[axis], triples[k]);
                    high = Math.max(high, triples[k]);
                }
                range[axis] = 1 + (long) (high - low[axis]);
            }
            long cells = range[0] * range[1] * range[2];
            if (!(cells <= 1L << 24)) {
                throw new InvalidStructureException(
                        "positions",
                        "atoms lie up to %d cells apart; wrap them into the cell"
                                .formatted(Math.max(range[0], Math.max(range[1], range[2]))));
            }
            int[] known = new int[(int) cells];
            int found = 0;
            double[] all = new double[3 * 64];
            for (int k = 0; k < count; k++) {
                long a = (long) (triples[3 * k] - low[0]);
                long b = (long) (triples[3 * k + 1] - low[1]);
                long c = (long) (triples[3 * k + 2] - low[2]);
                int cell = (int) ((a * range[1] + b) * range[2] + c);
                if (known[cell] == 0) {
                    if (3 * found == all.length) {
                        all = Arrays.copyOf(all, 2 * all.length);
                    }
                    System.arraycopy(triples, 3 * k, all, 3 * found, 3);
                    known[cell] = ++found;
                }
                place[k] = known[cell] - 1;
            }
            values = Arrays.copyOf(all, 3 * found);
        }
    }
}
