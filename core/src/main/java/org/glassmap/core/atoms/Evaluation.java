package org.glassmap.core.atoms;

/**
 * What a potential, or a first-principles program, says of one structure. Holds the arrays it is given.
 *
 * @param energy eV, of the whole cell
 * @param forces {@code [3n]}, eV/Å
 * @param virial {@code [9]}, eV: W = −dE/dε for a homogeneous strain ε of cell and atoms, row by row, symmetric;
 *     pressure is tr W / 3V at rest, stress (tension positive) is −W/V
 */
public record Evaluation(double energy, double[] forces, double[] virial) {

    /** Stress {@code [9]}, eV/Å³, tension positive (the convention of extended XYZ). */
    public double[] stress(double volume) {
        double[] stress = new double[9];
        for (int k = 0; k < 9; k++) {
            stress[k] = -virial[k] / volume;
        }
        return stress;
    }
}
