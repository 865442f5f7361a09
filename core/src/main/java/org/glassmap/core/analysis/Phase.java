package org.glassmap.core.analysis;

import java.util.List;
import java.util.OptionalDouble;
import org.glassmap.core.atoms.LinePosition;

/**
 * What a phase diagram says of one entry.
 *
 * @param x share of a in a(x) b(1−x)
 * @param formationEnergy eV/atom
 * @param formationEnergyPerUnit eV per formula unit a(x) b(1−x)
 * @param aboveHull eV/atom, never negative
 * @param aboveHullUncertainty eV/atom, one standard deviation with the hull's vertices kept and all errors
 *     independent; present where all the energies it is made of have one
 * @param stable whether it lies within the diagram's tolerance of the hull
 * @param vertex whether the hull has a corner at this entry
 * @param decomposition into the vertices on either side, one where there is a vertex at its composition
 */
public record Phase(
        PhaseEntry entry,
        LinePosition position,
        double x,
        double formationEnergy,
        double formationEnergyPerUnit,
        double aboveHull,
        OptionalDouble aboveHullUncertainty,
        boolean stable,
        boolean vertex,
        List<Product> decomposition) {

    public Phase {
        decomposition = List.copyOf(decomposition);
    }

    /** @param fraction in moles of formula units a(x) b(1−x); those of one decomposition sum to 1 */
    public record Product(PhaseEntry entry, double fraction) {}
}
