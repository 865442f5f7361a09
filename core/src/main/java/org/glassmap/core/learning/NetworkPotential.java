package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.glassmap.core.atoms.Species;

/**
 * A sum of atomic energies, each from a network that is told of the surroundings of its atom, over a fixed pair
 * repulsion. Immutable.
 */
public final class NetworkPotential implements LearntPotential {

    private final List<SpeciesNetwork> networks;
    private final Repulsion repulsion;
    private final Set<Species> species;

    /**
     * @param networks one per species, kept in the order of the periodic table; every environment lists all of them
     * @throws IllegalArgumentException naming the species that is missing or given twice
     */
    public NetworkPotential(List<SpeciesNetwork> networks, Repulsion repulsion) {
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("a potential needs at least one network");
        }
        List<SpeciesNetwork> sorted = new ArrayList<>(networks);
        sorted.sort(Comparator.comparing(SpeciesNetwork::species));
        EnumSet<Species> known = EnumSet.noneOf(Species.class);
        for (SpeciesNetwork network : sorted) {
            if (!known.add(network.species())) {
                throw new IllegalArgumentException("two networks for " + network.species());
            }
        }
        for (SpeciesNetwork network : sorted) {
            for (Species neighbour : known) {
                if (!network.descriptor().environment().contains(neighbour)) {
                    throw new IllegalArgumentException(
                            "the environment %s of %s lacks %s, which the potential has; add it to that set-up"
                                    .formatted(network.descriptor().environment(), network.species(), neighbour));
                }
            }
        }
        this.networks = List.copyOf(sorted);
        this.repulsion = repulsion;
        this.species = Collections.unmodifiableSet(known);
    }

    /** In the order of the periodic table. */
    public List<SpeciesNetwork> networks() {
        return networks;
    }

    /** @throws IllegalArgumentException if the potential does not know it */
    public SpeciesNetwork network(Species of) {
        return networks.stream()
                .filter(n -> n.species() == of)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no network for " + of + ", there are " + species));
    }

    @Override
    public Repulsion repulsion() {
        return repulsion;
    }

    @Override
    public List<NetworkPotential> members() {
        return List.of(this);
    }

    public NetworkPotential withRepulsion(Repulsion other) {
        return new NetworkPotential(networks, other);
    }

    @Override
    public Set<Species> species() {
        return species;
    }

    @Override
    public double cutoff() {
        double cutoff = repulsion.cutoff();
        for (SpeciesNetwork network : networks) {
            cutoff = Math.max(cutoff, network.descriptor().cutoff());
        }
        return cutoff;
    }

    @Override
    public CommitteeCalculator calculator() {
        return calculator(Kernel.best());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkPotential potential
                && networks.equals(potential.networks)
                && repulsion.equals(potential.repulsion);
    }

    @Override
    public int hashCode() {
        return 31 * networks.hashCode() + repulsion.hashCode();
    }

    @Override
    public String toString() {
        return "NetworkPotential" + species;
    }
}
