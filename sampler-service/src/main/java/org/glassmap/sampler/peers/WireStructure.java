package org.glassmap.sampler.peers;

import java.util.List;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/** Structures between the wire and the core, bit for bit. */
final class WireStructure {

    private WireStructure() {}

    static StructureDocument document(Structure structure) {
        Cell cell = structure.cell();
        double[] flat = cell.lattice();
        double[][] lattice = new double[3][];
        double[][] positions = new double[structure.size()][];
        for (int vector = 0; vector < 3; vector++) {
            lattice[vector] = new double[] {flat[3 * vector], flat[3 * vector + 1], flat[3 * vector + 2]};
        }
        for (int i = 0; i < structure.size(); i++) {
            positions[i] = new double[] {structure.position(i, 0), structure.position(i, 1), structure.position(i, 2)};
        }
        boolean[] periodic = {cell.periodic(0), cell.periodic(1), cell.periodic(2)};
        List<String> species = structure.species().stream().map(Species::symbol).toList();
        return new StructureDocument(species, lattice, periodic, positions);
    }

    static Structure structure(StructureDocument document) {
        List<Species> species = document.species().stream().map(Species::of).toList();
        double[] positions = new double[3 * species.size()];
        for (int i = 0; i < species.size(); i++) {
            System.arraycopy(document.positions()[i], 0, positions, 3 * i, 3);
        }
        return Structure.of(cell(document.lattice(), document.periodic()), species, positions);
    }

    private static Cell cell(double @Nullable [][] lattice, boolean @Nullable [] periodic) {
        if (lattice == null) {
            return Cell.NONE;
        }
        double[] rows = new double[9];
        for (int vector = 0; vector < 3; vector++) {
            System.arraycopy(lattice[vector], 0, rows, 3 * vector, 3);
        }
        return periodic == null ? Cell.periodic(rows) : Cell.of(rows, periodic[0], periodic[1], periodic[2]);
    }
}
