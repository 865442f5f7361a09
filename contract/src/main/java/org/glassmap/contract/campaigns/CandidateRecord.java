package org.glassmap.contract.campaigns;

import org.jspecify.annotations.Nullable;

/**
 * One structure a search proposed, and how far it came.
 *
 * @param step path of the step that made it
 * @param chain parent and direction, such as {@code beta-Li3PS4/Li2S}
 * @param fraction x
 * @param rank among those of its parent, by the energy to which the potential relaxed it, from 1
 * @param unrelaxedEnergy eV, by the potential
 * @param parent the structure its unit was removed from, id; absent in campaigns that did not note it yet
 * @param removed as removed from its parent, id
 * @param relaxed by the potential, id; absent where it was dropped before
 * @param label of the relaxed structure by the reference method; absent where it was dropped before
 * @param calculation of the reference method's relaxation; absent where it was not among the best
 * @param energyAboveHull eV/atom, of the reference method's line hull, once there is one
 * @param dropped why it went no further; absent for those that came to the end
 * @param kernel by which the potential's energies and relaxation were computed; absent in campaigns that did not note it yet
 */
public record CandidateRecord(
        String step,
        String chain,
        double fraction,
        int rank,
        double unrelaxedEnergy,
        @Nullable String parent,
        String removed,
        @Nullable String relaxed,
        @Nullable String label,
        @Nullable String calculation,
        @Nullable Double energyAboveHull,
        @Nullable String dropped,
        @Nullable String kernel) {}
