package org.glassmap.core.learning;

import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.NeighbourSource;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * One structure, or a fixed part of the atoms of a large one, on its way through the kernels: which atoms, and what was
 * summed up so far. Parts of one structure fill the same rows of energies, at their own atoms, and add their forces up in
 * arrays of their own.
 */
final class Share {

    /** What is asked for. */
    enum Wanted {
        ENERGIES,
        /** And the mean forces and virial. */
        FORCES,
        /** And every member's forces. */
        MEMBER_FORCES
    }

    final Structure structure;
    private final NeighbourSource search;
    final int first;
    final int last;

    /** What every atom is, here and below as the search numbers them. */
    final Kinds kinds;

    /** {@code [members][n]}, eV: of every atom. */
    final double[][] energies;

    final Wanted wanted;

    /** {@code [3n]}, eV/Å, the members' mean; empty if only energies are wanted. */
    final double[] forces;

    /** {@code [members][3n]}, eV/Å; empty if they are not wanted. */
    final double[][] memberForces;

    /** {@code [9]}, eV, the members' mean. */
    final double[] virial = new double[9];

    /** eV, of the repulsion. */
    double wall;

    /** The atoms that are looked at now, from {@code begin} to below {@code end}, and their neighbours. */
    int begin;

    int end;
    private @Nullable NeighbourList list;

    /** What every atom is. @param centre {@code [n]}: place among the species of centres
     * @param kinds {@code [centre species][n]}: place in that centre's environment
     */
    record Kinds(int[] centre, int[][] around) {}

    Share(
            Structure structure,
            NeighbourSource search,
            int first,
            int last,
            Kinds kinds,
            double[][] energies,
            Wanted wanted) {
        this.structure = structure;
        this.search = search;
        this.first = first;
        this.last = last;
        this.kinds = kinds;
        this.energies = energies;
        this.wanted = wanted;
        int n = structure.size();
        this.forces = new double[wanted == Wanted.ENERGIES ? 0 : 3 * n];
        this.memberForces = new double[wanted == Wanted.MEMBER_FORCES ? energies.length : 0][3 * n];
    }

    /** Sets out to look at some of the atoms, in sight until the space is used again. */
    void lookAt(int from, int to, NeighbourList.Space space) {
        begin = from;
        end = to;
        list = search.list(from, to, space);
    }

    void lookAway() {
        list = null;
    }

    NeighbourList list() {
        if (list == null) {
            throw new IllegalStateException("nothing is looked at");
        }
        return list;
    }

    /** Adds what the fixed repulsion does to the atoms that are looked at. */
    void push(Repulsion repulsion) {
        if (repulsion.none()) {
            return;
        }
        if (wanted == Wanted.ENERGIES) {
            wall += repulsion.energy(structure, list());
        } else {
            wall += repulsion.add(structure, list(), forces, virial);
            for (double[] member : memberForces) {
                repulsion.add(structure, list(), member, new double[9]);
            }
        }
    }
}
