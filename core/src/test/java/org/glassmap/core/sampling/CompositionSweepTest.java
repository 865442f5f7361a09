package org.glassmap.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.glassmap.core.atoms.CompositionLineTest.lips;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;

class CompositionSweepTest {

    private static final CompositionLine LINE = new CompositionLine(lips(2, 0, 1), lips(0, 2, 5));

    /** The paper's parents as counts of atoms; where the atoms are does not matter here. */
    private static SequencedMap<String, Structure> parents() {
        SequencedMap<String, Structure> parents = new LinkedHashMap<>();
        parents.put("LiPS3", cell(16, 16, 48));
        parents.put("Li7P3S11", cell(56, 24, 88));
        parents.put("beta", cell(48, 16, 64));
        parents.put("gamma", cell(48, 16, 64));
        parents.put("Li7PS6", cell(56, 8, 48));
        return parents;
    }

    private static Structure cell(int lithium, int phosphorus, int sulfur) {
        List<Species> species = new ArrayList<>(Collections.nCopies(lithium, Species.Li));
        species.addAll(Collections.nCopies(phosphorus, Species.P));
        species.addAll(Collections.nCopies(sulfur, Species.S));
        return Structure.of(Cell.periodic(13, 0, 0, 0, 13, 0, 0, 0, 13), species, new double[3 * species.size()]);
    }

    private static SequencedMap<RemovalUnit, Integer> units(int lithiumSulfide, int phosphorusSulfide) {
        SequencedMap<RemovalUnit, Integer> units = new LinkedHashMap<>();
        units.put(RemovalUnit.LI2S, lithiumSulfide);
        units.put(RemovalUnit.P2S5, phosphorusSulfide);
        return units;
    }

    @Test
    void thePapersParentsReachMoreThanTwentyFiveCompositions() {
        CompositionSweep all = CompositionSweep.of(
                parents(),
                units(Integer.MAX_VALUE, Integer.MAX_VALUE),
                Chain.Mode.STEPWISE,
                LINE,
                CompositionWindow.PAPER);
        assertThat(all.chains()).hasSize(10);
        assertThat(all.compositions())
                .hasSizeGreaterThanOrEqualTo(25)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(all.compositions().getFirst()).isEqualTo(5.0 / 13);
        assertThat(all.compositions().getLast()).isLessThanOrEqualTo(0.92);
        // As far as the data set's rehearsal went: 9 Li2S or 4 P2S5.
        CompositionSweep rehearsed =
                CompositionSweep.of(parents(), units(9, 4), Chain.Mode.STEPWISE, LINE, CompositionWindow.PAPER);
        assertThat(rehearsed.compositions()).hasSizeGreaterThanOrEqualTo(25);
        assertThat(rehearsed.steps()).isLessThan(all.steps());
    }

    @Test
    void thePapersGlassCeramicsAreSteps() {
        CompositionSweep all = CompositionSweep.of(
                parents(),
                units(Integer.MAX_VALUE, Integer.MAX_VALUE),
                Chain.Mode.STEPWISE,
                LINE,
                CompositionWindow.PAPER);
        assertThat(step(all, "beta-Li2S", 3).composition()).isEqualTo(lips(42, 16, 61));
        assertThat(step(all, "Li7P3S11-Li2S", 9).composition()).isEqualTo(lips(38, 24, 79));
        assertThat(step(all, "LiPS3-Li2S", 3).x()).isEqualTo(5.0 / 13);
        assertThat(step(all, "Li7PS6-Li2S", 2).x()).isCloseTo(0.867, within(5e-4));
    }

    private static Chain.Step step(CompositionSweep sweep, String path, int units) {
        Chain chain = sweep.chains().stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow();
        return chain.steps().get(units - 1);
    }

    @Test
    void theStepsOfAChainLeaveNoneOut() {
        for (Chain chain : CompositionSweep.of(
                        parents(), units(9, 4), Chain.Mode.STEPWISE, LINE, CompositionWindow.PAPER)
                .chains()) {
            for (int k = 0; k < chain.steps().size(); k++) {
                assertThat(chain.steps().get(k).units()).isEqualTo(k + 1);
            }
        }
    }

    @Test
    void aStepwiseChainTakesOneUnitFromTheBestChild() {
        Structure parent = PairPotential.famatinite(5.6).repeated(2, 1, 1);
        Chain chain = new Chain(
                "famatinite", parent, RemovalUnit.LI2S, Chain.Mode.STEPWISE, LINE, CompositionWindow.PAPER, 3);
        Removal first = chain.problem(0, parent);
        Structure child = first.structure(first.random(new java.util.SplittableRandom(1)));
        Removal second = chain.problem(1, child);
        assertThat(second.times()).isEqualTo(1);
        assertThat(second.composition()).isEqualTo(chain.steps().get(1).composition());
        assertThatThrownBy(() -> chain.problem(1, parent)).hasMessageContaining("step 1 of famatinite-Li2S leaves");
    }

    @Test
    void atOnceTakesAllFromThePristineParent() {
        Structure parent = PairPotential.famatinite(5.6).repeated(2, 1, 1);
        Chain chain =
                new Chain("famatinite", parent, RemovalUnit.LI2S, Chain.Mode.AT_ONCE, LINE, CompositionWindow.PAPER, 3);
        Removal third = chain.problem(2, parent);
        assertThat(third.times()).isEqualTo(3);
        assertThat(third.composition()).isEqualTo(chain.steps().get(2).composition());
    }

    @Test
    void aChainCannotPassThroughWhatItDoesNotVisit() {
        CompositionWindow lower = new CompositionWindow(0.4, 0.6);
        Structure parent = cell(48, 16, 64);
        assertThat(new Chain("beta", parent, RemovalUnit.LI2S, Chain.Mode.STEPWISE, LINE, lower, 20).steps())
                .isEmpty();
        assertThat(new Chain("beta", parent, RemovalUnit.LI2S, Chain.Mode.AT_ONCE, LINE, lower, 20).steps())
                .isNotEmpty()
                .allMatch(step -> lower.contains(step.x()));
    }

    @Test
    void aParentOffTheLineIsRefused() {
        assertThatThrownBy(() -> new Chain(
                        "Li48P16S61",
                        cell(48, 16, 61),
                        RemovalUnit.LI2S,
                        Chain.Mode.STEPWISE,
                        LINE,
                        CompositionWindow.PAPER,
                        3))
                .hasMessageContaining("off the line");
    }
}
