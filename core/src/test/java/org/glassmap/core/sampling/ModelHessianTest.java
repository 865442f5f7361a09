package org.glassmap.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;

class ModelHessianTest {

    private static final double FLOOR = 2;

    /** 0.45 exp(0.28 (3.40² − (2.05/0.5291772)²)) Hartree/Bohr², by hand. */
    @Test
    void aBondOfPhosphorusAndSulfurIsAsStiffAsInThePaper() {
        assertThat(ModelHessian.stiffness(Species.P, Species.S, 2.05)).isCloseTo(16.655, within(1e-3));
        assertThat(ModelHessian.stiffness(Species.S, Species.P, 2.05))
                .isEqualTo(ModelHessian.stiffness(Species.P, Species.S, 2.05));
    }

    @Test
    void whatStretchesABondIsHeldByItAndWhatMovesAlongIsNot() {
        Structure bond = molecule(Species.P, Species.S, 2.05);
        double stiffness = ModelHessian.stiffness(Species.P, Species.S, 2.05);
        ModelHessian hessian = ModelHessian.of(bond);
        assertClose(hessian.solve(new double[] {-1, 0, 0, 1, 0, 0}), -1 / (FLOOR + 2 * stiffness), 0, 0, 1);
        assertClose(hessian.solve(new double[] {1, 0, 0, 1, 0, 0}), 1 / FLOOR, 0, 0, -1);
        assertClose(hessian.solve(new double[] {0, 0, 1, 0, 0, -1}), 0, 0, 1 / FLOOR, 1);
    }

    /** Of the second atom the opposite of the first, or the same. */
    private static void assertClose(double[] step, double x, double y, double z, int opposite) {
        double[] wanted = {x, y, z, -opposite * x, -opposite * y, -opposite * z};
        for (int k = 0; k < 6; k++) {
            assertThat(step[k]).as("degree %d", k).isCloseTo(wanted[k], within(1e-14));
        }
    }

    @Test
    void aWeakSpringActsOnEachEndAsIfTheOtherStoodStill() {
        Structure pair = molecule(Species.Li, Species.S, 2.45);
        double stiffness = ModelHessian.stiffness(Species.Li, Species.S, 2.45);
        double[] step = ModelHessian.of(pair).solve(new double[] {1, 0, 0, 0, 0, 0});
        assertThat(step[0]).isCloseTo(1 / (FLOOR + stiffness), within(1e-14));
        assertThat(step[3]).isZero();
    }

    @Test
    void theInverseIsSymmetricAndPositive() {
        Structure structure = PairPotential.famatinite(5.2);
        ModelHessian hessian = ModelHessian.of(structure);
        double[] a = random(3 * structure.size() + 6, 1);
        double[] b = random(3 * structure.size() + 6, 2);
        assertThat(Landscape.product(a, hessian.solve(b)))
                .isCloseTo(Landscape.product(b, hessian.solve(a)), within(1e-12));
        assertThat(Landscape.product(a, hessian.solve(a))).isPositive();
    }

    /** A chain of 40 P in equal bonds is no block; that one atom comes before another must not part what is alike. */
    @Test
    void alikeAtomsAreTreatedAlikeInWhateverOrderTheyCome() {
        int n = 40;
        List<Integer> order = new ArrayList<>();
        double[] straight = new double[3 * n];
        List<Species> species = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            straight[3 * i] = 2.2 * i;
            order.add(i);
            species.add(Species.P);
        }
        Collections.shuffle(order, new Random(4));
        double[] shuffled = new double[3 * n];
        for (int i = 0; i < n; i++) {
            shuffled[3 * i] = straight[3 * order.get(i)];
        }
        Cell ring = Cell.periodic(2.2 * n, 0, 0, 0, 12, 0, 0, 0, 12);
        double[] pull = new double[3 * n];
        Arrays.fill(pull, 1);
        double[] step = ModelHessian.of(Structure.of(ring, species, shuffled)).solve(pull);
        for (int k = 3; k < 3 * n; k++) {
            assertThat(step[k]).isCloseTo(step[k % 3], within(1e-12));
        }
    }

    private static Structure molecule(Species one, Species other, double distance) {
        return Structure.of(Cell.periodic(20, 0, 0, 0, 20, 0, 0, 0, 20), List.of(one, other), new double[] {
            5, 5, 5, 5 + distance, 5, 5
        });
    }

    private static double[] random(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[n];
        for (int k = 0; k < n; k++) {
            values[k] = random.nextDouble() - 0.5;
        }
        return values;
    }
}
