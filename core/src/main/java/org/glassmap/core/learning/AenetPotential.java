package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * What one of ænet's potential files holds: the network of one species, and what ænet remembers of its making.
 *
 * @param network whose scaling follows from {@code statistics}
 * @param description of the set-up, lines joined by {@code $$}
 * @param leastDistance RMIN of the set-up, Å; it only sized ænet's arrays
 * @param statistics of the features over the training set
 * @param trainingSet what the energies' scale comes from
 */
public record AenetPotential(
        SpeciesNetwork network,
        String description,
        double leastDistance,
        FeatureStatistics statistics,
        AenetTrainingSet trainingSet) {

    public AenetPotential {
        if (!(network.descriptor() instanceof WeightedChebyshev)) {
            throw new IllegalArgumentException(
                    "ænet has files for the species-weighted descriptor only, not for " + network.descriptor());
        }
        if (statistics.size() != network.descriptor().size()) {
            throw new IllegalArgumentException("statistics of %d features do not fit a descriptor of %d"
                    .formatted(statistics.size(), network.descriptor().size()));
        }
        if (!trainingSet.types().contains(network.species())) {
            throw new IllegalArgumentException("%s is none of the species of the training set, %s"
                    .formatted(network.species(), trainingSet.types()));
        }
    }

    /**
     * The files of a potential of Glassmap's own, one per species in the order of the periodic table. ænet keeps means
     * of squares where Glassmap keeps factors, so scalings agree to about 1e-15 relative to the mean of squares, not to
     * the bit; extrema and counts are not known here and written as the means and 0.
     *
     * @throws IllegalArgumentException if the potential has a repulsion or a descriptor that ænet does not have
     */
    public static List<AenetPotential> of(NetworkPotential potential) {
        if (!potential.repulsion().none()) {
            throw new IllegalArgumentException(
                    "the potential stands on a pair repulsion, for which ænet's files have no place");
        }
        List<Species> types = List.copyOf(potential.species());
        double[] atomicEnergies = new double[types.size()];
        for (int t = 0; t < atomicEnergies.length; t++) {
            atomicEnergies[t] = potential.network(types.get(t)).atomicEnergy();
        }
        List<AenetPotential> files = new ArrayList<>();
        for (SpeciesNetwork network : potential.networks()) {
            FeatureStatistics statistics = FeatureStatistics.of(network.scaling());
            files.add(new AenetPotential(
                    new SpeciesNetwork(
                            network.species(),
                            network.descriptor(),
                            statistics.scaling(),
                            network.network(),
                            network.energyScale(),
                            network.energyShift(),
                            network.atomicEnergy()),
                    "written by Glassmap$$",
                    AenetSetup.USUAL_LEAST_DISTANCE,
                    statistics,
                    new AenetTrainingSet("glassmap", true, types, atomicEnergies, 0, 0, -1, 1, 0)));
        }
        return files;
    }

    /**
     * The potential that several files make together.
     *
     * @throws IllegalArgumentException if a species is missing or there twice
     */
    public static NetworkPotential together(List<AenetPotential> files) {
        return new NetworkPotential(files.stream().map(AenetPotential::network).toList(), PairRepulsion.NONE);
    }

    AenetSetup setup() {
        return new AenetSetup(
                description, network.species(), (WeightedChebyshev) network.descriptor(), leastDistance, statistics);
    }
}
