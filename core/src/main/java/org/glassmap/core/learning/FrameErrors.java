package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Structure;

/**
 * What a potential says of a labelled frame, beside the label. Holds the arrays it is given.
 *
 * @param labelled eV/atom
 * @param predicted eV/atom, the members' mean
 * @param energySpread standard deviation of the members' energies (n − 1), eV/atom; 0 for one member
 * @param forces {@code [3n]} labelled, eV/Å; empty where the label has none
 * @param predictedForces {@code [3n]}, the members' mean
 * @param forceSpread {@code [n]}: root of the mean over the axes of the variance of the members' forces, eV/Å
 */
public record FrameErrors(
        double labelled,
        double predicted,
        double energySpread,
        double[] forces,
        double[] predictedForces,
        double[] forceSpread) {

    /** Looks at frames one after the other. One thread at a time. */
    public static final class Judge {

        private final List<CommitteeCalculator> members = new ArrayList<>();

        public Judge(LearntPotential potential, Kernel kernel) {
            potential.members().forEach(member -> members.add(member.calculator(kernel)));
        }

        public FrameErrors of(TrainingFrame frame) {
            Structure structure = frame.structure();
            int n = structure.size();
            double[] energies = new double[members.size()];
            double[][] forces = new double[members.size()][];
            for (int m = 0; m < members.size(); m++) {
                Evaluation said = members.get(m).evaluate(structure);
                energies[m] = said.energy() / n;
                forces[m] = said.forces();
            }
            double[] mean = ForceSpread.mean(forces, 3 * n);
            return new FrameErrors(
                    frame.energy() / n,
                    mean(energies),
                    CommitteePrediction.spread(energies),
                    frame.forces().orElse(new double[0]),
                    mean,
                    ForceSpread.spread(forces, mean));
        }

        private static double mean(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum / values.length;
        }
    }

    /** Predicted minus labelled, eV/atom. */
    public double energyError() {
        return predicted - labelled;
    }

    public boolean hasForces() {
        return forces.length > 0;
    }

    /** Of the force components, eV/Å; NaN where the label has none. */
    public double forceError() {
        double sum = 0;
        for (int k = 0; k < forces.length; k++) {
            sum += (predictedForces[k] - forces[k]) * (predictedForces[k] - forces[k]);
        }
        return Math.sqrt(sum / forces.length);
    }

    /** Root of the mean over the axes of the squared error of the force on an atom, eV/Å. */
    public double forceError(int atom) {
        double sum = 0;
        for (int k = 3 * atom; k < 3 * atom + 3; k++) {
            sum += (predictedForces[k] - forces[k]) * (predictedForces[k] - forces[k]);
        }
        return Math.sqrt(sum / 3);
    }
}
