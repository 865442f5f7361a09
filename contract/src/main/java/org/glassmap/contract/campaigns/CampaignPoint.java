package org.glassmap.contract.campaigns;

import org.jspecify.annotations.Nullable;

/**
 * A structure the reference method has relaxed.
 *
 * @param name of the crystal or end member; absent for a sampled structure
 * @param structure as relaxed, id
 * @param label of that structure
 * @param calculation that relaxed it
 * @param converged whether it reached its tolerances
 * @param spread committee spread of the reference method's energy per atom, eV; absent where it has none
 */
public record CampaignPoint(
        @Nullable String name,
        String structure,
        String label,
        String calculation,
        boolean converged,
        @Nullable Double spread) {}
