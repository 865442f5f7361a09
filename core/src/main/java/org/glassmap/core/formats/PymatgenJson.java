package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What pymatgen's {@code Structure.as_dict()} and {@code Molecule.as_dict()} hold (2023 and later), as JSON: one of them,
 * or a list of many. Cartesian positions are taken where they are given, so that a structure comes back to the bit;
 * oxidation states, spins and site properties are passed over, partial occupancy is refused.
 */
public final class PymatgenJson {

    static final String FORMAT = "pymatgen JSON";

    /** Å, by which a site's two positions may differ; they are printed with all digits. */
    private static final double SAME_PLACE = 1e-3;

    private PymatgenJson() {}

    /** @param in plain or compressed with gzip */
    public static FrameReader reader(InputStream in, ReadingLimits limits) {
        return new JsonFrames(in, limits, FORMAT, PymatgenJson::parts, fields -> Frame.of(structure(fields, limits)));
    }

    /** As {@link #reader(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static FrameReader reader(InputStream in) {
        return reader(in, ReadingLimits.DEFAULT);
    }

    private static List<? extends @Nullable Object> parts(@Nullable Object text) {
        if (text instanceof List<?> many) {
            return many;
        }
        List<@Nullable Object> one = new ArrayList<>();
        one.add(text);
        return one;
    }

    private static Structure structure(JsonFields fields, ReadingLimits limits) {
        List<?> sites = fields.list("sites");
        if (sites.isEmpty() || sites.size() > limits.atoms()) {
            throw JsonFields.fault(fields.place(), "sites", "must be 1 to %d".formatted(limits.atoms()), sites.size());
        }
        Cell cell = fields.has("lattice") ? cell(fields.object("lattice")) : Cell.NONE;
        List<Species> species = new ArrayList<>(sites.size());
        double[] positions = new double[3 * sites.size()];
        for (int i = 0; i < sites.size(); i++) {
            JsonFields site = JsonFields.of(sites.get(i), fields.place(), "sites[%d]".formatted(i));
            species.add(species(site));
            System.arraycopy(position(site, cell), 0, positions, 3 * i, 3);
        }
        return Structure.of(cell, species, positions);
    }

    private static Cell cell(JsonFields lattice) {
        double[] rows = lattice.numbers("matrix", 9);
        if (!lattice.has("pbc")) {
            return Cell.periodic(rows);
        }
        boolean[] periodic = lattice.flags(lattice.list("pbc"), "lattice.pbc");
        return Cell.of(rows, periodic[0], periodic[1], periodic[2]);
    }

    private static Species species(JsonFields site) {
        List<?> there = site.list("species");
        JsonFields only =
                JsonFields.of(there.isEmpty() ? null : there.getFirst(), site.place(), site.path() + ".species");
        if (there.size() != 1 || Math.abs(only.number("occu") - 1) > 1e-8) {
            throw new FormatException(
                    site.place(),
                    site.path() + ".species",
                    "is shared or partly empty",
                    there.toString(),
                    "choose one ordering: one species a site, with occupancy 1");
        }
        return Species.of(only.text("element"));
    }

    private static double[] position(JsonFields site, Cell cell) {
        if (!site.has("abc")) {
            return site.numbers("xyz", 3);
        }
        if (cell.equals(Cell.NONE)) {
            throw JsonFields.fault(site.place(), site.path() + ".abc", "needs a lattice", site.get("abc"));
        }
        double[] fractions = site.numbers("abc", 3);
        double[] position = fractions.clone();
        cell.toCartesian(position);
        if (!site.has("xyz")) {
            return position;
        }
        double[] given = site.numbers("xyz", 3);
        for (int k = 0; k < 3; k++) {
            if (!(Math.abs(given[k] - position[k]) < SAME_PLACE)) {
                throw new FormatException(
                        site.place(),
                        site.path() + ".xyz",
                        "is another place than abc",
                        "%s and %s".formatted(Arrays.toString(given), Arrays.toString(position)),
                        "leave one of the two out");
            }
        }
        return given;
    }

    /** Without oxidation states and properties; a structure in open space becomes a {@code Molecule}. */
    public static void write(Structure structure, Appendable out) throws IOException {
        Cell cell = structure.cell();
        boolean open = cell.equals(Cell.NONE);
        out.append("{\"@module\": \"pymatgen.core.structure\", \"@class\": \"")
                .append(open ? "Molecule" : "Structure")
                .append("\", \"charge\": 0");
        if (open) {
            out.append(", \"spin_multiplicity\": null");
        } else {
            out.append(", \"lattice\": {\"matrix\": ")
                    .append(JsonNumbers.rows(cell.lattice()))
                    .append(", \"pbc\": ")
                    .append(JsonNumbers.flags(cell))
                    .append("}");
        }
        out.append(", \"properties\": {}, \"sites\": [");
        double[] positions = structure.positions();
        for (int i = 0; i < structure.size(); i++) {
            double[] position = {positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]};
            String symbol = structure.species(i).symbol();
            out.append(i == 0 ? "" : ", ")
                    .append("{\"species\": [{\"element\": \"")
                    .append(symbol)
                    .append("\", \"occu\": 1}]");
            if (!open) {
                double[] fractions = position.clone();
                cell.toFractional(fractions);
                out.append(", \"abc\": ").append(JsonNumbers.list(fractions));
            }
            out.append(", \"xyz\": ").append(JsonNumbers.list(position)).append(", \"properties\": {}, \"label\": \"");
            out.append(symbol).append("\"}");
        }
        out.append("]}\n");
    }
}
