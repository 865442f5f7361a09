package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/** How far atoms of a dataset are apart: the shortest distance of every pair of species, and how neighbours add up. */
public final class PairDistances {

    /** Å; farther atoms are not counted. */
    public static final double REACH = 8;

    private static final double BIN = 0.05;

    private final List<Species> species;
    private final double[] shortest;
    private final double[] within = new double[(int) Math.round(REACH / BIN)];

    private PairDistances(List<Species> species) {
        this.species = species;
        this.shortest = new double[species.size() * species.size()];
        Arrays.fill(shortest, Double.POSITIVE_INFINITY);
    }

    /** @throws IllegalArgumentException if there is no structure, or an atom of another species */
    public static PairDistances of(List<Structure> structures, List<Species> species) {
        if (structures.isEmpty()) {
            throw new IllegalArgumentException("distances need at least one structure");
        }
        PairDistances distances = new PairDistances(List.copyOf(species));
        long atoms = 0;
        for (Structure structure : structures) {
            distances.add(structure);
            atoms += structure.size();
        }
        double sum = 0;
        for (int bin = 0; bin < distances.within.length; bin++) {
            sum += distances.within[bin];
            distances.within[bin] = sum / atoms;
        }
        return distances;
    }

    private void add(Structure structure) {
        NeighbourList list = NeighbourList.of(structure, REACH);
        for (int i = 0; i < list.size(); i++) {
            int row = place(structure, i) * species.size();
            for (int k = list.start(i); k < list.end(i); k++) {
                double d = list.distance(k);
                int pair = row + place(structure, list.neighbour(k));
                shortest[pair] = Math.min(shortest[pair], d);
                within[Math.min(within.length - 1, (int) (d / BIN))]++;
            }
        }
    }

    private int place(Structure structure, int atom) {
        int place = species.indexOf(structure.species(atom));
        if (place < 0) {
            throw new IllegalArgumentException(
                    "atom %d is %s, which is none of %s".formatted(atom + 1, structure.species(atom), species));
        }
        return place;
    }

    /** Å; infinite where the pair never comes within {@link #REACH}. */
    public double shortest(Species a, Species b) {
        return shortest[species.indexOf(a) * species.size() + species.indexOf(b)];
    }

    /** The radius, Å in steps of 0.1, within which an atom has so many neighbours on the average; at most {@link #REACH}. */
    public double radiusOf(double neighbours) {
        for (int bin = 0; bin < within.length; bin++) {
            if (within[bin] >= neighbours) {
                return Math.round(10 * BIN * (bin + 1)) / 10.0;
            }
        }
        return REACH;
    }

    /** All pairs in order, first not after second. */
    public List<Species[]> pairs() {
        List<Species[]> pairs = new ArrayList<>();
        for (int a = 0; a < species.size(); a++) {
            for (int b = a; b < species.size(); b++) {
                pairs.add(new Species[] {species.get(a), species.get(b)});
            }
        }
        return pairs;
    }
}
