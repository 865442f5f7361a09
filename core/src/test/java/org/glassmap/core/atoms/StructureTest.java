package org.glassmap.core.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureTest {

    private static final Cell CUBE = Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4);

    @Test
    void theHashIsTheSha256OfTheCanonicalBytes() {
        // python3: hashlib.sha256(b"glassmap-structure-1\nLi S\n\1\1\1" + struct.pack(">15d", 4,0,0,0,4,0,0,0,4,
        //          0,0,0, 2,2,2)).hexdigest()
        Structure structure = Structure.of(CUBE, List.of(Species.Li, Species.S), new double[] {0, -0.0, 0, 2, 2, 2});
        assertThat(structure.hash()).isEqualTo("0bc1243a260cc99651f3acb3d0d828a6e6cd385351d9756be1cbe72804310e29");
    }

    @Test
    void canonicalBytesAreReadBackWholeOrNotAtAll() {
        Cell slab = Cell.of(new double[] {4, 0.1, 0, 0, 5, 0, 1e-9, 0, 6}, true, true, false);
        for (Structure structure : List.of(
                Structure.of(slab, List.of(Species.Li, Species.S), new double[] {1 / 3.0, -7, 0, 2, 2, 2}),
                Structure.of(Cell.NONE, List.of(Species.P), new double[3]))) {
            byte[] bytes = structure.canonicalBytes();
            assertThat(Structure.ofCanonicalBytes(bytes)).isEqualTo(structure);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Structure.ofCanonicalBytes(cut)).isInstanceOf(InvalidStructureException.class);
            }
            byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> Structure.ofCanonicalBytes(more)).isInstanceOf(InvalidStructureException.class);
        }
    }

    @Test
    void theOrderOfAtomsIsPartOfTheHash() {
        Structure one = Structure.of(CUBE, List.of(Species.Li, Species.S), new double[] {0, 0, 0, 2, 2, 2});
        Structure other = Structure.of(CUBE, List.of(Species.S, Species.Li), new double[] {2, 2, 2, 0, 0, 0});
        assertThat(one.hash()).isNotEqualTo(other.hash());
    }

    @Test
    void fractionalAndCartesianAreInverse() {
        Cell skewed = Cell.periodic(4, 0.5, 0, 8, 4, 0.1, -1, 0, 5);
        double[] fractional = {0.1, 0.2, 0.3, -0.4, 1.5, 0.6};
        Structure structure = Structure.ofFractional(skewed, List.of(Species.Li, Species.Li), fractional);
        double[] back = structure.fractional();
        for (int k = 0; k < 6; k++) {
            assertThat(back[k]).isCloseTo(fractional[k], within(1e-14));
        }
    }

    @Test
    void theHeightOfAColumnIsTheDistanceOfItsPlanes() {
        Cell skewed = Cell.periodic(4, 0, 0, 3, 5, 0, 0, 0, 6);
        assertThat(skewed.height(0)).isCloseTo(4 * 5 / Math.sqrt(34), within(1e-14));
        assertThat(skewed.height(1)).isCloseTo(5, within(1e-14));
        assertThat(skewed.height(2)).isCloseTo(6, within(1e-14));
        assertThat(skewed.volume()).isCloseTo(120, within(1e-12));
    }

    @Test
    void aSupercellKeepsTheComposition() {
        Structure structure = Structure.of(CUBE, List.of(Species.Li, Species.S), new double[] {0, 0, 0, 2, 2, 2});
        Structure eight = structure.repeated(2, 2, 2);
        assertThat(eight.composition().formula()).isEqualTo("Li8S8");
        assertThat(eight.composition().reduced().formula()).isEqualTo("LiS");
        assertThat(eight.cell().volume()).isCloseTo(8 * 64, within(1e-10));
    }

    @Test
    void aSingularCellIsRefused() {
        assertThatThrownBy(() -> Cell.periodic(1, 0, 0, 0, 1, 0, 1, 1, 0))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("singular cell");
    }

    @Test
    void aPositionThatIsNotFiniteIsRefused() {
        assertThatThrownBy(() -> Structure.of(CUBE, List.of(Species.Li), new double[] {0, Double.NaN, 0}))
                .hasMessageContaining("NaN at atom 1");
    }

    @Test
    void anElementWrittenCarelesslyIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> Species.of("LI")).hasMessage("unknown element 'LI'; write 'Li'");
        assertThatThrownBy(() -> Species.of("Xx")).hasMessage("unknown element 'Xx'");
    }
}
