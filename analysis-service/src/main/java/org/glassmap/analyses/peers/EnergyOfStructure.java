package org.glassmap.analyses.peers;

import org.glassmap.core.atoms.Composition;
import org.jspecify.annotations.Nullable;

/**
 * A label as far as a phase diagram needs it.
 *
 * @param label id
 * @param structure id
 * @param energy eV, of the whole cell
 * @param calculation that made it; absent for an upload
 */
public record EnergyOfStructure(
        String label,
        String structure,
        Composition composition,
        double energy,
        @Nullable String calculation) {}
