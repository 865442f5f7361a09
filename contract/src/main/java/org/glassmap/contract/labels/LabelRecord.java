package org.glassmap.contract.labels;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One training datum: what a method says of a structure.
 *
 * @param id {@code label-<sha-256>} of structure, method, energy, forces and stress
 * @param energy eV, of the whole cell
 * @param forces eV/Å, {@code [n][3]}; absent where the source has none
 * @param stress eV/Å³, {@code [3][3]}, tension positive; absent where the source has none
 */
public record LabelRecord(
        String id,
        String structure,
        String method,
        double energy,
        double @Nullable [][] forces,
        double @Nullable [][] stress,
        List<LabelSource> sources) {

    /**
     * Where a label came from; one label may have several sources.
     *
     * @param calculation id; absent for an upload
     * @param step of a relaxation, from 0; absent for an upload
     * @param upload name of the posted file or archive entry; absent for a calculation
     * @param time RFC 3339
     */
    public record LabelSource(
            @Nullable String calculation,
            @Nullable Integer step,
            @Nullable String upload,
            String time,
            Map<String, String> attributes) {}
}
