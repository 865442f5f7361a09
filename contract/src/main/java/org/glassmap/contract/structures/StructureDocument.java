package org.glassmap.contract.structures;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A structure in full.
 *
 * @param species symbol of every atom, in order
 * @param lattice rows a, b, c, Å; absent in open space
 * @param periodic of the three directions; absent means all three where there is a lattice, none where there is not
 * @param positions Cartesian, Å, {@code [n][3]}; neither wrapped nor rounded
 */
public record StructureDocument(
        List<String> species, double @Nullable [][] lattice, boolean @Nullable [] periodic, double[][] positions) {}
