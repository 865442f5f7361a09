package org.glassmap.sampler.campaigns;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The remembered output of one chain's search at one front.
 *
 * @param candidates lowest relaxed energy first, then those whose relaxation came to nothing
 * @param uncertain ids of removed structures of the widest committee spread
 * @param evaluations unrelaxed energies that were paid for
 * @param stop why the search ended
 * @param kernel by which the potential was evaluated; absent in what was remembered before kernels were
 */
record Searched(
        List<Candidate> candidates,
        List<String> uncertain,
        int evaluations,
        String stop,
        @Nullable String kernel) {

    /**
     * @param removed id of the structure as removed
     * @param unrelaxedEnergy eV
     * @param relaxed id after the potential has relaxed it; absent where it was dropped
     * @param relaxedEnergy eV, by the potential; absent where it was dropped
     * @param dropped why it was not relaxed or its relaxation is of no use
     */
    record Candidate(
            String removed,
            double unrelaxedEnergy,
            @Nullable String relaxed,
            @Nullable Double relaxedEnergy,
            @Nullable String dropped) {}
}
