package org.glassmap.core.learning;

import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * One structure, or a fixed part of the atoms of a large one, on its way through the kernels: which atoms, and what was
 * summed up so far. Parts of one structure fill the same rows of energies, at their own atoms, and add their forces up in
 * arrays of their own.
 */
final class Share {

    final Structure structure;
    final NeighbourList list;
    final int first;
    final int last;

    /** {@code [centre species][n]}: the place of every atom's species in that centre's environment. */
    final int[][] kinds;

    /** {@code [members][n]}, eV: of every atom. */
    final double[][] energies;

    /** {@code [3n]}, eV/Å, the members' mean; null if only energies are asked for. */
    final double @Nullable [] forces;

    /** {@code [9]}, eV, the members' mean. */
    final double[] virial = new double[9];

    Share(
            Structure structure,
            NeighbourList list,
            int first,
            int last,
            int[][] kinds,
            double[][] energies,
            boolean forces) {
        this.structure = structure;
        this.list = list;
        this.first = first;
        this.last = last;
        this.kinds = kinds;
        this.energies = energies;
        this.forces = forces ? new double[3 * structure.size()] : null;
    }

    double[] requireForces() {
        if (forces == null) {
            throw new IllegalStateException("forces were not asked for");
        }
        return forces;
    }
}
