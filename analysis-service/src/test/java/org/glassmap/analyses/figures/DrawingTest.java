package org.glassmap.analyses.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class DrawingTest {

    private static final Drawing SAMPLE = new Drawing(
            "a < b & \"c\"",
            40,
            20,
            List.of(
                    Mark.Path.box(0, 0, 10, 10, Ink.of(0xff0000), null),
                    new Mark.Disc(30, 10, 5, Ink.of(0x0000ff), Ink.BLACK, 1, "x < 1"),
                    new Mark.Text("Li₂S\u0000", 1, 18, 6, Ink.BLACK, 0, 0, 2)));

    /** Prints the size of a PNG drawn in a JVM of its own. */
    public static void main(String[] arguments) {
        System.out.println("bytes=" + SAMPLE.png(2).length);
    }

    @Test
    void pixelsHaveTheColoursOfTheMarks() throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(SAMPLE.png(2)));
        assertThat(image.getWidth()).isEqualTo(80);
        assertThat(image.getHeight()).isEqualTo(40);
        assertThat(image.getRGB(5, 5)).isEqualTo(0xffff0000);
        assertThat(image.getRGB(60, 20)).isEqualTo(0xff0000ff);
        assertThat(image.getRGB(79, 0)).isEqualTo(0xffffffff);
    }

    @Test
    void svgIsWellFormedWhateverTheTextsHold() throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(SAMPLE.svg()));
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("a < b & \"c\"");
        assertThat(document.getElementsByTagName("title").item(1).getTextContent())
                .isEqualTo("x < 1");
        assertThat(document.getElementsByTagName("text").item(0).getTextContent())
                .isEqualTo("Li₂S\uFFFD");
    }

    @Test
    void theSameDrawingGivesTheSameBytes() {
        assertThat(SAMPLE.png(2)).isEqualTo(SAMPLE.png(2));
        assertThat(new String(SAMPLE.svg(), StandardCharsets.UTF_8))
                .isEqualTo(new String(SAMPLE.svg(), StandardCharsets.UTF_8));
    }

    /** The font manager is what needs libfontconfig and installed fonts. */
    @Test
    void noFontOfTheMachineIsTouched() throws Exception {
        Process process = new ProcessBuilder(
                        new File(System.getProperty("java.home"), "bin/java").getPath(),
                        "-verbose:class",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DrawingTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(log).contains("bytes=").contains("java.awt.image.BufferedImage ");
        assertThat(log).doesNotContain("sun.font.SunFontManager ").doesNotContain("sun.awt.FcFontManager ");
    }

    @Test
    void aDrawingWithoutSizeIsRefused() {
        assertThatThrownBy(() -> new Drawing("t", Double.NaN, 10, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }
}
