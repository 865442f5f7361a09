package org.glassmap.core.learning;

import java.util.List;
import java.util.Set;
import org.glassmap.core.atoms.Species;

/**
 * The mean of several potentials that look at atoms through the same descriptors and stand on the same repulsion; they
 * differ in weights and scalings. Immutable; the order of the members is kept.
 */
public final class CommitteePotential implements LearntPotential {

    private final List<NetworkPotential> members;

    /** @throws IllegalArgumentException if there is no member, or members differ in species, descriptors or repulsion */
    public CommitteePotential(List<NetworkPotential> members) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a committee needs at least one member");
        }
        NetworkPotential first = members.getFirst();
        for (int m = 1; m < members.size(); m++) {
            requireAlike(first, members.get(m), m);
        }
        this.members = List.copyOf(members);
    }

    private static void requireAlike(NetworkPotential first, NetworkPotential other, int place) {
        if (!other.species().equals(first.species())) {
            throw new IllegalArgumentException(
                    "member %d knows %s, member 1 knows %s".formatted(place + 1, other.species(), first.species()));
        }
        if (!other.repulsion().equals(first.repulsion())) {
            throw new IllegalArgumentException("members 1 and %d stand on different repulsions".formatted(place + 1));
        }
        for (Species species : first.species()) {
            if (!other.network(species)
                    .descriptor()
                    .equals(first.network(species).descriptor())) {
                throw new IllegalArgumentException(
                        "members 1 and %d describe %s differently; a committee shares its descriptors"
                                .formatted(place + 1, species));
            }
        }
    }

    @Override
    public List<NetworkPotential> members() {
        return members;
    }

    @Override
    public Repulsion repulsion() {
        return members.getFirst().repulsion();
    }

    @Override
    public Set<Species> species() {
        return members.getFirst().species();
    }

    @Override
    public double cutoff() {
        return members.getFirst().cutoff();
    }

    @Override
    public CommitteeCalculator calculator() {
        return calculator(Kernel.best());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommitteePotential committee && members.equals(committee.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return "CommitteePotential[%d members, %s]".formatted(members.size(), species());
    }
}
