package org.glassmap.core.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairPotentialTest {

    private static final Potential.Calculator CALCULATOR =
            PairPotential.thiophosphate().calculator();

    @Test
    void forcesAndVirialAreDerivativesOfTheEnergy() {
        Structure structure = rattled(PairPotential.famatinite(5.6), 3);
        Evaluation evaluation = CALCULATOR.evaluate(structure);
        double h = 1e-5;
        for (int k = 0; k < 12; k++) {
            double[] forward = structure.positions();
            double[] backward = structure.positions();
            forward[k] += h;
            backward[k] -= h;
            double slope = (CALCULATOR.energy(structure.withPositions(forward))
                            - CALCULATOR.energy(structure.withPositions(backward)))
                    / (2 * h);
            assertThat(evaluation.forces()[k]).isCloseTo(-slope, within(1e-7));
        }
        for (int k = 0; k < 9; k++) {
            double slope =
                    (CALCULATOR.energy(strained(structure, k, h)) - CALCULATOR.energy(strained(structure, k, -h)))
                            / (2 * h);
            assertThat(evaluation.virial()[k]).isCloseTo(-slope, within(1e-6));
        }
    }

    @Test
    void aSupercellHasTheEnergyOfItsCells() {
        Structure structure = rattled(PairPotential.famatinite(5.6), 4);
        assertThat(CALCULATOR.energy(structure.repeated(2, 1, 3)))
                .isCloseTo(6 * CALCULATOR.energy(structure), within(1e-10));
    }

    private static Structure rattled(Structure structure, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] positions = structure.positions();
        for (int k = 0; k < positions.length; k++) {
            positions[k] += 0.2 * (random.nextDouble() - 0.5);
        }
        return structure.withPositions(positions);
    }

    private static Structure strained(Structure structure, int component, double strain) {
        double[] lattice = structure.cell().lattice();
        int to = component / 3;
        int from = component % 3;
        for (int row = 0; row < 3; row++) {
            lattice[3 * row + to] += strain * structure.cell().lattice(row, from);
        }
        return structure.withCellAndAtoms(structure.cell().withLattice(lattice));
    }
}
