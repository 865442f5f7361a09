package org.glassmap.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.SplittableRandom;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;

class ShortestPairTest {

    @Test
    void itIsTheShortestOverAllImagesOfSkewedAndThinCells() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            double[] lattice = {2, 0, 0, random.nextDouble(-9, 9), 4, 0, random.nextDouble(-9, 9), 1, 5};
            double[] positions = new double[12];
            for (int k = 0; k < positions.length; k++) {
                positions[k] = random.nextDouble(-9, 9);
            }
            Structure structure = Structure.of(Cell.periodic(lattice), Collections.nCopies(4, Species.Li), positions);
            double expected = bruteForce(structure);
            assertThat(ShortestPair.within(structure, expected + 0.5)).isCloseTo(expected, within(1e-12));
            assertThat(ShortestPair.within(structure, expected - 1e-9)).isInfinite();
        }
    }

    @Test
    void atomsWithoutACellHaveNoImages() {
        Structure pair = Structure.of(Cell.NONE, Collections.nCopies(2, Species.Li), new double[] {0, 0, 0, 0, 1, 0});
        assertThat(ShortestPair.within(pair, 2)).isEqualTo(1);
        assertThat(ShortestPair.within(pair, 1)).isInfinite();
    }

    private static double bruteForce(Structure structure) {
        double best = Double.POSITIVE_INFINITY;
        int n = 25;
        for (int i = 0; i < structure.size(); i++) {
            for (int j = 0; j <= i; j++) {
                for (int a = -n; a <= n; a++) {
                    for (int b = -n; b <= n; b++) {
                        for (int c = -n; c <= n; c++) {
                            if (i == j && a == 0 && b == 0 && c == 0) {
                                continue;
                            }
                            double square = 0;
                            for (int axis = 0; axis < 3; axis++) {
                                double r = structure.position(i, axis)
                                        - structure.position(j, axis)
                                        + a * structure.cell().lattice(0, axis)
                                        + b * structure.cell().lattice(1, axis)
                                        + c * structure.cell().lattice(2, axis);
                                square += r * r;
                            }
                            best = Math.min(best, square);
                        }
                    }
                }
            }
        }
        return Math.sqrt(best);
    }
}
