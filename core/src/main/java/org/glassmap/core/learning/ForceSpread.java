package org.glassmap.core.learning;

import org.glassmap.core.atoms.Structure;

/** How far the members of a committee differ in the force on every atom. Keeps work space; one thread at a time. */
public final class ForceSpread {

    private final CommitteeCalculator calculator;

    public ForceSpread(LearntPotential potential, Kernel kernel) {
        this.calculator = potential.calculator(kernel);
    }

    /**
     * @return {@code [n]}: root of the mean over the axes of the variance (n − 1) of the members' forces, eV/Å; 0 for one
     *     member
     */
    public double[] of(Structure structure) {
        double[][] forces = calculator.memberForces(structure);
        return spread(forces, mean(forces, 3 * structure.size()));
    }

    static double[] mean(double[][] members, int length) {
        double[] mean = new double[length];
        for (double[] member : members) {
            for (int k = 0; k < length; k++) {
                mean[k] += member[k] / members.length;
            }
        }
        return mean;
    }

    static double[] spread(double[][] members, double[] mean) {
        double[] spread = new double[mean.length / 3];
        if (members.length == 1) {
            return spread;
        }
        for (int i = 0; i < spread.length; i++) {
            double sum = 0;
            for (double[] member : members) {
                for (int k = 3 * i; k < 3 * i + 3; k++) {
                    sum += (member[k] - mean[k]) * (member[k] - mean[k]);
                }
            }
            spread[i] = Math.sqrt(sum / (3.0 * (members.length - 1)));
        }
        return spread;
    }
}
