package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * Both forms in which ASE (3.19 and later) writes atoms as JSON: {@code ase.io.jsonio.encode(atoms)}, which drops energy
 * and forces, and the rows of a JSON database, which {@code ase.io.write("….json")} makes, too, and which keep them.
 * Stress is ASE's (eV/Å³, tension positive), as six numbers xx yy zz yz xz xy or a matrix. Keys of a row become metadata.
 */
public final class AseJson {

    static final String FORMAT = "ASE JSON";

    private static final String ARRAY = "__ndarray__";

    private AseJson() {}

    /** @param in plain or compressed with gzip */
    public static FrameReader reader(InputStream in, ReadingLimits limits) {
        return new JsonFrames(in, limits, FORMAT, AseJson::parts, fields -> frame(fields, limits));
    }

    /** As {@link #reader(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static FrameReader reader(InputStream in) {
        return reader(in, ReadingLimits.DEFAULT);
    }

    /** The rows of a database in the order of its ids, the atoms of a list, or the atoms alone. */
    private static List<? extends @Nullable Object> parts(@Nullable Object text) {
        if (text instanceof List<?> many) {
            return many;
        }
        List<@Nullable Object> parts = new ArrayList<>();
        if (text instanceof Map<?, ?> map && map.get("ids") instanceof List<?> ids) {
            for (Object id : ids) {
                parts.add(
                        map.get(id instanceof Double number ? Long.toString(number.longValue()) : String.valueOf(id)));
            }
        } else {
            parts.add(text);
        }
        return parts;
    }

    private static Frame frame(JsonFields fields, ReadingLimits limits) {
        List<?> numbers = list(fields, "numbers");
        if (numbers.isEmpty() || numbers.size() > limits.atoms()) {
            throw JsonFields.fault(
                    fields.place(), "numbers", "must be 1 to %d".formatted(limits.atoms()), numbers.size());
        }
        List<Species> species = new ArrayList<>(numbers.size());
        for (Object number : numbers) {
            species.add(species(number, fields.place()));
        }
        double[] positions = fields.flat(list(fields, "positions"), "positions", 3 * species.size());
        Frame frame = Frame.of(Structure.of(cell(fields), species, positions));
        if (fields.has("energy")) {
            frame = frame.withEnergy(fields.number("energy"));
        }
        if (fields.has("forces")) {
            frame = frame.withForces(fields.flat(list(fields, "forces"), "forces", 3 * species.size()));
        }
        if (fields.has("stress")) {
            frame = frame.withStress(stress(fields));
        }
        return withKeys(frame, fields);
    }

    private static Species species(@Nullable Object number, Place place) {
        if (number instanceof Double value && value == Math.rint(value) && Math.abs(value) < 1000) {
            try {
                return Species.ofAtomicNumber(value.intValue());
            } catch (InvalidStructureException e) {
                throw FormatException.of(place, e);
            }
        }
        throw JsonFields.fault(place, "numbers", "must be atomic numbers", number);
    }

    private static Cell cell(JsonFields fields) {
        @Nullable Object given = fields.get("cell");
        // A database nests the array in an object of its own, and older ones write the rows bare.
        List<?> list = given instanceof Map<?, ?> map && map.containsKey("array")
                ? list(fields.object("cell"), "array")
                : list(fields, "cell");
        double[] rows = fields.flat(list, "cell", 9);
        boolean[] periodic =
                fields.has("pbc") ? fields.flags(list(fields, "pbc"), "pbc") : new boolean[] {true, true, true};
        boolean none = !periodic[0] && !periodic[1] && !periodic[2];
        for (double number : rows) {
            none = none && number == 0;
        }
        return none ? Cell.NONE : Cell.of(rows, periodic[0], periodic[1], periodic[2]);
    }

    /** A list, bare or as numpy's array. */
    private static List<?> list(JsonFields fields, String name) {
        if (fields.get(name) instanceof Map<?, ?>) {
            List<?> array = fields.object(name).list(ARRAY);
            if (array.size() == 3 && array.getLast() instanceof List<?> values) {
                return values;
            }
            throw JsonFields.fault(fields.place(), name, "must be an array: shape, kind and values", array.toString());
        }
        return fields.list(name);
    }

    private static double[] stress(JsonFields fields) {
        List<?> list = list(fields, "stress");
        boolean voigt = list.size() == 6;
        double[] given = fields.flat(list, "stress", voigt ? 6 : 9);
        return voigt
                ? new double[] {given[0], given[5], given[4], given[5], given[1], given[3], given[4], given[3], given[2]
                }
                : given;
    }

    private static Frame withKeys(Frame frame, JsonFields fields) {
        Frame with = frame;
        if (fields.get("key_value_pairs") instanceof Map<?, ?> pairs) {
            for (Map.Entry<?, ?> pair : pairs.entrySet()) {
                if (pair.getValue() instanceof String || pair.getValue() instanceof Double) {
                    with = with.withMetadata(String.valueOf(pair.getKey()), String.valueOf(pair.getValue()));
                }
            }
        }
        return with;
    }

    /** As {@code ase.io.jsonio.encode} writes atoms; {@code ase.io.jsonio.decode} reads it. */
    public static void write(Structure structure, Appendable out) throws IOException {
        int n = structure.size();
        out.append("{\"numbers\": {\"__ndarray__\": [[")
                .append(Integer.toString(n))
                .append("], \"int64\", [");
        for (int i = 0; i < n; i++) {
            out.append(i == 0 ? "" : ", ")
                    .append(Integer.toString(structure.species(i).atomicNumber()));
        }
        out.append("]]}, \"positions\": {\"__ndarray__\": [[")
                .append(Integer.toString(n))
                .append(", 3], \"float64\", ")
                .append(JsonNumbers.list(structure.positions()))
                .append("]}, \"cell\": {\"__ndarray__\": [[3, 3], \"float64\", ")
                .append(JsonNumbers.list(structure.cell().lattice()))
                .append("]}, \"pbc\": {\"__ndarray__\": [[3], \"bool\", ")
                .append(JsonNumbers.flags(structure.cell()))
                .append("]}, \"__ase_objtype__\": \"atoms\"}\n");
    }
}
