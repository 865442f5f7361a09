package org.glassmap.contract.proposals;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for descriptor settings: cut-offs from the dataset's own pair distances, orders by the validation error of quick
 * fits; the paper's settings are tried first.
 *
 * @param dataset id or {@code name@version}
 * @param species in the order of the environment; absent means the dataset's, by the periodic table
 * @param groupKey attribute whose equal values stay on one side of the split; absent means frame by frame
 * @param frames to try on, at most; 200 by default
 * @param epochs of each quick fit; 20 by default
 * @param seed of the draw, the split and the fits; 1 by default
 */
public record ProposalRequest(
        String dataset,
        @Nullable List<String> species,
        @Nullable String groupKey,
        @Nullable Integer frames,
        @Nullable Integer epochs,
        @Nullable Long seed) {}
