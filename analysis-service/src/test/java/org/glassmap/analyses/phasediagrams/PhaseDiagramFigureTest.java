package org.glassmap.analyses.phasediagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.glassmap.analyses.figures.Drawing;
import org.glassmap.analyses.figures.Mark;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PhaseDiagramFigureTest {

    private static final Drawing CRYSTALS = PhaseDiagramFigure.of(LineCrystals.diagram(LineCrystals.entries()));

    @Test
    void everyCrystalIsNamedInTheSvg() throws Exception {
        List<String> texts = texts(CRYSTALS);
        for (LineCrystals crystal : LineCrystals.values()) {
            assertThat(texts).contains(ChemicalName.typeset(crystal.phase));
        }
        assertThat(texts).contains("Formation energy (meV/atom)", "x in (Li₂S)ₓ(P₂S₅)₁₋ₓ");
        assertThat(String.join(" ", texts)).contains("Reference method: SevenNet-0 (PBE-like).");
    }

    @Test
    void namesCoverNeitherEachOtherNorLeaveThePage() {
        List<Mark.Text> names = CRYSTALS.marks().stream()
                .filter(Mark.Text.class::isInstance)
                .map(Mark.Text.class::cast)
                .filter(t -> t.halo() > 0)
                .toList();
        assertThat(names).hasSize(8);
        for (int i = 0; i < names.size(); i++) {
            assertThat(names.get(i).x()).isPositive();
            assertThat(names.get(i).x() + names.get(i).width()).isLessThan(CRYSTALS.width());
            for (int j = 0; j < i; j++) {
                assertThat(overlap(names.get(i), names.get(j)))
                        .as(names.get(i).text() + " and " + names.get(j).text())
                        .isFalse();
            }
        }
    }

    /** In energy per formula unit the hull is straight; divided by 7 − 4x atoms it is not. */
    @Test
    void theHullIsDrawnAsTheCurveItIs() {
        List<Mark.Path> curves = CRYSTALS.marks().stream()
                .filter(Mark.Path.class::isInstance)
                .map(Mark.Path.class::cast)
                .filter(p -> p.x().length > 50)
                .toList();
        assertThat(curves).hasSize(2);
        Mark.Path curve = curves.getFirst(); // from P2S5 (0, 0) to γ-Li3PS4
        int last = curve.x().length - 1;
        int middle = last / 2;
        double depth = (curve.y()[middle] - curve.y()[0]) / (curve.y()[last] - curve.y()[0]);
        // Half-way in x, half the energy per formula unit, of 7 − 4·0.375 = 5.5 atoms instead of 4.
        assertThat(depth).isCloseTo(0.5 * 4 / 5.5, within(1e-9));
    }

    @Test
    void thePngHasATitleAndColours() throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(CRYSTALS.png(1)));
        int dark = 0;
        for (int x = 300; x < 700; x++) {
            for (int y = 15; y < 45; y++) {
                dark += (image.getRGB(x, y) & 0xff) < 128 ? 1 : 0;
            }
        }
        assertThat(dark).isGreaterThan(300);
        int red = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 60; y < 500; y++) {
                red += image.getRGB(x, y) == 0xffb5121b ? 1 : 0;
            }
        }
        assertThat(red).isGreaterThan(300); // the diamonds of the three crystals on the hull
    }

    @Test
    void sampledStructuresAreColouredByTheirEnergyAboveTheHull() throws Exception {
        List<DiagramInput.Entry> entries = new ArrayList<>(LineCrystals.entries());
        Random random = new Random(3);
        for (int k = 0; k < 30; k++) { // Li42P16S61, x = 21/29
            entries.add(LineCrystals.entry("s" + k, 42, 16, 61, -4.33 + 0.05 * random.nextDouble(), null));
        }
        Drawing drawing = PhaseDiagramFigure.of(LineCrystals.diagram(entries));
        List<String> texts = texts(drawing);
        assertThat(texts).contains("Energy above hull (meV/atom)", "lowest sampled at each composition");
        assertThat(String.join(" ", texts)).contains("8 crystals and 30 sampled at 1 composition");
    }

    private static boolean overlap(Mark.Text a, Mark.Text b) {
        boolean apart =
                a.x() + a.width() < b.x() || b.x() + b.width() < a.x() || Math.abs(a.y() - b.y()) > 0.8 * a.size();
        return !apart;
    }

    private static List<String> texts(Drawing drawing) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(drawing.svg()));
        NodeList elements = document.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            texts.add(elements.item(i).getTextContent());
        }
        return texts;
    }
}
