package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Vacancies;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkVacanciesTest {

    static List<LearntPotential> potentials() {
        return List.of(
                SamplePotentials.random(
                        new WeightedChebyshev(6, 18, 3, 4, SamplePotentials.LPS), List.of(15, 15), Activation.TANH, 1),
                SamplePotentials.committee(new WeightedChebyshev(4, 6, 5, 4, SamplePotentials.LPS), 3, 2),
                SamplePotentials.committee(new ResolvedChebyshev(6.5, 20, 4.5, 8, SamplePotentials.LPS), 2, 3));
    }

    /** Small cells, so that atoms are their own neighbours and meet others in several images; some pairs in walls. */
    private static List<Structure> parents() {
        return List.of(
                rattled(PairPotential.famatinite(5.0), 0.5, 1),
                rattled(PairPotential.famatinite(5.6).repeated(2, 1, 1), 0.3, 2),
                rattled(PairPotential.famatinite(5.6).repeated(2, 2, 1), 0.1, 3));
    }

    @ParameterizedTest
    @MethodSource("potentials")
    void theyAreTheEnergiesOfWhatIsLeft(LearntPotential potential) {
        SplittableRandom random = new SplittableRandom(4);
        for (Structure parent : parents()) {
            Vacancies.Calculator plain = Vacancies.oneByOne(potential, parent).calculator();
            Vacancies.Calculator fast = potential.vacancies(parent).calculator();
            for (int trial = 0; trial < 30; trial++) {
                int[] removed = removed(parent, random);
                double energy = fast.energy(removed);
                // Some hundred eV of atoms, features of order ten minus features of order ten: 1e-13 relative.
                assertThat(energy).isCloseTo(plain.energy(removed), within(1e-10));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("potentials")
    void bitsDoNotDependOnWhatCameBefore(LearntPotential potential) {
        Structure parent = parents().get(1);
        Vacancies vacancies = potential.vacancies(parent);
        Vacancies.Calculator used = vacancies.calculator();
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 20; trial++) {
            int[] removed = removed(parent, random);
            assertThat(used.energy(removed)).isEqualTo(vacancies.calculator().energy(removed));
        }
    }

    @ParameterizedTest
    @MethodSource("potentials")
    void whatCannotBeRemovedIsRefused(LearntPotential potential) {
        Structure parent = parents().getFirst();
        Vacancies.Calculator calculator = potential.vacancies(parent).calculator();
        assertThatThrownBy(() -> calculator.energy(3, 3)).hasMessageContaining("must rise");
        assertThatThrownBy(() -> calculator.energy(0, parent.size())).hasMessageContaining("lie in 0..15");
        int[] all = java.util.stream.IntStream.range(0, parent.size()).toArray();
        assertThatThrownBy(() -> calculator.energy(all)).hasMessageContaining("one must be left");
        Structure oxide = Structure.of(parent.cell(), List.of(Species.O), new double[3]);
        assertThatThrownBy(() -> potential.vacancies(oxide))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("does not know");
    }

    private static int[] removed(Structure parent, SplittableRandom random) {
        int count = random.nextInt(Math.min(12, parent.size()));
        int[] atoms = random.ints(0, parent.size()).distinct().limit(count).toArray();
        Arrays.sort(atoms);
        return atoms;
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
