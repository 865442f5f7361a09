package org.glassmap.analyses.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Advance widths and glyph boxes as they stand in DejaVuSans.ttf 2.37 (tables hmtx and glyf, read with Python's struct
 * module through the font's other character map, format 12).
 */
class TypefaceTest {

    private final Typeface face = Typeface.dejaVuSans();

    @ParameterizedTest
    @CsvSource({
        "A, 1401, 16, 0, 1384, 1493",
        "H, 1540, 201, 0, 1339, 1493",
        "i, 569, 193, 0, 377, 1556",
        "γ, 1212, 32, -426, 1151, 1120",
        "β, 1307, 192, -426, 1160, 1569",
        "₂, 821, 94, 0, 692, 852",
        "ₓ, 909, 117, 0, 801, 627",
        "₋, 1081, 137, 312, 944, 407",
        "é, 1260, 113, -29, 1151, 1638"
    })
    void glyphsHaveTheWidthsAndBoxesOfTheFontFile(
            String letter, double width, double left, double bottom, double right, double top) {
        assertThat(face.width(letter, 2048)).isEqualTo(width);
        Rectangle2D box = face.outline(letter, 2048).getBounds2D();
        assertThat(box).isEqualTo(new Rectangle2D.Double(left, -top, right - left, top - bottom));
    }

    @Test
    void aLineIsAsWideAsItsLetters() {
        assertThat(face.width("Li₂S", 10))
                .isEqualTo(face.width("L", 10) + face.width("i", 10) + face.width("₂", 10) + face.width("S", 10));
    }

    @Test
    void everythingAFigureSaysIsInTheFont() {
        "γ-Li₃PS₄ (Li₂S)ₓ(P₂S₅)₁₋ₓ −0.5 ± 4x Å³ – · µ₀₁₂₃₄₅₆₇₈₉"
                .codePoints()
                .forEach(c -> assertThat(face.has(c)).as(Character.toString(c)).isTrue());
        assertThat(face.has('漢')).isFalse();
    }
}
