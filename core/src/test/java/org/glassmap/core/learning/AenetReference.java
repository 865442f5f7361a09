package org.glassmap.core.learning;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The golden numbers of ænet 2.0.4, see {@code resources/aenet/README.md}. */
final class AenetReference {

    private AenetReference() {}

    static byte[] bytes(String path) {
        try (InputStream in = AenetReference.class.getResourceAsStream("/aenet/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource aenet/" + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    static JsonNode json(String path) {
        return new ObjectMapper().readTree(bytes(path));
    }

    /** The regular subset of XSF that the reference structures are written in. */
    static Structure structure(String path) {
        List<String> lines = text(path).lines().map(String::strip).toList();
        int lattice = lines.indexOf("PRIMVEC");
        int atoms = lattice >= 0 ? lines.indexOf("PRIMCOORD") + 2 : lines.indexOf("ATOMS") + 1;
        Cell cell = Cell.NONE;
        if (lattice >= 0) {
            double[] rows = new double[9];
            for (int k = 0; k < 9; k++) {
                rows[k] = Double.parseDouble(lines.get(lattice + 1 + k / 3).split("\\s+")[k % 3]);
            }
            cell = Cell.periodic(rows);
        }
        List<Species> species = new ArrayList<>();
        List<Double> positions = new ArrayList<>();
        for (int k = atoms; k < lines.size() && !lines.get(k).isEmpty(); k++) {
            String[] fields = lines.get(k).split("\\s+");
            species.add(Species.of(fields[0]));
            for (int axis = 1; axis <= 3; axis++) {
                positions.add(Double.parseDouble(fields[axis]));
            }
        }
        return Structure.of(
                cell,
                species,
                positions.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static WeightedChebyshev descriptor(JsonNode setup) {
        List<Species> environment = new ArrayList<>();
        setup.get("environment").forEach(s -> environment.add(Species.of(s.asString())));
        return new WeightedChebyshev(
                setup.get("radial_Rc").asDouble(),
                setup.get("radial_N").asInt(),
                setup.get("angular_Rc").asDouble(),
                setup.get("angular_N").asInt(),
                environment);
    }

    static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = array.get(k).asDouble();
        }
        return values;
    }
}
