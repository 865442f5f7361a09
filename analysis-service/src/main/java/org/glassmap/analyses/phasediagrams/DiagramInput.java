package org.glassmap.analyses.phasediagrams;

import java.util.List;
import org.glassmap.analyses.peers.EnergyOfStructure;
import org.jspecify.annotations.Nullable;

/**
 * What a phase diagram is made of, from wherever it came.
 *
 * @param levelOfTheory of every energy
 * @param referenceMethod in words
 * @param entries each label once
 * @param campaign id; absent for other sources
 */
record DiagramInput(
        String levelOfTheory,
        String referenceMethod,
        List<Entry> entries,
        @Nullable String campaign) {

    DiagramInput {
        entries = List.copyOf(entries);
    }

    /**
     * @param name of a crystal; absent for a sampled structure
     * @param spread committee spread of the energy per atom, eV; absent where there is none
     */
    record Entry(
            EnergyOfStructure energy,
            @Nullable String name,
            @Nullable Double spread) {}
}
