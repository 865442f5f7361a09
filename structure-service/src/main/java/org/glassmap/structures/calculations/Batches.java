package org.glassmap.structures.calculations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.glassmap.contract.calculations.BatchRecord;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.structures.contents.CanonicalJson;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.contents.Owner;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.problems.NothingThere;
import org.glassmap.support.problems.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Calculations that are waited for together. */
@Component
class Batches {

    private static final int MOST_CALCULATIONS = 50_000;

    private final JdbcClient database;
    private final Calculations calculations;

    Batches(JdbcClient database, Calculations calculations) {
        this.database = database;
        this.calculations = calculations;
    }

    /**
     * Makes a batch, or finds the one that the same key made.
     *
     * @return its id
     * @throws ProblemException if the key made one of another body
     */
    @Transactional
    String make(Owner owner, String key, BatchRequest request) {
        check(key, request);
        String hash = bodyHash(request);
        String id = MadeId.make("batch").toString();
        int made = database.sql("""
                        INSERT INTO batch (id, project, maker, key, body_hash)
                        VALUES (:id, :project, :maker, :key, :hash) ON CONFLICT (project, key) DO NOTHING""")
                .param("id", id)
                .param("project", owner.project())
                .param("maker", owner.maker())
                .param("key", key)
                .param("hash", hash)
                .update();
        if (made == 0) {
            return before(owner.project(), key, hash);
        }
        Integer priority = request.priority();
        Calculations.Wish wish = new Calculations.Wish(
                request.calculations(), AgentStore.words("/tags", request.tags()), priority == null ? 0 : priority);
        List<ContentId> asked = calculations.ask(owner, wish, "/calculations");
        database.sql("""
                        INSERT INTO batch_calculation (batch, place, calculation)
                        SELECT :batch, place, calculation FROM unnest(:places, :calculations) AS asked (place, calculation)""")
                .param("batch", id)
                .param("places", IntStream.rangeClosed(1, asked.size()).boxed().toArray(Integer[]::new))
                .param("calculations", asked.stream().map(ContentId::hash).toArray(String[]::new))
                .update();
        return id;
    }

    private static void check(String key, BatchRequest request) {
        if (key.isBlank() || key.length() > 200) {
            throw new InvalidInputException("Idempotency-Key", key, "is empty or too long", "give 1 to 200 characters");
        }
        if (request.calculations() == null || request.calculations().isEmpty()) {
            throw new InvalidInputException("/calculations", null, "is empty", "name at least one calculation");
        }
        if (request.calculations().size() > MOST_CALCULATIONS) {
            throw new InvalidInputException(
                    "/calculations",
                    request.calculations().size() + " calculations",
                    "is too long",
                    "post at most %d at once".formatted(MOST_CALCULATIONS));
        }
    }

    private static String bodyHash(BatchRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "calculations",
                request.calculations().stream()
                        .map(c -> List.of(String.valueOf(c.structure()), String.valueOf(c.method())))
                        .toList());
        body.put("tags", request.tags() == null ? List.of() : request.tags());
        body.put("priority", request.priority() == null ? 0 : request.priority());
        return ContentId.of(ContentKind.CALCULATION, CanonicalJson.of(body)).hash();
    }

    private String before(String project, String key, String hash) {
        record Before(String id, String hash) {}
        Before before = database.sql("SELECT id, body_hash FROM batch WHERE project = :project AND key = :key")
                .param("project", project)
                .param("key", key)
                .query((row, n) -> new Before(row.getString("id"), row.getString("body_hash")))
                .single();
        if (!before.hash().equals(hash)) {
            throw ProblemException.of(
                    RequestProblem.IDEMPOTENCY_KEY_REUSED,
                    "This key made %s of another body; use a new key for new work.".formatted(before.id()));
        }
        return before.id();
    }

    /**
     * Whether nothing of a batch is open. Asked often while somebody waits: it looks from the side of what is not done,
     * which becomes less and less.
     */
    boolean ended(String id) {
        return database.sql("""
                        SELECT NOT EXISTS (
                            SELECT 1 FROM task JOIN batch_calculation USING (calculation) WHERE batch = :id)""").param("id", id).query(Boolean.class).single();
    }

    /**
     * How a batch stands.
     *
     * @throws NothingThere if the project has no such batch
     */
    BatchRecord record(String project, String id) {
        return database.sql("""
                        SELECT count(calculation.hash) AS calculations,
                            count(*) FILTER (WHERE state = 'open') AS open,
                            count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
                            count(*) FILTER (WHERE state = 'failed') AS failed,
                            count(*) FILTER (WHERE state = 'cancelled') AS cancelled
                        FROM batch JOIN batch_calculation ON batch_calculation.batch = batch.id
                            JOIN calculation ON calculation.hash = batch_calculation.calculation
                        WHERE batch.id = :id AND project = :project GROUP BY batch.id""")
                .param("id", id)
                .param("project", project)
                .query((row, n) -> new BatchRecord(
                        id,
                        row.getInt("calculations"),
                        row.getInt("open"),
                        row.getInt("succeeded"),
                        row.getInt("failed"),
                        row.getInt("cancelled")))
                .optional()
                .orElseThrow(() -> new NothingThere("batch", id));
    }
}
