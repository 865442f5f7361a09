package org.glassmap.potentials.potentials;

import org.glassmap.contract.potentials.Prediction;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.CommitteePrediction;
import org.glassmap.core.learning.LearntPotential;
import org.jspecify.annotations.Nullable;

/** What a potential says of structures, one after the other. One thread at a time. */
final class Predictions {

    private final CommitteeCalculator calculator;

    Predictions(LearntPotential potential) {
        this.calculator = potential.calculator();
    }

    /**
     * @param energySpread standard deviation of the members' energies per atom, eV; absent for one member
     * @param stress {@code [9]}, eV/Å³; absent in open space
     */
    record Said(
            Evaluation mean,
            double @Nullable [] stress,
            @Nullable Double energySpread) {

        Prediction onTheWire() {
            return new Prediction(
                    mean.energy(), rows(mean.forces()), stress == null ? null : rows(stress), energySpread);
        }

        private static double[][] rows(double[] flat) {
            double[][] rows = new double[flat.length / 3][];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = new double[] {flat[3 * row], flat[3 * row + 1], flat[3 * row + 2]};
            }
            return rows;
        }
    }

    /** @throws InvalidStructureException if atoms overlap or the potential does not know one of them */
    Said of(Structure structure) {
        Proximity.requireApart(structure);
        CommitteePrediction prediction = calculator.predict(structure);
        boolean repeats = structure.cell().anyPeriodic();
        return new Said(
                prediction.mean(),
                repeats ? prediction.mean().stress(structure.cell().volume()) : null,
                prediction.memberEnergies().length == 1 ? null : prediction.energySpread() / structure.size());
    }
}
