package org.glassmap.core.analysis;

import java.util.OptionalDouble;
import org.glassmap.core.atoms.Composition;

/**
 * A structure as a phase diagram sees it.
 *
 * @param id by which the caller finds it again
 * @param energy eV, of the whole composition
 * @param uncertainty eV, one standard deviation of the energy, where it is known
 */
public record PhaseEntry(String id, Composition composition, double energy, OptionalDouble uncertainty) {

    public PhaseEntry {
        if (composition.atoms() == 0) {
            throw new IllegalArgumentException("entry %s has no atoms".formatted(id));
        }
        if (!Double.isFinite(energy)) {
            throw new IllegalArgumentException("energy of %s must be finite, got %s eV".formatted(id, energy));
        }
        if (uncertainty.isPresent()
                && !(uncertainty.getAsDouble() >= 0 && Double.isFinite(uncertainty.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "uncertainty of %s must not be negative, got %s eV".formatted(id, uncertainty.getAsDouble()));
        }
    }

    public PhaseEntry(String id, Composition composition, double energy) {
        this(id, composition, energy, OptionalDouble.empty());
    }

    /** eV/atom. */
    public double energyPerAtom() {
        return energy / composition.atoms();
    }
}
