package org.glassmap.core.learning;

import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * ænet's descriptor: two channels, all neighbours alike and all neighbours weighted by species. Length
 * 2 (radialOrder + angularOrder + 2): radial, angular, weighted radial, weighted angular; with one species in the
 * environment the weighted half is absent.
 *
 * <p>A neighbour's weight is an integer around 0 by its place in the environment: −1, 1 for two species, −1, 0, 1 for
 * three, −2, −1, 1, 2 for four; a pair has the product. With an odd number the middle species is absent from the
 * weighted half.
 */
public record WeightedChebyshev(
        double radialCutoff, int radialOrder, double angularCutoff, int angularOrder, List<Species> environment)
        implements Descriptor {

    public WeightedChebyshev {
        Descriptor.require(radialCutoff, radialOrder, angularCutoff, angularOrder, environment);
        environment = List.copyOf(environment);
    }

    @Override
    public int size() {
        int half = radialOrder + angularOrder + 2;
        return environment.size() == 1 ? half : 2 * half;
    }

    /** Of the species at {@code place} in the environment. */
    public int weight(int place) {
        int n = environment.size();
        int weight = place - n / 2;
        return n % 2 == 0 && weight >= 0 ? weight + 1 : weight;
    }
}
