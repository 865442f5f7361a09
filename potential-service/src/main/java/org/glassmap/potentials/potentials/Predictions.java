package org.glassmap.potentials.potentials;

import org.glassmap.contract.potentials.Prediction;
import org.glassmap.contract.trainings.CalibrationDocument;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.CommitteePrediction;
import org.glassmap.core.learning.ExtrapolationGrade;
import org.glassmap.core.learning.ForceSpread;
import org.jspecify.annotations.Nullable;

/** What a potential says of structures, one after the other. One thread at a time. */
final class Predictions {

    private final CommitteeCalculator calculator;
    private final ExtrapolationGrade.@Nullable Calculator grade;
    private final double maximumGrade;
    private final @Nullable CalibrationDocument calibration;
    private final @Nullable ForceSpread forceSpread;

    /** @param maximumGrade of an atom; what has a larger one is refused. Infinite where nothing is */
    Predictions(Potentials.Graded graded, double maximumGrade) {
        this.calculator = graded.potential().calculator();
        this.grade = graded.grade().map(ExtrapolationGrade::calculator).orElse(null);
        this.maximumGrade = maximumGrade;
        this.calibration = graded.calibration().orElse(null);
        this.forceSpread =
                calibration == null || calibration.force() == null ? null : new ForceSpread(graded.potential());
    }

    /**
     * @param energySpread standard deviation of the members' energies per atom, eV; absent for one member
     * @param stress {@code [9]}, eV/Å³; absent in open space
     * @param grades of the atoms; absent where the potential has no grade
     * @param energySigma calibrated, per atom, eV; absent where the spread is not calibrated
     * @param forceSigmas calibrated, of every atom, eV/Å; absent where they are not
     */
    record Said(
            Evaluation mean,
            double @Nullable [] stress,
            @Nullable Double energySpread,
            ExtrapolationGrade.@Nullable Grades grades,
            @Nullable Double energySigma,
            double @Nullable [] forceSigmas) {

        /** @param everyGrade whether every atom's is told */
        Prediction onTheWire(boolean everyGrade) {
            return new Prediction(
                    mean.energy(),
                    rows(mean.forces()),
                    stress == null ? null : rows(stress),
                    energySpread,
                    grades == null ? null : grades.largest(),
                    grades == null ? null : grades.worst() + 1,
                    grades == null || !everyGrade ? null : grades.atoms(),
                    energySigma != null,
                    energySigma,
                    forceSigmas);
        }

        private static double[][] rows(double[] flat) {
            double[][] rows = new double[flat.length / 3][];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = new double[] {flat[3 * row], flat[3 * row + 1], flat[3 * row + 2]};
            }
            return rows;
        }
    }

    /**
     * @throws InvalidStructureException if atoms overlap, the potential does not know one of them, or one is graded above
     *     the largest grade allowed
     */
    Said of(Structure structure) {
        Proximity.requireApart(structure);
        ExtrapolationGrade.@Nullable Grades grades = graded(structure);
        CommitteePrediction prediction = calculator.predict(structure);
        boolean repeats = structure.cell().anyPeriodic();
        return new Said(
                prediction.mean(),
                repeats ? prediction.mean().stress(structure.cell().volume()) : null,
                prediction.memberEnergies().length == 1 ? null : prediction.energySpread() / structure.size(),
                grades,
                calibration == null
                        ? null
                        : Double.valueOf(calibration.energy().factor() * prediction.energySpread() / structure.size()),
                forceSigmas(structure));
    }

    private double @Nullable [] forceSigmas(Structure structure) {
        if (calibration == null || calibration.force() == null || forceSpread == null) {
            return null;
        }
        double[] sigmas = forceSpread.of(structure);
        for (int i = 0; i < sigmas.length; i++) {
            sigmas[i] *= calibration.force().factor();
        }
        return sigmas;
    }

    private ExtrapolationGrade.@Nullable Grades graded(Structure structure) {
        if (grade == null) {
            return null;
        }
        ExtrapolationGrade.Grades grades = grade.grades(structure);
        if (grades.largest() > maximumGrade) {
            throw new InvalidStructureException(
                    "positions",
                    "atom %d (%s) has extrapolation grade %.3g, above the %s allowed: the potential was trained on nothing like it"
                            .formatted(
                                    grades.worst() + 1,
                                    structure.species(grades.worst()),
                                    grades.largest(),
                                    maximumGrade));
        }
        return grades;
    }
}
