package org.glassmap.potentials.peers;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/** Structures as they come over the wire, made into the core's, bit for bit. */
public final class WireStructure {

    private WireStructure() {}

    /** @throws InvalidStructureException naming what cannot be */
    public static Structure read(StructureDocument document) {
        List<Species> species = new ArrayList<>();
        for (String symbol : present("species", document.species())) {
            species.add(Species.of(present("species", symbol)));
        }
        double[] positions = rows("positions", present("positions", document.positions()), species.size());
        return Structure.of(cell(document), species, positions);
    }

    private static Cell cell(StructureDocument document) {
        double @Nullable [][] lattice = document.lattice();
        boolean @Nullable [] periodic = document.periodic();
        if (periodic != null && periodic.length != 3) {
            throw new InvalidStructureException("periodic", "periodic must hold 3 flags, got " + periodic.length);
        }
        if (lattice == null) {
            if (periodic != null && (periodic[0] || periodic[1] || periodic[2])) {
                throw new InvalidStructureException("lattice", "a periodic direction needs a lattice; add lattice");
            }
            return Cell.NONE;
        }
        double[] rows = rows("lattice", lattice, 3);
        return periodic == null ? Cell.periodic(rows) : Cell.of(rows, periodic[0], periodic[1], periodic[2]);
    }

    private static double[] rows(String field, double[][] rows, int count) {
        if (rows.length != count) {
            throw new InvalidStructureException(
                    field, "%s must have %d rows, got %d".formatted(field, count, rows.length));
        }
        double[] flat = new double[3 * count];
        for (int row = 0; row < count; row++) {
            double @Nullable [] values = rows[row];
            if (values == null || values.length != 3) {
                throw new InvalidStructureException(
                        field,
                        "row %d of %s must have 3 numbers, got %s"
                                .formatted(row + 1, field, values == null ? "none" : values.length));
            }
            System.arraycopy(values, 0, flat, 3 * row, 3);
        }
        return flat;
    }

    /** What came over the wire may lack what the record promises. */
    private static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidStructureException(field, field + " is missing");
        }
        return value;
    }
}
