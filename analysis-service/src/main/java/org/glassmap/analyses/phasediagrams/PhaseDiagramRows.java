package org.glassmap.analyses.phasediagrams;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface PhaseDiagramRows extends Repository<PhaseDiagramRow, UUID> {

    PhaseDiagramRow saveAndFlush(PhaseDiagramRow row);

    Optional<PhaseDiagramRow> findByIdAndProject(UUID id, String project);

    Optional<PhaseDiagramRow> findByProjectAndIdempotencyKey(String project, String idempotencyKey);

    /** The newest first. */
    @Query(
            "select d from PhaseDiagramRow d where d.project = :project and d.id < :before order by d.id desc limit :most")
    List<PhaseDiagramRow> page(String project, UUID before, int most);
}
