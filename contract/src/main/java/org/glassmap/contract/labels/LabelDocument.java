package org.glassmap.contract.labels;

import java.util.Map;
import org.glassmap.contract.structures.StructureDocument;
import org.jspecify.annotations.Nullable;

/**
 * A label to be posted, one JSON object a line.
 *
 * @param energy eV, of the whole cell
 * @param forces eV/Å, {@code [n][3]}; may be absent
 * @param stress eV/Å³, {@code [3][3]}, tension positive; may be absent
 * @param attributes free keys that travel with it, such as {@code config} and {@code group}
 */
public record LabelDocument(
        StructureDocument structure,
        double energy,
        double @Nullable [][] forces,
        double @Nullable [][] stress,
        @Nullable Map<String, String> attributes) {}
