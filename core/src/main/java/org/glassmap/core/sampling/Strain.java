package org.glassmap.core.sampling;

import org.glassmap.core.atoms.Structure;

/** Homogeneous strains: cell and atoms together, fractional coordinates kept. */
public final class Strain {

    private Strain() {}

    /** All lengths times {@code factor}.
     *
     * @throws IllegalArgumentException if the factor is not positive
     */
    public static Structure scaled(Structure structure, double factor) {
        if (!(factor > 0) || !Double.isFinite(factor)) {
            throw new IllegalArgumentException("factor must be positive, got " + factor);
        }
        return deformed(structure, new double[] {factor - 1, 0, 0, 0, factor - 1, 0, 0, 0, factor - 1});
    }

    /** r → (1 + ε) r for atoms and lattice vectors.
     *
     * @param strain ε, {@code [9]}, row by row
     */
    public static Structure deformed(Structure structure, double[] strain) {
        double[] lattice = deformed(structure.cell().lattice(), strain);
        return structure.with(structure.cell().withLattice(lattice), deformed(structure.positions(), strain));
    }

    private static double[] deformed(double[] points, double[] strain) {
        double[] moved = points.clone();
        for (int k = 0; k < points.length; k += 3) {
            for (int axis = 0; axis < 3; axis++) {
                moved[k + axis] += strain[3 * axis] * points[k]
                        + strain[3 * axis + 1] * points[k + 1]
                        + strain[3 * axis + 2] * points[k + 2];
            }
        }
        return moved;
    }
}
