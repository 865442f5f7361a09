package org.glassmap.core.analysis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.glassmap.core.analysis.ComponentHullTest.composition;
import static org.glassmap.core.atoms.CompositionLineTest.lips;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.LinePosition;
import org.glassmap.core.atoms.Species;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PhaseDiagramTest {

    private static final CompositionLine LINE = new CompositionLine(lips(2, 0, 1), lips(0, 2, 5));
    private static final PhaseDiagramSettings SETTINGS = PhaseDiagramSettings.DEFAULT;

    /** Energies per atom of the shared data set's table (SevenNet-0, 11 July 2024), eV. */
    private static List<PhaseEntry> crystals() {
        return List.of(
                entry("Li2S", lips(2, 0, 1), -3.963643),
                entry("gamma", lips(6, 2, 8), -4.391337),
                entry("beta", lips(12, 4, 16), -4.384056),
                entry("LiPS3", lips(4, 4, 12), -4.517805),
                entry("Li7P3S11", lips(14, 6, 22), -4.413246),
                entry("P2S5", lips(0, 8, 20), -4.668555),
                entry("Li7PS6", lips(28, 4, 24), -4.190664));
    }

    private static PhaseEntry entry(String id, Composition composition, double perAtom) {
        return new PhaseEntry(id, composition, perAtom * composition.atoms());
    }

    @Test
    void theCrystalsLieWhereHandArithmeticPutsThem() {
        PhaseDiagram diagram = PhaseDiagram.of(LINE, crystals(), SETTINGS);
        // (Li2S)0.75(P2S5)0.25 has 4 atoms: 4 (−4.391337) − 0.75 · 3 (−3.963643) − 0.25 · 7 (−4.668555)
        Phase gamma = phase(diagram, "gamma");
        assertThat(gamma.formationEnergyPerUnit()).isCloseTo(-0.47718, within(1e-9));
        assertThat(gamma.formationEnergy()).isCloseTo(-0.119295, within(1e-9));
        // LiPS3 at x = 0.5, 5 atoms: the chord from P2S5 to gamma has 2/3 of gamma's energy there.
        Phase edge = phase(diagram, "LiPS3");
        assertThat(edge.formationEnergyPerUnit())
                .isCloseTo(-4.517805 * 5 + 0.5 * 3 * 3.963643 + 0.5 * 7 * 4.668555, within(1e-9));
        assertThat(edge.aboveHull()).isCloseTo((edge.formationEnergyPerUnit() + 0.47718 * 2 / 3) / 5, within(1e-12));
        assertThat(edge.decomposition())
                .extracting(product -> product.entry().id())
                .containsExactly("P2S5", "gamma");
        assertThat(edge.decomposition().getFirst().fraction()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(diagram.vertices())
                .extracting(vertex -> vertex.entry().id())
                .containsExactly("P2S5", "gamma", "Li2S");
        assertThat(phase(diagram, "beta").decomposition())
                .extracting(product -> product.entry().id())
                .containsExactly("gamma");
        assertThat(diagram.lowestPerComposition())
                .extracting(lowest -> lowest.entry().id())
                .containsExactly("P2S5", "LiPS3", "Li7P3S11", "gamma", "Li7PS6", "Li2S");
    }

    /** The hull of the line is that of all Li–P–S phases here: SevenNet's P2S5, γ and Li2S are stable against all. */
    @Test
    void itAgreesWithThePublishedTableOfTheDataSet() throws IOException {
        JsonNode table = SharedReference.json(SharedReference.dataset("crystals.json"));
        List<PhaseEntry> entries = new ArrayList<>();
        Map<String, JsonNode> rows = new TreeMap<>();
        for (JsonNode row : table.get("phases")) {
            String name = row.get("phase").asString();
            entries.add(entry(
                    name,
                    composition(row.get("formula").asString()),
                    row.get("energy_per_atom_eV").asDouble()));
            rows.put(name, row);
        }
        PhaseDiagram diagram = PhaseDiagram.of(LINE, entries, SETTINGS);
        assertThat(diagram.phases()).hasSize(8);
        assertThat(diagram.unplaced()).hasSize(11);
        for (Phase phase : diagram.phases()) {
            JsonNode row = requireNonNull(rows.get(phase.entry().id()));
            assertThat(phase.x()).isEqualTo(row.get("x_Li2S").asDouble());
            // The table has five decimals of eV, and two of meV.
            assertThat(phase.formationEnergy())
                    .isCloseTo(row.get("formation_energy_line_eV_per_atom").asDouble(), within(5.1e-6));
            assertThat(1000 * phase.aboveHull())
                    .isCloseTo(row.get("e_above_hull_LiPS_meV_per_atom").asDouble(), within(5.1e-3));
        }
    }

    @Test
    void energiesLinearInCompositionChangeNothing() {
        double[] shift = {1.7, -31.4, 400.25}; // eV per Li, P, S
        List<PhaseEntry> shifted = crystals().stream()
                .map(entry -> new PhaseEntry(
                        entry.id(),
                        entry.composition(),
                        entry.energy()
                                + shift[0] * entry.composition().count(Species.Li)
                                + shift[1] * entry.composition().count(Species.P)
                                + shift[2] * entry.composition().count(Species.S)))
                .toList();
        PhaseDiagram one = PhaseDiagram.of(LINE, crystals(), SETTINGS);
        PhaseDiagram other = PhaseDiagram.of(LINE, shifted, SETTINGS);
        for (int i = 0; i < shifted.size(); i++) {
            assertThat(other.phases().get(i).formationEnergy())
                    .isCloseTo(one.phases().get(i).formationEnergy(), within(1e-11));
            assertThat(other.phases().get(i).aboveHull())
                    .isCloseTo(one.phases().get(i).aboveHull(), within(1e-11));
        }
    }

    @Test
    void aSupercellLiesWhereItsCellLies() {
        List<PhaseEntry> entries = new ArrayList<>(crystals());
        PhaseEntry cell = entries.get(4);
        entries.add(new PhaseEntry("four", lips(56, 24, 88), 4 * cell.energy()));
        PhaseDiagram diagram = PhaseDiagram.of(LINE, entries, SETTINGS);
        assertThat(phase(diagram, "four").aboveHull())
                .isCloseTo(phase(diagram, "Li7P3S11").aboveHull(), within(1e-13));
    }

    @Test
    void noEntryLiesBelowTheHullAndStableOnesLieOnIt() {
        SplittableRandom random = new SplittableRandom(5);
        List<PhaseEntry> entries = new ArrayList<>(crystals());
        for (int k = 0; k < 500; k++) {
            int a = 1 + random.nextInt(30);
            int b = 1 + random.nextInt(30);
            Composition composition = lips(2 * a, 2 * b, a + 5 * b);
            double ideal = a * 3 * -3.963643 + b * 7 * -4.668555;
            entries.add(new PhaseEntry("r" + k, composition, ideal - composition.atoms() * 0.2 * random.nextDouble()));
        }
        for (Convention convention : Convention.values()) {
            PhaseDiagram diagram = PhaseDiagram.of(LINE, entries, SETTINGS.withConvention(convention));
            for (Phase phase : diagram.phases()) {
                assertThat(phase.aboveHull()).isNotNegative();
                assertThat(diagram.aboveHull(
                                phase.entry().composition(), phase.entry().energy()))
                        .isCloseTo(phase.aboveHull(), within(1e-13));
                assertThat(phase.formationEnergy() - phase.aboveHull())
                        .isCloseTo(diagram.hullEnergy(phase.x()), within(1e-12));
                assertThat(phase.decomposition().stream()
                                .mapToDouble(Phase.Product::fraction)
                                .sum())
                        .isCloseTo(1, within(1e-12));
                if (phase.vertex()) {
                    assertThat(phase.aboveHull()).isZero();
                    assertThat(phase.stable()).isTrue();
                }
            }
        }
    }

    @Test
    void productsHaveTheAtomsOfWhatDecomposes() {
        for (Phase phase : PhaseDiagram.of(LINE, crystals(), SETTINGS).phases()) {
            for (Species species : List.of(Species.Li, Species.P, Species.S)) {
                double atoms = 0;
                for (Phase.Product product : phase.decomposition()) {
                    LinePosition position = LINE.position(product.entry().composition());
                    atoms += product.fraction() * product.entry().composition().count(species) / position.units();
                }
                assertThat(atoms)
                        .isCloseTo(
                                phase.entry().composition().count(species)
                                        / phase.position().units(),
                                within(1e-12));
            }
        }
    }

    @Test
    void thePapersChordsLieHigherBetweenPhasesOfOtherSizes() {
        PhaseDiagram diagram = PhaseDiagram.of(LINE, crystals(), SETTINGS);
        PhaseDiagram chords = PhaseDiagram.of(LINE, crystals(), SETTINGS.withConvention(Convention.PAPER_CHORD));
        // Between P2S5 and γ (E_f −0.1193 eV/atom): (2/3) 4 E_f/5 against (2/3) E_f at x = 0.5, 16 meV/atom.
        assertThat(chords.hullEnergy(0.5)).isCloseTo(-0.119295 * 2 / 3, within(1e-9));
        assertThat(diagram.hullEnergy(0.5)).isCloseTo(-0.119295 * 2 / 3 * 4 / 5, within(1e-9));
        assertThat(chords.convention()).isEqualTo(Convention.PAPER_CHORD);
    }

    @Test
    void errorsOfIndependentEnergiesAddInSquares() {
        List<PhaseEntry> entries = List.of(
                new PhaseEntry("Li2S", lips(2, 0, 1), 0, OptionalDouble.of(0.03)),
                new PhaseEntry("P2S5", lips(0, 2, 5), 0, OptionalDouble.of(0.08)),
                new PhaseEntry("middle", lips(2, 2, 6), 1, OptionalDouble.of(0.06)),
                new PhaseEntry("unknown", lips(6, 2, 8), 1));
        PhaseDiagram diagram = PhaseDiagram.of(LINE, entries, SETTINGS);
        // x = 0.5, two formula units, five atoms each
        assertThat(phase(diagram, "middle").aboveHullUncertainty().orElseThrow())
                .isCloseTo(Math.sqrt(0.03 * 0.03 + 0.015 * 0.015 + 0.04 * 0.04) / 5, within(1e-15));
        assertThat(phase(diagram, "Li2S").aboveHullUncertainty()).hasValue(0);
        assertThat(phase(diagram, "unknown").aboveHullUncertainty()).isEmpty();
    }

    @Test
    void aLineWithoutAnEndIsRefused() {
        assertThatThrownBy(() -> PhaseDiagram.of(LINE, crystals().subList(1, 7), SETTINGS))
                .hasMessageContaining("the end member Li2S has no entry");
        assertThatThrownBy(() -> new PhaseEntry("bad", lips(2, 0, 1), Double.NaN))
                .hasMessageContaining("bad");
    }

    private static Phase phase(PhaseDiagram diagram, String id) {
        return diagram.phases().stream()
                .filter(phase -> phase.entry().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
