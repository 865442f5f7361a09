package org.glassmap.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;

class RattleTest {

    private static final Structure CRYSTAL = PairPotential.famatinite(5.6).repeated(4, 4, 4);

    @Test
    void theSameSeedGivesTheSameBits() {
        Rattle rattle = new Rattle(0.1, 0.02);
        assertThat(rattle.applied(CRYSTAL, 1)).isEqualTo(rattle.applied(CRYSTAL, 1));
        assertThat(rattle.applied(CRYSTAL, 1)).isNotEqualTo(rattle.applied(CRYSTAL, 2));
    }

    @Test
    void displacementsAreNormalWithTheStatedWidth() {
        Structure moved = new Rattle(0.1, 0).applied(CRYSTAL, 3);
        assertThat(moved.cell()).isEqualTo(CRYSTAL.cell());
        double square = 0;
        double fourth = 0;
        int n = 3 * CRYSTAL.size(); // 3,072: the variance is right to 2.6 %, the kurtosis to 0.09, one sigma
        for (int k = 0; k < n; k++) {
            double d = moved.position(k / 3, k % 3) - CRYSTAL.position(k / 3, k % 3);
            square += d * d / n;
            fourth += d * d * d * d / n;
        }
        assertThat(square).isCloseTo(0.01, within(0.01 * 0.1));
        assertThat(fourth / (square * square)).isCloseTo(3, within(0.35));
    }

    @Test
    void theStrainIsSymmetricAndKeepsFractionalCoordinates() {
        Structure sheared = new Rattle(0, 0.03).applied(CRYSTAL, 4);
        double edge = CRYSTAL.cell().lattice(0, 0);
        double doubled = CRYSTAL.cell().lattice(2, 2);
        assertThat(sheared.cell().lattice(0, 1) / edge).isCloseTo(sheared.cell().lattice(1, 0) / edge, within(1e-15));
        assertThat(sheared.cell().lattice(0, 2) / edge)
                .isCloseTo(sheared.cell().lattice(2, 0) / doubled, within(1e-15));
        double[] before = CRYSTAL.fractional();
        double[] after = sheared.fractional();
        for (int k = 0; k < before.length; k++) {
            assertThat(after[k]).isCloseTo(before[k], within(1e-12));
        }
    }

    @Test
    void scalingChangesTheVolumeByTheCube() {
        assertThat(Strain.scaled(CRYSTAL, 0.85).cell().volume())
                .isCloseTo(CRYSTAL.cell().volume() * 0.85 * 0.85 * 0.85, within(1e-8));
        assertThatThrownBy(() -> Strain.scaled(CRYSTAL, Double.NaN)).hasMessageContaining("factor must be positive");
        assertThatThrownBy(() -> new Rattle(Double.NaN, 0)).hasMessageContaining("displacement");
    }
}
