package org.glassmap.core.atoms;

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

    /** Of the searches, one after the other. */
    private final NeighbourList.Space space = new NeighbourList.Space();

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
            known = new Pairs(structure, search.list(0, structure.size(), space));
            pairs = known;
        }
        return known.source(structure, cutoff);
    }

    /** Whether the next structure would be searched anew. */
    boolean outdatedBy(Structure structure) {
        return pairs == null || !pairs.reaches(structure, cutoff);
    }

    /** What was searched last: pairs of one structure within the reach of it. */
    private static final class Pairs {

        private final Structure reference;
        private final double reach;
        private final int[] atoms;
        private final PairTopology topology;

        Pairs(Structure reference, NeighbourList list) {
            this.reference = reference;
            this.reach = list.cutoff();
            this.atoms = new int[list.size()];
            for (int i = 0; i < atoms.length; i++) {
                atoms[i] = list.atom(i);
            }
            this.topology = new PairTopology(list, positions(reference), reference.cell());
        }

        /** In the order of the list's numbers. */
        private double[] positions(Structure structure) {
            double[] ordered = new double[3 * atoms.length];
            for (int i = 0; i < atoms.length; i++) {
                for (int axis = 0; axis < 3; axis++) {
                    ordered[3 * i + axis] = structure.position(atoms[i], axis);
                }
            }
            return ordered;
        }

        boolean reaches(Structure structure, double cutoff) {
            return Displacement.between(reference, structure).least(reach) >= cutoff;
        }

        NeighbourSource source(Structure structure, double cutoff) {
            double[] shifts = topology.shifts(structure.cell());
            double[] p = positions(structure);
            return new NeighbourSource() {
                @Override
                public int size() {
                    return atoms.length;
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
                    return NeighbourList.of(topology, atoms, p, shifts, first, last, cutoff, space);
                }

                @Override
                public int atom(int number) {
                    return atoms[number];
                }
            };
        }
    }
}
