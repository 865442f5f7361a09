package org.glassmap.core.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ActiveSetTest {

    private static final double BOUND = 1 + 1e-9;

    private static double[][] random(int count, int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] vectors = new double[count][size];
        for (double[] vector : vectors) {
            for (int k = 0; k < size; k++) {
                vector[k] = random.nextDouble(-1, 1);
            }
        }
        return vectors;
    }

    private static ActiveSet chosen(double[][] vectors, double axis) {
        double[] axes = new double[vectors[0].length];
        Arrays.fill(axes, axis);
        ActiveSet active = new ActiveSet(axes);
        while (active.offer(vectors, 0, BOUND) > 0) {
            active.refresh();
        }
        return active;
    }

    /** By Laplace's expansion: slow and without a way to go wrong. */
    private static double determinant(double[][] matrix) {
        if (matrix.length == 1) {
            return matrix[0][0];
        }
        double sum = 0;
        for (int column = 0; column < matrix.length; column++) {
            double[][] minor = new double[matrix.length - 1][matrix.length - 1];
            for (int row = 1; row < matrix.length; row++) {
                for (int k = 0; k < minor.length; k++) {
                    minor[row - 1][k] = matrix[row][k < column ? k : k + 1];
                }
            }
            sum += (column % 2 == 0 ? 1 : -1) * matrix[0][column] * determinant(minor);
        }
        return sum;
    }

    private static double[][] rows(ActiveSet active) {
        double[][] rows = new double[active.size()][];
        for (int j = 0; j < rows.length; j++) {
            rows[j] = active.vector(j);
        }
        return rows;
    }

    @Test
    void theGradeIsTheLargestGrowthOfTheDeterminantByOneExchange() {
        double[][] vectors = random(30, 4, 1);
        ActiveSet active = chosen(vectors, 0.01);
        double[][] rows = rows(active);
        double before = Math.abs(determinant(rows));
        for (double[] x : random(20, 4, 2)) {
            for (int k = 0; k < x.length; k++) {
                x[k] *= 3;
            }
            double most = 0;
            for (int j = 0; j < rows.length; j++) {
                double[] own = rows[j];
                rows[j] = x;
                most = Math.max(most, Math.abs(determinant(rows)) / before);
                rows[j] = own;
            }
            assertThat(active.grade(x)).isCloseTo(most, within(1e-12 * (1 + most)));
        }
    }

    /** MaxVol's bound on what it may miss: r^(r/2). Usually it misses nothing. */
    @Test
    void noSubsetSpansMuchMore() {
        int hits = 0;
        for (int seed = 0; seed < 50; seed++) {
            double[][] vectors = random(9, 3, seed);
            ActiveSet active = chosen(vectors, 1e-6);
            double own = Math.abs(determinant(rows(active)));
            double best = 0;
            for (int a = 0; a < 9; a++) {
                for (int b = a + 1; b < 9; b++) {
                    for (int c = b + 1; c < 9; c++) {
                        best = Math.max(
                                best, Math.abs(determinant(new double[][] {vectors[a], vectors[b], vectors[c]})));
                    }
                }
            }
            assertThat(own).isLessThanOrEqualTo(best * (1 + 1e-12)).isGreaterThan(best / Math.pow(3, 1.5));
            hits += own > 0.999 * best ? 1 : 0;
        }
        assertThat(hits).isGreaterThan(25);
    }

    @Test
    void nothingChosenFromIsGradedAboveOneAndWhatIsChosenIsOne() {
        double[][] vectors = random(400, 12, 3);
        ActiveSet active = chosen(vectors, 0.01);
        for (double[] vector : vectors) {
            assertThat(active.grade(vector)).isLessThan(1 + 1e-8);
        }
        for (int j = 0; j < active.size(); j++) {
            assertThat(active.owner(j)).isNotEqualTo(ActiveSet.AXIS);
            assertThat(active.vector(j)).isEqualTo(vectors[active.owner(j)]);
            assertThat(active.grade(active.vector(j))).isCloseTo(1, within(1e-8));
        }
    }

    @Test
    void aDirectionThatNothingExtendsAlongIsHeldByItsAxis() {
        double[][] vectors = random(40, 3, 4);
        for (double[] vector : vectors) {
            vector[2] = 0;
        }
        ActiveSet active = chosen(vectors, 0.01);
        assertThat(active.owner(2)).isEqualTo(ActiveSet.AXIS);
        assertThat(active.grade(new double[] {0, 0, 0.05})).isCloseTo(5, within(1e-12));
    }

    @Test
    void aBoundThatWouldNotEndIsRefused() {
        ActiveSet active = new ActiveSet(new double[] {1, 1});
        assertThatThrownBy(() -> active.offer(new double[][] {{1, 1}}, 0, 1)).hasMessageContaining("above 1");
        assertThatThrownBy(() -> new ActiveSet(new double[] {1, Double.NaN})).hasMessageContaining("axis 2");
    }
}
