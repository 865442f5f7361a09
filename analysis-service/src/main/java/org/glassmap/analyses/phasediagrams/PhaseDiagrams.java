package org.glassmap.analyses.phasediagrams;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord;
import org.glassmap.contract.phasediagrams.PhaseDiagramRequest;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.core.analysis.Convention;
import org.glassmap.support.ids.IdempotencyKey;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** The phase diagrams of all projects: made once per idempotency key, kept for ever. */
@Service
class PhaseDiagrams {

    private static final String KIND = "phase-diagram";
    private static final UUID NEWEST = new UUID(-1L, -1L);

    private final PhaseDiagramRows rows;
    private final DiagramSources sources;
    private final JsonMapper json;
    private final Clock clock;

    PhaseDiagrams(PhaseDiagramRows rows, DiagramSources sources, JsonMapper json, Clock clock) {
        this.rows = rows;
        this.sources = sources;
        this.json = json;
        this.clock = clock;
    }

    /** No transaction is held while other services are asked. */
    PhaseDiagramRecord make(String given, PhaseDiagramRequest request, ProjectId project, String user) {
        Convention convention = checked(request);
        IdempotencyKey key = IdempotencyKey.of(given, request, json);
        Optional<PhaseDiagramRow> made = rows.findByProjectAndIdempotencyKey(project.value(), key.value());
        if (made.isPresent()) {
            return known(made.get(), key);
        }
        DiagramInput input = sources.gather(request, project, user);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        MadeId id = MadeId.make(KIND);
        PhaseDiagramRecord record = made(id, input, convention, request, now);
        try {
            rows.saveAndFlush(new PhaseDiagramRow(
                    id.uuid(),
                    project.value(),
                    user,
                    now,
                    key.value(),
                    key.bodyHash(),
                    record.levelOfTheory(),
                    record.digest(),
                    json.writeValueAsString(record)));
            return record;
        } catch (DataIntegrityViolationException another) { // asked twice at the same time: the first stands
            return known(
                    rows.findByProjectAndIdempotencyKey(project.value(), key.value())
                            .orElseThrow(() -> another),
                    key);
        }
    }

    PhaseDiagramRecord get(String id, ProjectId project) {
        return MadeId.uuidOf(KIND, id)
                .flatMap(uuid -> rows.findByIdAndProject(uuid, project.value()))
                .map(this::record)
                .orElseThrow(() -> ProblemException.of(RequestProblem.NOT_FOUND, "There is no " + id + " here."));
    }

    /** The newest first. */
    Page<PhaseDiagramRecord> page(ProjectId project, @Nullable String cursor, int limit) {
        UUID before = cursor == null
                ? NEWEST
                : MadeId.uuidOf(KIND, cursor)
                        .orElseThrow(() -> DiagramSources.invalid("/cursor", "no cursor of this listing"));
        List<PhaseDiagramRecord> found = rows.page(project.value(), before, limit + 1).stream()
                .map(this::record)
                .toList();
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), found.get(limit - 1).id());
    }

    private static PhaseDiagramRecord made(
            MadeId id, DiagramInput input, Convention convention, PhaseDiagramRequest request, Instant now) {
        try {
            return DiagramMaker.make(id.toString(), input, convention, request.title(), now.toString());
        } catch (IllegalArgumentException e) { // the labels do not span the line
            throw DiagramSources.invalid("", String.valueOf(e.getMessage()));
        }
    }

    private PhaseDiagramRecord known(PhaseDiagramRow row, IdempotencyKey key) {
        key.requireSameBody(new MadeId(KIND, row.getId()), row.requestHash());
        return record(row);
    }

    private PhaseDiagramRecord record(PhaseDiagramRow row) {
        return json.readValue(row.document(), PhaseDiagramRecord.class);
    }

    private static Convention checked(PhaseDiagramRequest request) {
        int given = (request.labels() == null ? 0 : 1)
                + (request.dataset() == null ? 0 : 1)
                + (request.campaign() == null ? 0 : 1);
        if (given != 1) {
            throw DiagramSources.invalid("", "give one of labels, dataset and campaign, not " + given);
        }
        return switch (request.convention() == null ? "extensive" : request.convention()) {
            case "extensive" -> Convention.EXTENSIVE;
            case "paper-chord" -> Convention.PAPER_CHORD;
            default ->
                throw DiagramSources.invalid(
                        "/convention",
                        "convention must be extensive or paper-chord, got '%s'".formatted(request.convention()));
        };
    }
}
