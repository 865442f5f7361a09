package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.atoms.Species;

/** Potentials with random weights: no physics, every term of the machinery at work. */
public final class SamplePotentials {

    public static final List<Species> LPS = List.of(Species.Li, Species.P, Species.S);

    /** The walls of the reference data's recipe. */
    public static final PairRepulsion WALLS = new PairRepulsion(List.of(
            new PairRepulsion.Wall(Species.Li, Species.Li, 80, 2.2),
            new PairRepulsion.Wall(Species.Li, Species.P, 80, 2.1),
            new PairRepulsion.Wall(Species.Li, Species.S, 80, 1.95),
            new PairRepulsion.Wall(Species.P, Species.P, 80, 1.95),
            new PairRepulsion.Wall(Species.P, Species.S, 80, 1.75),
            new PairRepulsion.Wall(Species.S, Species.S, 80, 1.85)));

    private SamplePotentials() {}

    public static NetworkPotential random(
            Descriptor descriptor, List<Integer> hidden, Activation activation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SpeciesNetwork> networks = new ArrayList<>();
        for (Species species : descriptor.environment()) {
            double[] shift = new double[descriptor.size()];
            double[] factor = new double[descriptor.size()];
            for (int f = 0; f < shift.length; f++) {
                shift[f] = random.nextDouble(-1, 1);
                factor[f] = random.nextDouble(0.2, 0.5);
            }
            networks.add(new SpeciesNetwork(
                    species,
                    descriptor,
                    new FeatureScaling(shift, factor),
                    Network.random(descriptor.size(), hidden, activation, random),
                    0.7,
                    -4.2,
                    -1.5));
        }
        return new NetworkPotential(networks, PairRepulsion.NONE);
    }

    public static CommitteePotential committee(Descriptor descriptor, int members, long seed) {
        List<NetworkPotential> potentials = new ArrayList<>();
        for (int m = 0; m < members; m++) {
            potentials.add(random(descriptor, List.of(10, 7), Activation.TANH, seed + m)
                    .withRepulsion(WALLS));
        }
        return new CommitteePotential(potentials);
    }
}
