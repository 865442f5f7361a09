package org.glassmap.contract.potentials;

import java.util.List;
import org.glassmap.contract.structures.StructureDocument;
import org.jspecify.annotations.Nullable;

/**
 * @param structures in full, or
 * @param structureIds by id; one of both is given
 * @param maximumGrade refuse structures with an atom graded above it; absent means none is refused
 * @param grades whether to give the grade of every atom
 */
public record PredictionRequest(
        @Nullable List<StructureDocument> structures,
        @Nullable List<String> structureIds,
        @Nullable Double maximumGrade,
        @Nullable Boolean grades) {

    public PredictionRequest(@Nullable List<StructureDocument> structures, @Nullable List<String> structureIds) {
        this(structures, structureIds, null, null);
    }
}
