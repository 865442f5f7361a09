package org.glassmap.core.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SymmetricEigenvaluesTest {

    /** The chain of n springs between walls: 2 − 2 cos(kπ/(n + 1)). */
    @Test
    void ofAChainOfSpringsTheyAreKnown() {
        int n = 40;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] = 2;
            if (i > 0) {
                matrix[i * n + i - 1] = -1;
                matrix[(i - 1) * n + i] = -1;
            }
        }
        double[] values = SymmetricEigenvalues.of(matrix);
        for (int k = 0; k < n; k++) {
            assertThat(values[k]).isCloseTo(2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1)), within(1e-13));
        }
    }

    @Test
    void ofADiagonalMatrixTheyAreTheDiagonalInOrder() {
        assertThat(SymmetricEigenvalues.of(new double[] {3, 0, 0, 0, -1, 0, 0, 0, 2}))
                .containsExactly(-1, 2, 3);
        assertThat(SymmetricEigenvalues.of(new double[0])).isEmpty();
    }

    @Test
    void whatIsNotSquareOrNotFiniteIsRefused() {
        assertThatThrownBy(() -> SymmetricEigenvalues.of(new double[5])).hasMessageContaining("square");
        assertThatThrownBy(() -> SymmetricEigenvalues.of(new double[] {Double.NaN}))
                .hasMessageContaining("finite");
    }
}
