package org.glassmap.contract.provenance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a thing comes from, and what was made of it in the project.
 *
 * @param sources at most 1000
 * @param uses at most 1000
 */
public record ProvenanceRecord(String id, List<Edge> sources, List<Edge> uses) {

    /**
     * One edge.
     *
     * @param role what the other end is to this one: {@code structure}, {@code method}, {@code calculation},
     *     {@code label}, {@code dataset}, {@code final-structure}, {@code potential}, {@code file}, {@code upload}
     * @param id of the other end; absent for an upload, which is known by its name only
     * @param name of an upload or of a dataset's version; absent elsewhere
     * @param step of a calculation, from 0; absent elsewhere
     */
    public record Edge(
            String role,
            @Nullable String id,
            @Nullable String name,
            @Nullable Integer step) {}
}
