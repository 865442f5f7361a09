package org.glassmap.core.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

public class CompositionLineTest {

    private static final CompositionLine LINE = new CompositionLine(lips(2, 0, 1), lips(0, 2, 5));

    public static Composition lips(int lithium, int phosphorus, int sulfur) {
        return Composition.of(Map.of(Species.Li, lithium, Species.P, phosphorus, Species.S, sulfur));
    }

    @Test
    void theCompositionsOfThePaperAreWhereItPutsThem() {
        // Chem. Mater. 2022, doi 10.1021/acs.chemmater.2c00267
        assertThat(LINE.position(lips(42, 16, 61))).isEqualTo(new LinePosition(21, 8, 1));
        assertThat(LINE.position(lips(42, 16, 61)).x()).isCloseTo(0.7241, within(5e-5));
        assertThat(LINE.position(lips(38, 24, 79)).x()).isEqualTo(19.0 / 31);
        assertThat(LINE.position(lips(10, 16, 45)).x()).isCloseTo(0.385, within(5e-4)); // Li16P16S48 − 3 Li2S
        assertThat(LINE.position(lips(52, 8, 46)).x()).isCloseTo(0.867, within(5e-4)); // 8 Li7PS6 − 2 Li2S
    }

    @Test
    void crystalsOfOneCompositionHaveOneX() {
        assertThat(LINE.position(lips(3, 1, 4))).isEqualTo(new LinePosition(3, 1, 2));
        assertThat(LINE.position(lips(3, 1, 4)).x()).isEqualTo(0.75);
        assertThat(LINE.position(lips(7, 3, 11)).x()).isEqualTo(0.7);
        assertThat(LINE.position(lips(7, 1, 6)).x()).isEqualTo(0.875);
        assertThat(LINE.position(lips(1, 1, 3)).x()).isEqualTo(0.5);
        assertThat(LINE.position(lips(8, 0, 4)).x()).isEqualTo(1);
        assertThat(LINE.position(lips(0, 8, 20)).x()).isEqualTo(0);
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 1000; trial++) {
            int a = random.nextInt(200);
            int b = 1 + random.nextInt(200);
            int times = 1 + random.nextInt(50);
            LinePosition one = LINE.position(lips(2 * a, 2 * b, a + 5 * b));
            LinePosition many = LINE.position(lips(2 * a * times, 2 * b * times, (a + 5 * b) * times));
            assertThat(many.x()).isEqualTo(one.x());
            assertThat(many.sameComposition(one)).isTrue();
        }
    }

    @Test
    void aUnitHasSevenMinusFourXAtoms() {
        assertThat(LINE.atomsPerUnit(0.7)).isCloseTo(7 - 4 * 0.7, within(1e-15));
    }

    @Test
    void whatIsShortOfSulfurIsOffTheLineAndTheReasonSaysSo() {
        assertThat(reason(lips(48, 16, 61)))
                .isEqualTo("Li48P16S61 is off the line Li2S–P2S5: by its Li and P it should have 64 S, it has 61");
        assertThat(reason(lips(2, 1, 3))).contains("should have 7/2 S, it has 3");
        assertThatThrownBy(() -> LINE.position(lips(2, 1, 3))).hasMessageContaining("7/2");
    }

    @Test
    void otherSpeciesAreOffTheLine() {
        assertThat(reason(Composition.of(Map.of(Species.Li, 2, Species.S, 1, Species.O, 1))))
                .contains("should have 0 O, it has 1");
        assertThat(reason(Composition.of(Map.of(Species.O, 1)))).contains("outside");
    }

    @Test
    void theEndsMayShareAllTheirSpecies() {
        CompositionLine line = new CompositionLine(lips(7, 1, 6), lips(3, 1, 4)); // Li7PS6 – Li3PS4
        assertThat(line.position(lips(10, 2, 10)).x()).isEqualTo(0.5);
        assertThat(((CompositionLine.Location.OffLine) line.locate(lips(2, 2, 6))).reason())
                .contains("outside");
    }

    @Test
    void equalEndsAreRefused() {
        assertThatThrownBy(() -> new CompositionLine(lips(2, 0, 1), lips(4, 0, 2)))
                .hasMessageContaining("end members must differ");
    }

    private static String reason(Composition composition) {
        return ((CompositionLine.Location.OffLine) LINE.locate(composition)).reason();
    }
}
