package org.glassmap.core.learning;

import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/**
 * A fixed repulsion of pairs at short range, beneath the networks: where nothing was trained, it decides. Part of the
 * potential; ænet's potentials have none.
 *
 * <p>Coinciding atoms have no direction to part in: whoever evaluates a structure refuses them before.
 */
public sealed interface Repulsion permits PairRepulsion, ZblRepulsion {

    /** Beyond it no pair is repelled, Å; 0 where there is no repulsion. */
    double cutoff();

    /** Whether nothing is repelled. */
    default boolean none() {
        return cutoff() == 0;
    }

    /** Of one pair at a distance, Å; eV, 0 where it does not reach. */
    double energy(Species a, Species b, double distance);

    /** dE/d(distance) of one pair, eV/Å. */
    double slope(Species a, Species b, double distance);

    /** Adds forces and virial of all pairs of a list that reaches at least to {@link #cutoff}. Each pair is met from both
     * its ends; either end takes half the energy and virial, and moves itself alone.
     *
     * @param forces {@code [3n]}, eV/Å, of atoms as the list numbers them
     * @param virial {@code [9]}, eV
     * @return energy, eV
     */
    default double add(Structure structure, NeighbourList list, double[] forces, double[] virial) {
        double reach = cutoff();
        double energy = 0;
        for (int i = list.first(); i < list.first() + list.size(); i++) {
            for (int k = list.start(i); k < list.end(i); k++) {
                double d = list.distance(k);
                if (d < reach) {
                    Species a = structure.species(list.atom(i));
                    Species b = structure.species(list.atom(list.neighbour(k)));
                    energy += 0.5 * energy(a, b, d);
                    double pull = slope(a, b, d) / d;
                    double[] r = {list.dx(k), list.dy(k), list.dz(k)};
                    for (int axis = 0; axis < 3; axis++) {
                        forces[3 * i + axis] += pull * r[axis];
                        for (int other = 0; other < 3; other++) {
                            virial[3 * axis + other] -= 0.5 * pull * r[axis] * r[other];
                        }
                    }
                }
            }
        }
        return energy;
    }

    /** The energy of {@link #add} alone, eV; equal bits. */
    default double energy(Structure structure, NeighbourList list) {
        double reach = cutoff();
        double energy = 0;
        for (int i = list.first(); i < list.first() + list.size(); i++) {
            for (int k = list.start(i); k < list.end(i); k++) {
                double d = list.distance(k);
                if (d < reach) {
                    Species a = structure.species(list.atom(i));
                    Species b = structure.species(list.atom(list.neighbour(k)));
                    energy += 0.5 * energy(a, b, d);
                }
            }
        }
        return energy;
    }
}
