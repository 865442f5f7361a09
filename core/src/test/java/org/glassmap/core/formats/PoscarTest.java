package org.glassmap.core.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoscarTest {

    private static final String GOOD = """
            Li S
            2.0
            2 0 0
            0 2 0
            0 0 2
            Li_sv S
            1 1
            Direct
            0 0 0
            0.5 0.5 0.25
            """;

    private static final Structure MEANT = Structure.of(
            Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4), List.of(Species.Li, Species.S), new double[] {0, 0, 0, 2, 2, 1});

    @Test
    void scaleAndDirectCoordinatesAreApplied() throws IOException {
        assertThat(read(GOOD)).isEqualTo(MEANT);
    }

    @Test
    void cartesianCoordinatesAreScaledToo() throws IOException {
        assertThat(read(GOOD.replace("Direct", "kartesian").replace("0.5 0.5 0.25", "1 1 0.5")))
                .isEqualTo(MEANT);
    }

    @Test
    void threeScalesBelongToTheAxes() throws IOException {
        assertThat(read(GOOD.replaceFirst("2.0", "2 2 4")).cell()).isEqualTo(Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 8));
    }

    @Test
    void aNegativeScaleIsTheVolume() throws IOException {
        Structure structure = read(GOOD.replaceFirst("2.0", "-125"));
        assertThat(structure.cell().volume()).isCloseTo(125, within(1e-12));
        assertThat(structure.position(1, 0)).isCloseTo(2.5, within(1e-14));
    }

    @Test
    void selectiveDynamicsAndVelocitiesArePassedOver() throws IOException {
        String text = GOOD.replace("Direct", "Selective dynamics\nDirect")
                        .replace("0 0 0\n0.5 0.5 0.25", "0 0 0 T T F\n0.5 0.5 0.25 F F F")
                + "\n 0.1 0.2 0.3\n 0.1 0.2 0.3\n";
        assertThat(read(text)).isEqualTo(MEANT);
    }

    @Test
    void aVasp4FileTakesItsSymbolsFromTheTitleOrTheLines() throws IOException {
        String four = GOOD.replace("Li_sv S\n", "");
        assertThat(read(four)).isEqualTo(MEANT);
        String labelled = four.replaceFirst("Li S", "LiS").replace("0 0 0\n0.5 0.5 0.25", "0 0 0 Li\n0.5 0.5 0.25 S");
        assertThat(read(labelled)).isEqualTo(MEANT);
        assertThatThrownBy(() -> read(four.replaceFirst("Li S", "my cell")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("add a line of symbols");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2.0 | 0 | 5 | scale",
                "2.0 | 2 -2 2 | 5 | scale",
                "0 0 2 | 0 0 | 5 | lattice",
                "0 0 2 | 0 2 0 | 5 | lattice",
                "1 1 | 1 | 8 | counts",
                "1 1 | 1 3000000000 | 7 | counts",
                "1 1 | 1 -1 | 7 | counts",
                "1 1 | 1 2 | 10 | counts",
                "Direct | Fractional | 8 | coordinates",
                "0.5 0.5 0.25 | 0.5 NaN 0.25 | 10 | position",
                "Li_sv | Xx_sv | 6 | species",
            })
    void whatIsWrongIsNamed(String right, String wrong, long line, String field) {
        assertThatThrownBy(() -> read(GOOD.replaceFirst(right, wrong)))
                .isInstanceOfSatisfying(FormatException.class, problem -> {
                    assertThat(problem.place().line()).isEqualTo(line);
                    assertThat(problem.field()).isEqualTo(field);
                });
    }

    @Test
    void whatIsWrittenReadsBackToTheSameBits() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 50; trial++) {
            double[] lattice = random.doubles(9, -1, 1).toArray();
            for (int k = 0; k < 9; k += 4) {
                lattice[k] += random.nextBoolean() ? 5 : -5;
            }
            Structure structure = Structure.of(
                    Cell.periodic(lattice),
                    List.of(Species.S, Species.Li, Species.P, Species.Li),
                    random.doubles(12, -9, 9).toArray());
            VaspOrder order = VaspOrder.of(structure);
            StringBuilder text = new StringBuilder();
            Poscar.write(order, "a title\nof two lines", text);
            Structure read = read(text.toString());
            assertThat(read).isEqualTo(order.structure());
            assertThat(read.cell().leftHanded()).isFalse();
            assertThat(read.species()).containsExactly(Species.Li, Species.Li, Species.P, Species.S);
            assertThat(order.restored(Frame.of(read)).structure()).isEqualTo(structure);
        }
    }

    @Test
    void forcesFollowTheAtomsBack() {
        VaspOrder order = VaspOrder.of(
                Structure.of(MEANT.cell(), List.of(Species.S, Species.Li), new double[] {2, 2, 1, 0, 0, 0}));
        Frame answer = Frame.of(order.structure()).withForces(new double[] {1, 2, 3, 4, 5, 6});
        assertThat(order.restored(answer).forces())
                .hasValueSatisfying(forces -> assertThat(forces).containsExactly(4, 5, 6, 1, 2, 3));
    }

    @Test
    void aMoleculeIsRefused() {
        assertThatThrownBy(() -> VaspOrder.of(Structure.of(Cell.NONE, List.of(Species.Li), new double[3])))
                .hasMessageContaining("three directions");
    }

    @ParameterizedTest
    @CsvSource({ // formulas by hand; volumes: scale³ times the determinant of the header's rows, computed with python3
        "inputs-set-1/POSCAR, O16P4Fe4, 300.65685512",
        "inputs-set-1/POSCAR_LiFePO4, Li4O16P4Fe4, 300.127080",
        "inputs-set-1/POSCAR_symbols_natoms_multilines, Cr16Fe35Ni2, 621.346369",
        "xdatcar-set-1/CONTCAR.MD, Li20P4S24Ge2, 977.890961",
        "h-on-ir16-selective-v541/POSCAR, HIr16, 943.199839",
        "si2-elec-unconverged-v544/CONTCAR, Si2, 40.888293",
        "zn3ps42-static-pbesol-v541/CONTCAR, P16S64Zn24, 2152.686488",
    })
    void realFilesAreRead(String file, String formula, double volume) throws IOException {
        Structure structure = Poscar.read(Files.newInputStream(SharedReference.reference("vasp/" + file)));
        assertThat(structure.composition().formula()).isEqualTo(formula);
        assertThat(structure.cell().volume()).isCloseTo(volume, within(1e-6));
    }

    @Test
    void anEmptyContcarIsNamed() {
        assertThatThrownBy(() -> read("")).isInstanceOf(FormatException.class).hasMessageContaining("the file ends");
    }

    private static Structure read(String text) throws IOException {
        return Poscar.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
