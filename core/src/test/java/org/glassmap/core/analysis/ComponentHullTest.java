package org.glassmap.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.glassmap.core.atoms.CompositionLineTest.lips;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.Species;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ComponentHullTest {

    @Test
    void itAgreesWithPymatgenOnTheMaterialsProjectsPhases() throws IOException {
        JsonNode rows = SharedReference.json(SharedReference.reference("crystals/mp-pbe-energies-Li-P-S.json"))
                .get("hull_with_pymatgen_2022_11_7");
        List<PhaseEntry> entries = new ArrayList<>();
        for (JsonNode row : rows) {
            Composition composition = composition(row.get("formula").asString());
            entries.add(new PhaseEntry(
                    row.get("name").asString(),
                    composition,
                    row.get("energy_per_atom_eV").asDouble() * composition.atoms()));
        }
        ComponentHull hull = new ComponentHull(entries);
        assertThat(entries).hasSizeGreaterThan(20);
        for (int i = 0; i < entries.size(); i++) {
            JsonNode row = rows.get(i);
            // The file has eight decimals; the elements' energies with which it was made have more.
            assertThat(hull.aboveHull(entries.get(i)))
                    .as(entries.get(i).id())
                    .isCloseTo(row.get("e_above_hull_eV_per_atom").asDouble(), within(1.5e-8));
            ComponentHull.Ground ground =
                    hull.ground(entries.get(i).composition()).orElseThrow();
            JsonNode products = row.get("decomposition");
            assertThat(ground.mixture()).hasSize(products.size());
            for (ComponentHull.Share share : ground.mixture()) {
                assertThat(share.fraction())
                        .isCloseTo(products.get(share.entry().id()).asDouble(), within(1e-8));
            }
        }
    }

    @Test
    void itAgreesWithPymatgenOnTheDataSetsCrystals() throws IOException {
        JsonNode rows =
                SharedReference.json(SharedReference.dataset("crystals.json")).get("phases");
        List<PhaseEntry> entries = new ArrayList<>();
        for (JsonNode row : rows) {
            Composition composition = composition(row.get("formula").asString());
            entries.add(new PhaseEntry(
                    row.get("phase").asString(),
                    composition,
                    row.get("energy_per_atom_eV").asDouble() * composition.atoms()));
        }
        ComponentHull hull = new ComponentHull(entries);
        for (int i = 0; i < entries.size(); i++) {
            // Two decimals of meV.
            assertThat(1000 * hull.aboveHull(entries.get(i)))
                    .isCloseTo(rows.get(i).get("e_above_hull_LiPS_meV_per_atom").asDouble(), within(5.1e-3));
        }
    }

    @Test
    void onALineWithoutOtherPhasesItIsTheHullOfTheLine() {
        List<PhaseEntry> entries = List.of(
                new PhaseEntry("Li2S", lips(2, 0, 1), 3 * -3.963643),
                new PhaseEntry("Li3PS4", lips(6, 2, 8), 16 * -4.391337),
                new PhaseEntry("LiPS3", lips(4, 4, 12), 20 * -4.517805),
                new PhaseEntry("Li7PS6", lips(28, 4, 24), 56 * -4.190664),
                new PhaseEntry("P2S5", lips(0, 8, 20), 28 * -4.668555));
        PhaseDiagram line = PhaseDiagram.of(
                new CompositionLine(lips(2, 0, 1), lips(0, 2, 5)), entries, PhaseDiagramSettings.DEFAULT);
        ComponentHull hull = new ComponentHull(entries);
        for (Phase phase : line.phases()) {
            assertThat(hull.aboveHull(phase.entry())).isCloseTo(phase.aboveHull(), within(1e-11));
        }
    }

    @Test
    void whatTheEntriesCannotMakeHasNoGround() {
        ComponentHull hull = new ComponentHull(List.of(new PhaseEntry("Li2S", lips(2, 0, 1), -12)));
        assertThat(hull.ground(lips(1, 0, 1))).isEmpty();
        assertThatThrownBy(() -> hull.aboveHull(new PhaseEntry("P", lips(0, 1, 0), 0)))
                .hasMessageContaining("cannot make P");
    }

    static Composition composition(String formula) {
        TreeMap<Species, Integer> counts = new TreeMap<>();
        Matcher matcher = Pattern.compile("([A-Z][a-z]?)(\\d*)").matcher(formula);
        while (matcher.find()) {
            counts.put(
                    Species.of(matcher.group(1)), matcher.group(2).isEmpty() ? 1 : Integer.parseInt(matcher.group(2)));
        }
        return Composition.of(counts);
    }
}
