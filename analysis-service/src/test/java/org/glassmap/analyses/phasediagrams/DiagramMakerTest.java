package org.glassmap.analyses.phasediagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord.Point;
import org.glassmap.core.analysis.Convention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiagramMakerTest {

    private final PhaseDiagramRecord diagram = LineCrystals.diagram(LineCrystals.entries());

    /** Both sides are rounded: energies to 5e-7, formation energies to 5e-6 eV/atom. */
    @ParameterizedTest
    @EnumSource
    void formationEnergiesAreThoseOfTheTable(LineCrystals crystal) {
        Point point = point(crystal);
        assertThat(point.fraction()).isEqualTo(crystal.fraction);
        assertThat(point.formationEnergy()).isCloseTo(crystal.formationEnergy, within(7e-6));
    }

    /** By hand, from the paper's eq. 1 with E per formula unit: 8 formula units' worth in γ's 16 atoms. */
    @ParameterizedTest
    @EnumSource
    void formationEnergiesAreThePapersEquation(LineCrystals crystal) {
        double x = crystal.fraction;
        double perUnit = crystal.energyPerAtom * (7 - 4 * x)
                - x * 3 * LineCrystals.LI2S.energyPerAtom
                - (1 - x) * 7 * LineCrystals.P2S5.energyPerAtom;
        assertThat(point(crystal).formationEnergyPerFormula()).isCloseTo(perUnit, within(1e-13));
        assertThat(point(crystal).formationEnergy()).isCloseTo(perUnit / (7 - 4 * x), within(1e-13));
    }

    @Test
    void theHullIsP2S5GammaLi2S() {
        assertThat(diagram.hull().stream().map(i -> diagram.points().get(i).name()))
                .containsExactly("P2S5", "γ-Li3PS4", "Li2S");
    }

    /** LiPS3 = Li2P2S6 is half Li2S, half P2S5: two thirds of the way to Li3PS4 (x = 0.75), a third P2S5. */
    @Test
    void aPhaseDecomposesByTheLeverRuleInFormulaUnits() {
        Point lips3 = point(LineCrystals.LIPS3);
        // 0.5 / 0.75 rounds up where 2.0 / 3 rounds down.
        assertThat(lips3.decomposition())
                .isEqualTo(Map.of("structure-gamma", Math.nextUp(2.0 / 3), "structure-p2s5", 1.0 / 3));
        // E_f per unit: −0.06072·5 against 2/3 of −0.11929·4: 14.5 meV per unit, 2.9 meV/atom, as the table says.
        assertThat(lips3.energyAboveHull()).isCloseTo(0.0029, within(1e-4));
    }

    @Test
    void theOrderOfTheLabelsDoesNotMatter() {
        List<DiagramInput.Entry> shuffled = new ArrayList<>(LineCrystals.entries());
        Collections.shuffle(shuffled, new Random(7));
        assertThat(LineCrystals.diagram(shuffled)).isEqualTo(diagram);
    }

    @Test
    void theDigestKnowsThePhysicsAndNothingElse() {
        DiagramInput renamed = new DiagramInput(
                "level-1",
                "another word for it",
                LineCrystals.entries().stream()
                        .map(e -> new DiagramInput.Entry(e.energy(), null, null))
                        .toList(),
                "campaign-1");
        assertThat(DiagramMaker.make("phase-diagram-2", renamed, Convention.EXTENSIVE, "title", "later")
                        .digest())
                .isEqualTo(diagram.digest());
        assertThat(LineCrystals.diagram(LineCrystals.entries().subList(0, 7)).digest())
                .isNotEqualTo(diagram.digest());
    }

    @Test
    void offLineLabelsAreNamedWithTheReason() {
        List<DiagramInput.Entry> entries = new ArrayList<>(LineCrystals.entries());
        entries.add(LineCrystals.entry("li4p2s6", 4, 2, 6, -4.365245, null));
        PhaseDiagramRecord diagram = LineCrystals.diagram(entries);
        assertThat(diagram.points()).hasSize(8);
        assertThat(diagram.offLine()).singleElement().satisfies(off -> {
            assertThat(off.label()).isEqualTo("label-li4p2s6");
            assertThat(off.reason()).contains("S");
        });
    }

    @Test
    void aLineWithoutAnEndIsRefused() {
        List<DiagramInput.Entry> entries = LineCrystals.entries().stream()
                .filter(e -> !"P2S5".equals(e.name()))
                .toList();
        assertThatThrownBy(() -> LineCrystals.diagram(entries)).hasMessageContaining("P2S5");
    }

    @Test
    void committeeSpreadsBecomeAnErrorAboveTheHull() {
        List<DiagramInput.Entry> spread = LineCrystals.entries().stream()
                .map(e -> new DiagramInput.Entry(e.energy(), e.name(), 0.001))
                .toList();
        PhaseDiagramRecord diagram = LineCrystals.diagram(spread);
        Point beta = diagram.points().stream()
                .filter(p -> "β-Li3PS4".equals(p.name()))
                .findFirst()
                .orElseThrow();
        // β and γ at one composition, both ± 1 meV/atom: their difference is ± √2.
        assertThat(beta.energyAboveHullUncertainty()).isCloseTo(0.001 * Math.sqrt(2), within(1e-12));
    }

    private Point point(LineCrystals crystal) {
        return diagram.points().stream()
                .filter(p -> crystal.phase.equals(p.name()))
                .findFirst()
                .orElseThrow();
    }
}
