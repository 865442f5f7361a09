package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkPotentialTest {

    private static final List<Species> LPS = SamplePotentials.LPS;

    static Stream<Arguments> potentials() {
        WeightedChebyshev paper = new WeightedChebyshev(6, 18, 3, 4, LPS);
        ResolvedChebyshev rich = new ResolvedChebyshev(5, 9, 4, 5, LPS);
        return Stream.of(
                Arguments.of("paper", SamplePotentials.random(paper, List.of(15, 15), Activation.TANH, 1)),
                Arguments.of("rich", SamplePotentials.random(rich, List.of(12), Activation.TWIST, 2)),
                Arguments.of("odd activations", SamplePotentials.random(paper, List.of(5, 3), Activation.SIGMOID, 3)),
                Arguments.of("committee over walls", SamplePotentials.committee(rich, 3, 4)));
    }

    /** Twelve atoms in a narrow, skewed cell, some close enough to feel the walls. */
    private static Structure sample() {
        SplittableRandom random = new SplittableRandom(5);
        List<Species> species = new ArrayList<>();
        double[] fractional = new double[36];
        for (int i = 0; i < 12; i++) {
            species.add(LPS.get(i % 3));
            fractional[3 * i] = (i % 3) / 3.0 + random.nextDouble(0.1);
            fractional[3 * i + 1] = (i / 3 % 2) / 2.0 + random.nextDouble(0.15);
            fractional[3 * i + 2] = (i / 6) / 2.0 + random.nextDouble(0.15);
        }
        return Structure.ofFractional(Cell.periodic(6.2, 0.3, 0, 1.4, 4.4, 0.2, -0.5, 0.7, 4.5), species, fractional);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("potentials")
    void forcesAreMinusTheGradientOfTheEnergy(String name, Potential potential) {
        Structure structure = sample();
        Potential.Calculator calculator = potential.calculator();
        double[] forces = calculator.evaluate(structure).forces();
        double largest = 1;
        for (double force : forces) {
            largest = Math.max(largest, Math.abs(force));
        }
        double step = 1e-5;
        double[] positions = structure.positions();
        for (int k = 0; k < positions.length; k++) {
            double here = positions[k];
            positions[k] = here + step;
            double up = calculator.energy(structure.withPositions(positions));
            positions[k] = here - step;
            double down = calculator.energy(structure.withPositions(positions));
            positions[k] = here;
            assertThat(forces[k]).isCloseTo(-(up - down) / (2 * step), within(1e-6 * largest));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("potentials")
    void theVirialIsMinusTheDerivativeByStrain(String name, Potential potential) {
        Structure structure = sample();
        Potential.Calculator calculator = potential.calculator();
        double[] virial = calculator.evaluate(structure).virial();
        double step = 1e-5;
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double slope = (calculator.energy(strained(structure, a, b, step))
                                - calculator.energy(strained(structure, a, b, -step)))
                        / (2 * step);
                assertThat(virial[3 * a + b]).isCloseTo(-slope, within(1e-5));
            }
        }
    }

    private static Structure strained(Structure structure, int a, int b, double strain) {
        double[] lattice = structure.cell().lattice();
        for (int row = 0; row < 3; row++) {
            // r′ = (1 + ε) r with ε symmetric: half of it on each side of the diagonal
            double ra = lattice[3 * row + a];
            double rb = lattice[3 * row + b];
            lattice[3 * row + a] += 0.5 * strain * rb;
            lattice[3 * row + b] += 0.5 * strain * ra;
        }
        return structure.withCellAndAtoms(structure.cell().withLattice(lattice));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("potentials")
    void forcesSumToZero(String name, Potential potential) {
        double[] forces = potential.calculator().evaluate(sample()).forces();
        for (int axis = 0; axis < 3; axis++) {
            double sum = 0;
            for (int i = 0; i < 12; i++) {
                sum += forces[3 * i + axis];
            }
            assertThat(sum).isCloseTo(0, within(1e-11));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("potentials")
    void rotationAndTranslationTurnTheForcesAndLeaveTheEnergy(String name, Potential potential) {
        Structure structure = sample();
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        double[] rotation = {c, s, 0, -s * 0.6, c * 0.6, 0.8, s * 0.8, -c * 0.8, 0.6};
        double[] lattice = rotated(structure.cell().lattice(), rotation);
        double[] positions = rotated(structure.positions(), rotation);
        for (int k = 0; k < positions.length; k++) {
            positions[k] += 0.37 * (k % 3 + 1);
        }
        Evaluation here = potential.calculator().evaluate(structure);
        Evaluation there = potential.calculator().evaluate(structure.with(Cell.periodic(lattice), positions));
        assertThat(there.energy()).isCloseTo(here.energy(), within(1e-10));
        double[] expected = rotated(here.forces(), rotation);
        for (int k = 0; k < expected.length; k++) {
            assertThat(there.forces()[k]).isCloseTo(expected[k], within(1e-9));
        }
    }

    private static double[] rotated(double[] rows, double[] r) {
        double[] turned = new double[rows.length];
        for (int p = 0; p < rows.length; p += 3) {
            for (int k = 0; k < 3; k++) {
                turned[p + k] = rows[p] * r[k] + rows[p + 1] * r[3 + k] + rows[p + 2] * r[6 + k];
            }
        }
        return turned;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("potentials")
    void aPermutationOfTheAtomsPermutesTheForces(String name, Potential potential) {
        Structure structure = sample();
        List<Integer> order =
                new ArrayList<>(java.util.stream.IntStream.range(0, 12).boxed().toList());
        Collections.shuffle(order, new java.util.Random(3));
        List<Species> species = new ArrayList<>();
        double[] positions = new double[36];
        for (int k = 0; k < 12; k++) {
            species.add(structure.species(order.get(k)));
            for (int axis = 0; axis < 3; axis++) {
                positions[3 * k + axis] = structure.position(order.get(k), axis);
            }
        }
        Evaluation here = potential.calculator().evaluate(structure);
        Evaluation there = potential.calculator().evaluate(Structure.of(structure.cell(), species, positions));
        assertThat(there.energy()).isCloseTo(here.energy(), within(1e-10));
        for (int k = 0; k < 12; k++) {
            for (int axis = 0; axis < 3; axis++) {
                assertThat(there.forces()[3 * k + axis])
                        .isCloseTo(here.forces()[3 * order.get(k) + axis], within(1e-10));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("potentials")
    void aSupercellHasTheEnergyAndVirialOfItsParts(String name, Potential potential) {
        Structure structure = sample();
        Evaluation one = potential.calculator().evaluate(structure);
        // 12 × 27 atoms: the search goes through bins, blocks are full.
        Evaluation many = potential.calculator().evaluate(structure.repeated(3, 3, 3));
        assertThat(many.energy()).isCloseTo(27 * one.energy(), within(1e-8));
        for (int k = 0; k < 9; k++) {
            assertThat(many.virial()[k]).isCloseTo(27 * one.virial()[k], within(1e-8));
        }
        for (int k = 0; k < 36; k++) {
            assertThat(many.forces()[81 * (k / 3) + k % 3]).isCloseTo(one.forces()[k], within(1e-9));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("potentials")
    void equalStructuresGiveEqualBitsWhateverCameBefore(String name, Potential potential) {
        Structure structure = sample();
        Potential.Calculator used = potential.calculator();
        used.evaluate(structure.repeated(2, 1, 2));
        Evaluation after = used.evaluate(structure);
        Evaluation fresh = potential.calculator().evaluate(structure);
        assertThat(after.energy()).isEqualTo(fresh.energy());
        assertThat(after.forces()).containsExactly(fresh.forces());
        assertThat(used.energy(structure)).isEqualTo(fresh.energy());
    }

    @Test
    void aCommitteeAnswersWithTheMeanOfItsMembers() {
        CommitteePotential committee = SamplePotentials.committee(new ResolvedChebyshev(5, 9, 4, 5, LPS), 3, 4);
        Structure structure = sample();
        CommitteePrediction prediction = committee.calculator().predict(structure);
        double energy = 0;
        double force = 0;
        double virial = 0;
        for (int m = 0; m < 3; m++) {
            Evaluation member = committee.members().get(m).calculator().evaluate(structure);
            assertThat(prediction.memberEnergies()[m]).isCloseTo(member.energy(), within(1e-10));
            energy += member.energy() / 3;
            force += member.forces()[7] / 3;
            virial += member.virial()[5] / 3;
        }
        assertThat(prediction.mean().energy()).isCloseTo(energy, within(1e-10));
        assertThat(prediction.mean().forces()[7]).isCloseTo(force, within(1e-10));
        assertThat(prediction.mean().virial()[5]).isCloseTo(virial, within(1e-10));
        assertThat(prediction.energySpread()).isPositive();
    }

    @Test
    void theSpreadIsTheStandardDeviationOfTheMembers() {
        // (1, 2, 6): mean 3, squares 4 + 1 + 9 = 14, /2 = 7
        Evaluation any = new Evaluation(3, new double[0], new double[9]);
        assertThat(new CommitteePrediction(any, new double[] {1, 2, 6}).energySpread())
                .isCloseTo(Math.sqrt(7), within(1e-14));
        assertThat(new CommitteePrediction(any, new double[] {3}).energySpread())
                .isZero();
    }

    @Test
    void membersThatStandOnOtherWallsAreRefused() {
        NetworkPotential bare =
                SamplePotentials.random(new ResolvedChebyshev(5, 3, 4, 2, LPS), List.of(4), Activation.TANH, 1);
        assertThatThrownBy(() -> new CommitteePotential(List.of(bare, bare.withRepulsion(SamplePotentials.WALLS))))
                .hasMessageContaining("different repulsions");
    }

    @Test
    void aSpeciesThePotentialDoesNotKnowIsRefused() {
        NetworkPotential potential =
                SamplePotentials.random(new ResolvedChebyshev(5, 3, 4, 2, LPS), List.of(4), Activation.TANH, 1);
        Structure foreign = Structure.of(Cell.NONE, List.of(Species.Li, Species.Cl), new double[] {0, 0, 0, 0, 0, 3});
        assertThatThrownBy(() -> potential.calculator().energy(foreign))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("atom 2 is Cl");
    }

    @Test
    void anEnvironmentThatLacksASpeciesOfThePotentialIsRefused() {
        SpeciesNetwork li = SamplePotentials.random(
                        new ResolvedChebyshev(5, 3, 4, 2, LPS), List.of(4), Activation.TANH, 1)
                .network(Species.Li);
        SpeciesNetwork s = SamplePotentials.random(
                        new ResolvedChebyshev(5, 3, 4, 2, List.of(Species.S)), List.of(4), Activation.TANH, 1)
                .network(Species.S);
        assertThatThrownBy(() -> new NetworkPotential(List.of(li, s), PairRepulsion.NONE))
                .hasMessageContaining("the environment [S] of S lacks Li");
    }
}
