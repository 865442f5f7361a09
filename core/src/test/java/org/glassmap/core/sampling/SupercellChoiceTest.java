package org.glassmap.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;

class SupercellChoiceTest {

    @Test
    void thePapersCellsComeOut() {
        // Edges of the relaxed crystals in Å: β-Li3PS4 32 atoms, γ-Li3PS4 16, Li7PS6 56.
        assertThat(of(32, 6.268, 8.103, 13.104)).isEqualTo("2x2x1 128");
        assertThat(of(16, 7.787, 6.627, 6.230)).isEqualTo("2x2x2 128");
        assertThat(of(56, 7.154, 14.198, 9.863)).isEqualTo("2x1x1 112");
    }

    private static String of(int atoms, double a, double b, double c) {
        Structure crystal = Structure.of(
                Cell.periodic(a, 0, 0, 0, b, 0, 0, 0, c),
                Collections.nCopies(atoms, Species.Li),
                new double[3 * atoms]);
        SupercellChoice choice = SupercellChoice.of(crystal);
        assertThat(choice.applied(crystal).size()).isEqualTo(choice.atoms());
        return "%dx%dx%d %d".formatted(choice.na(), choice.nb(), choice.nc(), choice.atoms());
    }

    @Test
    void noOtherMultipleWithinTheBoundsIsWider() {
        Structure crystal = PairPotential.famatinite(5.6);
        SupercellChoice choice = SupercellChoice.of(crystal, 30, 200);
        for (int na = 1; na <= 12; na++) {
            for (int nb = 1; nb <= 12; nb++) {
                for (int nc = 1; nc <= 12; nc++) {
                    int atoms = na * nb * nc * 16;
                    if (atoms >= 30 && atoms <= 200) {
                        Cell cell = crystal.cell().repeated(na, nb, nc);
                        double height = Math.min(cell.height(0), Math.min(cell.height(1), cell.height(2)));
                        assertThat(choice.smallestHeight()).isGreaterThanOrEqualTo(height - 1e-12);
                    }
                }
            }
        }
    }

    @Test
    void aCrystalWithoutAFittingMultipleIsRefused() {
        assertThatThrownBy(() -> SupercellChoice.of(PairPotential.famatinite(5.6), 17, 31))
                .hasMessageContaining("no multiple of 16 atoms lies between 17 and 31");
    }
}
