package org.glassmap.contract.potentials;

import java.util.List;
import org.glassmap.contract.structures.StructureDocument;
import org.jspecify.annotations.Nullable;

/**
 * @param structures in full, or
 * @param structureIds by id; one of both is given
 */
public record PredictionRequest(
        @Nullable List<StructureDocument> structures,
        @Nullable List<String> structureIds) {}
