package org.glassmap.core.sampling;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a search found, and why it stopped.
 *
 * @param lowest by rising energy, no two of them equivalent
 * @param dropped genomes that are not among them though no higher than the last, and those without an energy; by
 *     rising energy, then genome
 * @param evaluations energies computed
 * @param generations the first, random one included; 0 when all configurations were enumerated
 * @param configurations how many there are
 */
public record SearchOutcome(
        List<Candidate> lowest,
        List<Dropped> dropped,
        int evaluations,
        int generations,
        BigInteger configurations,
        Stop stop) {

    public SearchOutcome {
        lowest = List.copyOf(lowest);
        dropped = List.copyOf(dropped);
    }

    /**
     * The lowest of each niche by rising energy, then the others. Before relaxation a niche may lie higher than many
     * genomes of another and yet hold what relaxes lowest.
     *
     * @param problem that was searched
     */
    public List<Candidate> nichesFirst(Removal problem) {
        Map<Genome, Candidate> niches = new LinkedHashMap<>();
        List<Candidate> others = new ArrayList<>();
        for (Candidate candidate : lowest) {
            if (niches.putIfAbsent(problem.niche(candidate.genome()), candidate) != null) {
                others.add(candidate);
            }
        }
        List<Candidate> all = new ArrayList<>(niches.values());
        all.addAll(others);
        return all;
    }

    /** @param energy eV of the whole cell, before any relaxation */
    public record Candidate(Genome genome, double energy) {}

    /** @param energy eV of the whole cell; NaN or infinite where that is the reason */
    public record Dropped(Genome genome, double energy, Reason reason) {}

    /** Why a genome is not handed over. */
    public enum Reason {
        /** As low as one that is, within the tolerance: most likely the same under the parent's symmetry. */
        EQUIVALENT,
        /** The potential gave no finite energy. */
        NOT_FINITE
    }

    /** Why a search ended. */
    public enum Stop {
        /** Every configuration was looked at: the lowest is proven, before relaxation. */
        ENUMERATED,
        BUDGET,
        NO_IMPROVEMENT,
        CANCELLED
    }
}
