package org.glassmap.core.learning;

import org.glassmap.core.atoms.Evaluation;

/**
 * What a committee says of one structure. Holds the arrays it is given.
 *
 * @param mean the mean of the members' energies, forces and virials
 * @param memberEnergies {@code [members]}, eV, of the whole cell
 */
public record CommitteePrediction(Evaluation mean, double[] memberEnergies) {

    /** Standard deviation of the members' energies (n − 1), eV, of the whole cell; 0 for a single member. It is not
     * calibrated: members may agree where all are wrong. */
    public double energySpread() {
        return spread(memberEnergies);
    }

    static double spread(double[] energies) {
        int n = energies.length;
        if (n == 1) {
            return 0;
        }
        double mean = 0;
        for (double energy : energies) {
            mean += energy / n;
        }
        double sum = 0;
        for (double energy : energies) {
            sum += (energy - mean) * (energy - mean);
        }
        return Math.sqrt(sum / (n - 1));
    }
}
