package org.glassmap.analyses.phasediagrams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChemicalNameTest {

    @ParameterizedTest
    @CsvSource({
        "γ-Li3PS4, γ-Li₃PS₄",
        "Li7P3S11, Li₇P₃S₁₁",
        "Li3PS4 (Pnma2), Li₃PS₄ (Pnma2)",
        "Li2S–P2S5 glass 3, Li₂S–P₂S₅ glass 3",
        "phase 1, phase 1",
        "$1 \\ Li2S, $1 \\ Li₂S",
    })
    void countsOfFormulasAreSetLowAndNothingElse(String name, String typeset) {
        assertThat(ChemicalName.typeset(name)).isEqualTo(typeset);
    }
}
