package org.glassmap.structures.structures;

import java.util.OptionalDouble;
import java.util.Set;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.Species;

/** Where a composition lies on the line from P2S5 (x = 0) to Li2S (x = 1). */
final class LineFraction {

    private static final Set<Species> OF_THE_LINE = Set.of(Species.Li, Species.P, Species.S);

    private LineFraction() {}

    /**
     * x of (Li2S)x(P2S5)1−x: with n(Li2S) = Li/2 and n(P2S5) = P/2, x = Li / (Li + P) where S = Li/2 + 5 P/2. Empty
     * off the line.
     */
    static OptionalDouble of(Composition composition) {
        int lithium = composition.count(Species.Li);
        int phosphorus = composition.count(Species.P);
        boolean onTheLine = OF_THE_LINE.containsAll(composition.counts().keySet())
                && lithium + phosphorus > 0
                && 2 * composition.count(Species.S) == lithium + 5 * phosphorus;
        return onTheLine ? OptionalDouble.of((double) lithium / (lithium + phosphorus)) : OptionalDouble.empty();
    }
}
