package org.glassmap.worker.engines;

import java.util.Arrays;
import java.util.List;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/** Structures between the wire and the core, digit for digit. */
public final class StructureWire {

    private StructureWire() {}

    /** @throws UnfitInputException if it is no structure */
    public static Structure structure(StructureDocument document) {
        try {
            List<Species> species = document.species().stream().map(Species::of).toList();
            return Structure.of(cell(document), species, flattened("positions", document.positions()));
        } catch (InvalidStructureException e) {
            throw new UnfitInputException(String.valueOf(e.getMessage()), e);
        }
    }

    public static StructureDocument document(Structure structure) {
        Cell cell = structure.cell();
        boolean lattice = cell.volume() > 0 || cell.anyPeriodic();
        return new StructureDocument(
                structure.species().stream().map(Species::symbol).toList(),
                lattice ? rows(cell.lattice()) : null,
                lattice ? new boolean[] {cell.periodic(0), cell.periodic(1), cell.periodic(2)} : null,
                rows(structure.positions()));
    }

    /** {@code [3n]} as {@code [n][3]}. */
    public static double[][] rows(double[] flat) {
        double[][] rows = new double[flat.length / 3][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, 3 * i, 3 * i + 3);
        }
        return rows;
    }

    private static Cell cell(StructureDocument document) {
        double[][] lattice = document.lattice();
        if (lattice == null) {
            return Cell.NONE;
        }
        boolean[] periodic = document.periodic() == null ? new boolean[] {true, true, true} : document.periodic();
        if (periodic.length != 3) {
            throw new UnfitInputException("periodic must name three directions, got " + periodic.length);
        }
        return Cell.of(flattened("lattice", lattice), periodic[0], periodic[1], periodic[2]);
    }

    private static double[] flattened(String name, double[][] rows) {
        double[] flat = new double[3 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != 3) {
                throw new UnfitInputException(
                        "%s must have 3 numbers a row, got %d in row %d".formatted(name, rows[i].length, i + 1));
            }
            System.arraycopy(rows[i], 0, flat, 3 * i, 3);
        }
        return flat;
    }
}
