package org.glassmap.potentials.potentials;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.glassmap.contract.potentials.Prediction;
import org.glassmap.contract.trainings.CalibrationDocument;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.CommitteePrediction;
import org.glassmap.core.learning.ExtrapolationGrade;
import org.glassmap.core.learning.ForceSpread;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.LearntPotential;
import org.jspecify.annotations.Nullable;

/** What a potential says of structures, one portion after the other. One thread at a time. */
final class Predictions {

    private final Set<Species> known;
    private final int members;
    private final CommitteeCalculator calculator;
    private final ExtrapolationGrade.@Nullable Calculator grade;
    private final Set<Quantity> asked;
    private final double maximumGrade;
    private final @Nullable CalibrationDocument calibration;
    private final @Nullable ForceSpread forceSpread;
    private final @Nullable AtomDescriptors descriptors;

    /** @param maximumGrade of an atom; what has a larger one is refused. Infinite where nothing is */
    Predictions(Potentials.Graded graded, Set<Quantity> asked, double maximumGrade) {
        LearntPotential potential = graded.potential();
        this.known = potential.species();
        this.members = potential.members().size();
        Kernel kernel = Kernel.best();
        this.calculator = potential.calculator(kernel);
        this.asked = Set.copyOf(asked);
        this.maximumGrade = maximumGrade;
        boolean grades =
                asked.contains(Quantity.GRADE) || asked.contains(Quantity.GRADES) || Double.isFinite(maximumGrade);
        this.grade = grades ? graded.grade().map(ExtrapolationGrade::calculator).orElse(null) : null;
        this.calibration =
                asked.contains(Quantity.SPREAD) ? graded.calibration().orElse(null) : null;
        boolean forces = calibration != null && calibration.force() != null && asked.contains(Quantity.FORCES);
        this.forceSpread = forces ? new ForceSpread(potential, kernel) : null;
        this.descriptors = asked.contains(Quantity.DESCRIPTORS) ? new AtomDescriptors(potential) : null;
    }

    /** By which all of it is computed. */
    Kernel kernel() {
        return calculator.kernel();
    }

    /** A structure that something can be said of. @param grades absent where the potential has none, or none is asked for */
    record Fit(Structure structure, ExtrapolationGrade.@Nullable Grades grades) {}

    /**
     * @param energy eV
     * @param forces {@code [3n]}, eV/Å; absent where not asked for
     * @param stress {@code [9]}, eV/Å³; absent in open space and where not asked for
     * @param energySpread standard deviation of the members' energies per atom, eV; absent for one member
     * @param atomicEnergies {@code [n]}, eV; absent where not asked for
     * @param grades of the atoms; absent where the potential has no grade and where none is asked for
     * @param everyGrade whether all of them are to be told, or the largest alone
     * @param energySigma calibrated, per atom, eV; absent where the spread is not calibrated or not asked for
     * @param forceSigmas calibrated, of every atom, eV/Å; absent where they are not, or no forces are asked for
     * @param descriptors {@code [n][features]}; absent where not asked for
     */
    record Said(
            double energy,
            double @Nullable [] forces,
            double @Nullable [] stress,
            @Nullable Double energySpread,
            double @Nullable [] atomicEnergies,
            ExtrapolationGrade.@Nullable Grades grades,
            boolean everyGrade,
            @Nullable Double energySigma,
            double @Nullable [] forceSigmas,
            double @Nullable [][] descriptors,
            Kernel kernel) {

        Prediction onTheWire() {
            return new Prediction(
                    energy,
                    rows(forces),
                    rows(stress),
                    energySpread,
                    grades == null ? null : grades.largest(),
                    grades == null ? null : grades.worst() + 1,
                    grades == null || !everyGrade ? null : grades.atoms(),
                    energySigma != null,
                    energySigma,
                    forceSigmas,
                    atomicEnergies,
                    descriptors,
                    kernel.id());
        }

        private static double @Nullable [][] rows(double @Nullable [] flat) {
            if (flat == null) {
                return null;
            }
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
    Fit fit(Structure structure) {
        Proximity.requireApart(structure);
        for (int i = 0; i < structure.size(); i++) {
            if (!known.contains(structure.species(i))) {
                throw new InvalidStructureException(
                        "species",
                        "atom %d is %s, which the potential does not know; it knows %s"
                                .formatted(i + 1, structure.species(i), known));
            }
        }
        return new Fit(structure, graded(structure));
    }

    private ExtrapolationGrade.@Nullable Grades graded(Structure structure) {
        if (grade == null) {
            return null;
        }
        ExtrapolationGrade.Grades grades = grade.grades(structure);
        if (grades.largest() > maximumGrade) {
            throw new InvalidStructureException(
                    "positions",
                    "atom %d (%s) has extrapolation grade %.5g, above the %s allowed: the potential was trained on nothing like it"
                            .formatted(
                                    grades.worst() + 1,
                                    structure.species(grades.worst()),
                                    grades.largest(),
                                    maximumGrade));
        }
        return grades;
    }

    /** As {@link #fit} and {@link #of(List)}. */
    Said of(Structure structure) {
        return of(List.of(fit(structure))).getFirst();
    }

    /** @param fits small ones are quicker many at a time, and each gets the bits it gets alone */
    List<Said> of(List<Fit> fits) {
        List<Structure> structures = fits.stream().map(Fit::structure).toList();
        List<Said> said = new ArrayList<>(fits.size());
        if (asked.contains(Quantity.FORCES) || asked.contains(Quantity.STRESS)) {
            List<CommitteePrediction> predictions = calculator.predict(structures);
            for (int k = 0; k < fits.size(); k++) {
                Evaluation mean = predictions.get(k).mean();
                said.add(said(fits.get(k), predictions.get(k).memberEnergies(), mean.energy(), mean));
            }
        } else {
            List<double[]> energies = calculator.memberEnergies(structures);
            for (int k = 0; k < fits.size(); k++) {
                said.add(said(fits.get(k), energies.get(k), mean(energies.get(k)), null));
            }
        }
        return said;
    }

    /** As the calculator takes it, to the bit. */
    private static double mean(double[] energies) {
        double sum = 0;
        for (double energy : energies) {
            sum += energy;
        }
        return sum / energies.length;
    }

    private Said said(Fit fit, double[] memberEnergies, double energy, @Nullable Evaluation mean) {
        Structure structure = fit.structure();
        boolean stress = asked.contains(Quantity.STRESS) && structure.cell().anyPeriodic();
        @Nullable
        Double spread = asked.contains(Quantity.SPREAD) && members > 1
                ? Double.valueOf(spread(memberEnergies, energy) / structure.size())
                : null;
        return new Said(
                energy,
                mean != null && asked.contains(Quantity.FORCES) ? mean.forces() : null,
                mean != null && stress ? mean.stress(structure.cell().volume()) : null,
                spread,
                asked.contains(Quantity.ATOMIC_ENERGIES) ? calculator.atomicEnergies(structure) : null,
                fit.grades(),
                asked.contains(Quantity.GRADES),
                calibration == null || spread == null
                        ? null
                        : Double.valueOf(calibration.energy().factor() * spread),
                forceSigmas(structure),
                descriptors == null ? null : descriptors.of(structure),
                calculator.kernel());
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

    private static double spread(double[] memberEnergies, double energy) {
        return new CommitteePrediction(new Evaluation(energy, new double[0], new double[9]), memberEnergies)
                .energySpread();
    }
}
