package org.glassmap.core.learning;

import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * The richer descriptor: a radial block per species of the environment, in its order, then an angular block per
 * unordered pair of species: (1,1), (1,2), …, (2,2), …; nothing is weighted. It has no ænet file.
 */
public record ResolvedChebyshev(
        double radialCutoff, int radialOrder, double angularCutoff, int angularOrder, List<Species> environment)
        implements Descriptor {

    public ResolvedChebyshev {
        Descriptor.require(radialCutoff, radialOrder, angularCutoff, angularOrder, environment);
        environment = List.copyOf(environment);
    }

    @Override
    public int size() {
        int n = environment.size();
        return n * (radialOrder + 1) + n * (n + 1) / 2 * (angularOrder + 1);
    }
}
