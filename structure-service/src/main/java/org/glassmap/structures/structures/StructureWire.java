package org.glassmap.structures.structures;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.structures.contents.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Between a structure and its form on the wire. */
public final class StructureWire {

    private StructureWire() {}

    public static StructureDocument document(Structure structure) {
        Cell cell = structure.cell();
        boolean open = cell.equals(Cell.NONE);
        return new StructureDocument(
                structure.species().stream().map(Species::symbol).toList(),
                open ? null : rows(cell.lattice()),
                open ? null : new boolean[] {cell.periodic(0), cell.periodic(1), cell.periodic(2)},
                rows(structure.positions()));
    }

    /**
     * The structure that a document says.
     *
     * @throws InvalidInputException naming the part that cannot be
     */
    public static Structure structure(StructureDocument document) {
        List<Species> species = species(document.species());
        double[] positions = numbers("/positions", document.positions(), species.size());
        try {
            return Structure.of(cell(document), species, positions);
        } catch (InvalidStructureException e) {
            throw invalid(e);
        }
    }

    /**
     * A structure that may be kept.
     *
     * @throws InvalidInputException naming the part that cannot be
     */
    public static Admitted admitted(StructureDocument document) {
        try {
            return Admitted.of(structure(document));
        } catch (InvalidStructureException e) {
            throw invalid(e);
        }
    }

    /** What the core says of a structure, said of a body. */
    static InvalidInputException invalid(InvalidStructureException e) {
        return new InvalidInputException(
                "/" + e.field(), null, String.valueOf(e.getMessage()), "correct the " + e.field());
    }

    private static Cell cell(StructureDocument document) {
        double @Nullable [][] lattice = document.lattice();
        boolean @Nullable [] periodic = document.periodic();
        if (periodic != null && periodic.length != 3) {
            throw new InvalidInputException(
                    "/periodic", periodic.length, "must have one flag per lattice vector", "give three flags");
        }
        if (lattice == null) {
            if (periodic != null && (periodic[0] || periodic[1] || periodic[2])) {
                throw new InvalidInputException(
                        "/periodic", true, "needs a lattice", "give the lattice, or leave out 'periodic'");
            }
            return Cell.NONE;
        }
        double[] rows = numbers("/lattice", lattice, 3);
        return periodic == null ? Cell.periodic(rows) : Cell.of(rows, periodic[0], periodic[1], periodic[2]);
    }

    private static List<Species> species(@Nullable List<@Nullable String> symbols) {
        if (symbols == null || symbols.isEmpty()) {
            throw new InvalidInputException(
                    "/species", null, "is missing", "name the element of every atom, at least one");
        }
        List<Species> species = new ArrayList<>(symbols.size());
        for (int i = 0; i < symbols.size(); i++) {
            String symbol = symbols.get(i);
            try {
                species.add(Species.of(symbol == null ? "" : symbol));
            } catch (InvalidStructureException e) {
                throw new InvalidInputException(
                        "/species/" + i, symbol, "is no element", "write symbols as in the periodic table: 'Li'");
            }
        }
        return species;
    }

    /**
     * Rows of three finite numbers, one after the other, {@code [3n]}.
     *
     * @throws InvalidInputException naming the row that is none
     */
    public static double[] numbers(String pointer, double @Nullable [] @Nullable [] rows, int count) {
        if (rows == null) {
            throw new InvalidInputException(pointer, null, "is missing", "give %d rows of 3 numbers".formatted(count));
        }
        if (rows.length != count) {
            throw new InvalidInputException(
                    pointer,
                    rows.length + " rows",
                    "has the wrong length",
                    "give %d rows of 3 numbers".formatted(count));
        }
        double[] numbers = new double[3 * count];
        for (int i = 0; i < count; i++) {
            double[] row = rows[i];
            if (row == null || row.length != 3) {
                throw new InvalidInputException(
                        pointer + "/" + i,
                        row == null ? null : row.length + " numbers",
                        "is not a row of 3 numbers",
                        "give x, y and z");
            }
            for (int axis = 0; axis < 3; axis++) {
                if (!Double.isFinite(row[axis])) {
                    throw new InvalidInputException(
                            pointer + "/" + i + "/" + axis, row[axis], "must be finite", "give a finite number");
                }
                numbers[3 * i + axis] = row[axis] + 0.0; // −0 becomes 0
            }
        }
        return numbers;
    }

    /** {@code [3n]} as {@code [n][3]}. */
    public static double[][] rows(double[] numbers) {
        double[][] rows = new double[numbers.length / 3][3];
        for (int k = 0; k < numbers.length; k++) {
            rows[k / 3][k % 3] = numbers[k];
        }
        return rows;
    }
}
