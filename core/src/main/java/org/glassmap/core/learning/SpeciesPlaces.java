package org.glassmap.core.learning;

import java.util.List;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourSource;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/** The places that a potential's kernels give to species: as centres, and in the environment of every centre. */
final class SpeciesPlaces {

    private final List<Species> species;
    private final List<List<Species>> environments;

    /** By the species' ordinal; −1 where the potential does not know it. */
    private final int[] centre;

    SpeciesPlaces(NetworkPotential potential) {
        this.species = List.copyOf(potential.species());
        this.environments = species.stream()
                .map(one -> potential.network(one).descriptor().environment())
                .toList();
        this.centre = places(species);
    }

    private static int[] places(List<Species> species) {
        int[] places = new int[Species.values().length];
        java.util.Arrays.fill(places, -1);
        for (int place = 0; place < species.size(); place++) {
            places[species.get(place).ordinal()] = place;
        }
        return places;
    }

    void requireKnown(Structure structure) {
        for (int i = 0; i < structure.size(); i++) {
            if (centre[structure.species(i).ordinal()] < 0) {
                throw new InvalidStructureException(
                        "species",
                        "atom %d is %s, which the potential does not know; it knows %s"
                                .formatted(i + 1, structure.species(i), species));
            }
        }
    }

    /** Of a structure's atoms, as the search numbers them. */
    Share.Kinds of(Structure structure, NeighbourSource search) {
        int n = structure.size();
        int[] ordinals = new int[n];
        for (int i = 0; i < n; i++) {
            ordinals[i] = structure.species(search.atom(i)).ordinal();
        }
        int[][] around = new int[environments.size()][];
        for (int c = 0; c < around.length; c++) {
            around[c] = c > 0 && environments.get(c).equals(environments.get(c - 1))
                    ? around[c - 1]
                    : looked(places(environments.get(c)), ordinals);
        }
        return new Share.Kinds(looked(centre, ordinals), around);
    }

    private static int[] looked(int[] places, int[] ordinals) {
        int[] looked = new int[ordinals.length];
        for (int i = 0; i < looked.length; i++) {
            looked[i] = places[ordinals[i]];
        }
        return looked;
    }
}
