package org.glassmap.core.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.glassmap.core.numerics.LinearProgram.Infeasible;
import org.glassmap.core.numerics.LinearProgram.Optimum;
import org.glassmap.core.numerics.LinearProgram.Unbounded;
import org.junit.jupiter.api.Test;

class LinearProgramTest {

    @Test
    void theLowestMixtureOfPointsOnALineIsTheLowerHull() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            int n = 2 + random.nextInt(40);
            double[] x = random.doubles(n).toArray();
            double[] y = random.doubles(n).toArray();
            double[][] columns = new double[n][];
            for (int i = 0; i < n; i++) {
                columns[i] = new double[] {x[i], 1};
            }
            double at = x[0];
            Optimum optimum = (Optimum) LinearProgram.minimise(columns, new double[] {at, 1}, y);
            assertThat(optimum.cost()).isCloseTo(LowerHull.of(x, y).at(at).height(), within(1e-12));
        }
    }

    @Test
    void aTextbookProgrammeIsSolved() {
        // max 3x + 2y with x + y ≤ 4, x + 3y ≤ 6, x ≤ 3: x = 3, y = 1, by hand; slacks make equations of it.
        double[][] columns = {{1, 1, 1}, {1, 3, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        Optimum optimum =
                (Optimum) LinearProgram.minimise(columns, new double[] {4, 6, 3}, new double[] {-3, -2, 0, 0, 0});
        assertThat(optimum.cost()).isCloseTo(-11, within(1e-12));
        assertThat(optimum.basis()).contains(0, 1);
    }

    @Test
    void whatCannotBeMadeIsInfeasible() {
        assertThat(LinearProgram.minimise(new double[][] {{1, 0}}, new double[] {1, 1}, new double[] {0}))
                .isInstanceOf(Infeasible.class);
        assertThat(LinearProgram.minimise(new double[][] {{1}}, new double[] {-1}, new double[] {0}))
                .isInstanceOf(Infeasible.class);
    }

    @Test
    void aCostWithoutEndIsUnbounded() {
        assertThat(LinearProgram.minimise(new double[][] {{1}, {-1}}, new double[] {1}, new double[] {0, -1}))
                .isInstanceOf(Unbounded.class);
    }

    @Test
    void rowsThatDependOnEachOtherDoNoHarm() {
        Optimum optimum = (Optimum) LinearProgram.minimise(
                new double[][] {{1, 2}, {1, 2}}, new double[] {1, 2}, new double[] {3, 2});
        assertThat(optimum.cost()).isCloseTo(2, within(1e-12));
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() ->
                        LinearProgram.minimise(new double[][] {{Double.NaN}}, new double[] {1}, new double[] {0}))
                .hasMessageContaining("must be finite");
    }
}
