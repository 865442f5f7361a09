package org.glassmap.core.learning;

import java.util.HashSet;
import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * What a network is told of the surroundings of an atom: expansion coefficients of the radial and of the angular
 * distribution of its neighbours in Chebyshev polynomials. For a centre i, neighbours j, k (all periodic images):
 *
 * <pre>
 *   fc(d; R) = ½ (cos(π d/R) + 1) below R, 0 beyond
 *   radial   Σ_j fc(d_ij; Rr) T_n(2 d_ij/Rr − 1)                     n = 0 … radialOrder
 *   angular  Σ_{j&lt;k} fc(d_ij; Ra) fc(d_ik; Ra) T_n(cos θ_jik)         n = 0 … angularOrder
 * </pre>
 *
 * <p>Every unordered pair {j, k} counts once; nothing is normalised; the species of the centre does not enter. The two
 * cases differ in how the species of the neighbours do.
 */
public sealed interface Descriptor permits WeightedChebyshev, ResolvedChebyshev {

    /** Rr, Å. */
    double radialCutoff();

    int radialOrder();

    /** Ra, Å. May be larger than Rr. */
    double angularCutoff();

    int angularOrder();

    /** The species a neighbour may have, in the order that fixes weights or channels. */
    List<Species> environment();

    /** How many numbers describe one atom. */
    int size();

    /** The larger of both cutoffs, Å. */
    default double cutoff() {
        return Math.max(radialCutoff(), angularCutoff());
    }

    /** @throws IllegalArgumentException naming what is wrong */
    static void require(
            double radialCutoff, int radialOrder, double angularCutoff, int angularOrder, List<Species> environment) {
        requireCutoff("radial", radialCutoff);
        requireCutoff("angular", angularCutoff);
        requireOrder("radial", radialOrder);
        requireOrder("angular", angularOrder);
        if (environment.isEmpty()) {
            throw new IllegalArgumentException("the environment must list at least one species");
        }
        if (new HashSet<>(environment).size() != environment.size()) {
            throw new IllegalArgumentException("the environment lists a species twice: " + environment);
        }
    }

    private static void requireCutoff(String which, double cutoff) {
        if (!(cutoff > 0) || !(cutoff <= 50)) {
            throw new IllegalArgumentException(
                    "%s cutoff must be positive and at most 50 Å, got %s".formatted(which, cutoff));
        }
    }

    private static void requireOrder(String which, int order) {
        if (order < 0 || order > 100) {
            throw new IllegalArgumentException("%s order must be 0 to 100, got %d".formatted(which, order));
        }
    }
}
