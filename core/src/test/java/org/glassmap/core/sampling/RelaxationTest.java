package org.glassmap.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.sampling.RelaxationSettings.Freedom;
import org.glassmap.core.sampling.RelaxationSettings.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelaxationTest {

    private static final Potential POTENTIAL = PairPotential.thiophosphate();
    private static final RelaxationSettings SETTINGS = RelaxationSettings.DEFAULT;

    @Test
    void theGradientIsTheDerivativeInEveryDegreeOfFreedom() {
        Structure structure = rattled(PairPotential.famatinite(5.6), 0.15, 5);
        Landscape landscape = new Landscape(structure, POTENTIAL.calculator(), true, 0.03);
        double[] degrees = new double[3 * structure.size() + 6];
        structure.copyPositions(degrees);
        SplittableRandom random = new SplittableRandom(6);
        for (int k = 0; k < 6; k++) {
            degrees[degrees.length - 1 - k] = 2 * (random.nextDouble() - 0.5); // strains of some percent
        }
        double[] gradient = landscape.at(degrees).gradient();
        double h = 1e-5;
        for (int k = 0; k < degrees.length; k++) {
            double[] forward = degrees.clone();
            double[] backward = degrees.clone();
            forward[k] += h;
            backward[k] -= h;
            double slope =
                    (landscape.at(forward).value() - landscape.at(backward).value()) / (2 * h);
            assertThat(gradient[k]).as("degree %d", k).isCloseTo(slope, within(1e-7));
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aConvergedStructureLiesLowerAndIsAtRest(Method method) {
        for (long seed = 0; seed < 3; seed++) {
            Structure start = removed(seed);
            Potential.Calculator calculator = POTENTIAL.calculator();
            Relaxed relaxed =
                    new Relaxation(SETTINGS.withMethod(method).withMaxEvaluations(2000)).relax(start, calculator);
            assertThat(relaxed.stop()).isEqualTo(Relaxed.Stop.CONVERGED);
            assertThat(relaxed.evaluation().energy()).isLessThan(calculator.energy(start));
            assertAtRest(relaxed, calculator);
        }
    }

    private static void assertAtRest(Relaxed relaxed, Potential.Calculator calculator) {
        Evaluation again = calculator.evaluate(relaxed.structure());
        assertThat(again.energy()).isEqualTo(relaxed.evaluation().energy());
        for (double stress : again.stress(relaxed.structure().cell().volume())) {
            assertThat(Math.abs(stress)).isLessThanOrEqualTo(1e-3);
        }
        double[] f = again.forces();
        for (int k = 0; k < f.length; k += 3) {
            assertThat(Math.sqrt(f[k] * f[k] + f[k + 1] * f[k + 1] + f[k + 2] * f[k + 2]))
                    .isLessThanOrEqualTo(0.02);
        }
    }

    @Test
    void removedCellsRelaxInFewEvaluations() {
        int evaluations = 0;
        int cells = 6;
        for (long seed = 0; seed < cells; seed++) {
            Relaxed relaxed = new Relaxation(SETTINGS).relax(removed(seed), POTENTIAL.calculator());
            assertThat(relaxed.converged()).isTrue();
            evaluations += relaxed.evaluations();
        }
        assertThat(evaluations / cells).isLessThan(20);
    }

    @Test
    void aSupercellRelaxesToTheEnergyOfItsCells() {
        // Strained without a rattle: the symmetry keeps cell and supercell in the same minimum.
        Structure cell = scaled(PairPotential.famatinite(5.6), 1.04);
        RelaxationSettings tight = SETTINGS.withTolerances(1e-5, 1e-6);
        Relaxed one = new Relaxation(tight).relax(cell, POTENTIAL.calculator());
        Relaxed four = new Relaxation(tight).relax(cell.repeated(2, 2, 1), POTENTIAL.calculator());
        assertThat(one.converged() && four.converged()).isTrue();
        assertThat(four.evaluation().energy() / 4).isCloseTo(one.evaluation().energy(), within(1e-7));
    }

    @Test
    void theSameStartGivesTheSameBits() {
        Structure start = removed(1);
        Potential.Calculator calculator = POTENTIAL.calculator();
        Relaxed first = new Relaxation(SETTINGS).relax(start, calculator);
        Relaxed second = new Relaxation(SETTINGS).relax(start, calculator);
        assertThat(second.structure()).isEqualTo(first.structure());
        assertThat(second.evaluations()).isEqualTo(first.evaluations());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aFixedCellStaysAsItWas(Method method) {
        Structure start = rattled(PairPotential.lithiumSulfide(5.5), 0.1, 2);
        Relaxed relaxed = new Relaxation(SETTINGS.withMethod(method).withFreedom(Freedom.POSITIONS))
                .relax(start, POTENTIAL.calculator());
        assertThat(relaxed.converged()).isTrue();
        assertThat(relaxed.structure().cell()).isEqualTo(start.cell());
        assertThat(relaxed.largestStress()).isNaN();
    }

    @Test
    void theOutsidePressureIsHeldAndCompresses() {
        double pressure = 0.02; // eV/Å³, 3.2 GPa
        Structure start = PairPotential.lithiumSulfide(5.7);
        Relaxed free = new Relaxation(SETTINGS).relax(start, POTENTIAL.calculator());
        Relaxed pressed = new Relaxation(SETTINGS.withPressure(pressure)).relax(start, POTENTIAL.calculator());
        double volume = pressed.structure().cell().volume();
        assertThat(volume).isLessThan(free.structure().cell().volume());
        for (int axis = 0; axis < 3; axis++) {
            assertThat(pressed.evaluation().stress(volume)[4 * axis]).isCloseTo(-pressure, within(1e-3));
        }
    }

    @Test
    void theBudgetCountsEvaluations() {
        List<Integer> told = new ArrayList<>();
        Relaxed relaxed = new Relaxation(SETTINGS.withMaxEvaluations(7))
                .relax(removed(3), POTENTIAL.calculator(), (structure, evaluation, spent) -> told.add(spent));
        assertThat(relaxed.stop()).isEqualTo(Relaxed.Stop.BUDGET);
        assertThat(relaxed.evaluations()).isEqualTo(7);
        assertThat(told).startsWith(1).isSorted();
    }

    @Test
    void atomsThatFallIntoEachOtherAreCalledFused() {
        Structure pair =
                Structure.of(Cell.periodic(9, 0, 0, 0, 9, 0, 0, 0, 9), List.of(Species.Li, Species.Li), new double[] {
                    0, 0, 0, 1.6, 0, 0
                });
        for (Method method : Method.values()) {
            Relaxed relaxed =
                    new Relaxation(SETTINGS.withMethod(method).withFreedom(Freedom.POSITIONS)).relax(pair, new Hole());
            assertThat(relaxed.stop()).isEqualTo(Relaxed.Stop.FUSED);
            assertThat(relaxed.exploded()).isTrue();
        }
    }

    @Test
    void anEnergyThatIsNotFiniteIsAnAnswer() {
        Structure start = PairPotential.lithiumSulfide(5.7);
        Relaxed relaxed = new Relaxation(SETTINGS).relax(start, new Undefined());
        assertThat(relaxed.stop()).isEqualTo(Relaxed.Stop.NOT_FINITE);
        assertThat(relaxed.structure()).isEqualTo(start);
    }

    @Test
    void forcesThatPointTheWrongWayStall() {
        Potential.Calculator right = POTENTIAL.calculator();
        Relaxed relaxed = new Relaxation(SETTINGS.withFreedom(Freedom.POSITIONS))
                .relax(rattled(PairPotential.lithiumSulfide(5.7), 0.1, 2), new Reversed(right));
        assertThat(relaxed.stop()).isEqualTo(Relaxed.Stop.STALLED);
    }

    @Test
    void theCellOfAMoleculeCannotBeRelaxed() {
        Structure molecule = Structure.of(Cell.NONE, List.of(Species.Li), new double[3]);
        assertThatThrownBy(() -> new Relaxation(SETTINGS).relax(molecule, POTENTIAL.calculator()))
                .hasMessageContaining("periodic in three directions");
    }

    @Test
    void settingsThatAreNaNAreRefused() {
        assertThatThrownBy(() -> SETTINGS.withMaxStep(Double.NaN)).hasMessageContaining("maxStep must be positive");
        assertThatThrownBy(() -> SETTINGS.withTolerances(0, 1e-3)).hasMessageContaining("forceTolerance");
        assertThatThrownBy(() -> SETTINGS.withFusedBelow(Double.NaN)).hasMessageContaining("fusedBelow");
    }

    /** Two atoms that attract each other as 1/r. */
    private static final class Hole implements Potential.Calculator {

        @Override
        public double energy(Structure structure) {
            return evaluate(structure).energy();
        }

        @Override
        public Evaluation evaluate(Structure structure) {
            double r = structure.position(1, 0) - structure.position(0, 0);
            double pull = 5 / (r * r);
            return new Evaluation(-5 / Math.abs(r), new double[] {pull, 0, 0, -pull, 0, 0}, new double[9]);
        }
    }

    private static final class Undefined implements Potential.Calculator {

        @Override
        public double energy(Structure structure) {
            return Double.NaN;
        }

        @Override
        public Evaluation evaluate(Structure structure) {
            return new Evaluation(Double.NaN, new double[3 * structure.size()], new double[9]);
        }
    }

    private record Reversed(Potential.Calculator right) implements Potential.Calculator {

        @Override
        public double energy(Structure structure) {
            return right.energy(structure);
        }

        @Override
        public Evaluation evaluate(Structure structure) {
            Evaluation evaluation = right.evaluate(structure);
            double[] forces = evaluation.forces();
            for (int k = 0; k < forces.length; k++) {
                forces[k] = -forces[k];
            }
            return new Evaluation(evaluation.energy(), forces, evaluation.virial());
        }
    }

    /** Relaxed cells of 96 atoms, one or two Li2S taken out at random. */
    private static Structure removed(long seed) {
        Structure whole = new Relaxation(SETTINGS)
                .relax(rattled(PairPotential.famatinite(5.2), 0.05, 13), POTENTIAL.calculator())
                .structure()
                .repeated(2, 3, 1);
        SplittableRandom random = new SplittableRandom(seed);
        int sulfur = 1 + random.nextInt(2);
        int lithium = 2 * sulfur;
        boolean[] gone = new boolean[whole.size()];
        while (lithium + sulfur > 0) {
            int atom = random.nextInt(whole.size());
            if (!gone[atom] && whole.species(atom) == Species.Li && lithium > 0) {
                gone[atom] = true;
                lithium--;
            } else if (!gone[atom] && whole.species(atom) == Species.S && sulfur > 0) {
                gone[atom] = true;
                sulfur--;
            }
        }
        return whole.keeping(atom -> !gone[atom]);
    }

    private static Structure scaled(Structure structure, double factor) {
        double[] lattice = structure.cell().lattice();
        for (int k = 0; k < 9; k++) {
            lattice[k] *= factor;
        }
        return structure.withCellAndAtoms(structure.cell().withLattice(lattice));
    }

    private static Structure rattled(Structure structure, double width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] positions = structure.positions();
        for (int k = 0; k < positions.length; k++) {
            positions[k] += 2 * width * (random.nextDouble() - 0.5);
        }
        return structure.withPositions(positions);
    }
}
