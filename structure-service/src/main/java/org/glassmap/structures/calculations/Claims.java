package org.glassmap.structures.calculations;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.glassmap.contract.agents.Claim;
import org.glassmap.contract.agents.ClaimRequest;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.core.atoms.Structure;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.methods.MethodStore;
import org.glassmap.structures.structures.StructureStore;
import org.glassmap.structures.structures.StructureWire;
import org.glassmap.support.ids.MadeId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives ready calculations into the hands of agents. */
@Component
class Claims {

    static final int MOST_SLOTS = 1000;

    /**
     * One statement. Each engine's part of the index is walked in order and what others hold is passed over; the rows
     * are then addressed through an array: {@code UPDATE … FROM (SELECT … LIMIT n)} under a generic plan walks the
     * primary key instead (193 ms against 4 ms at a million rows).
     */
    static final String CLAIM = """
            WITH picked AS MATERIALIZED (
                SELECT ARRAY(
                    SELECT ready.calculation
                    FROM unnest(CAST(:engines AS text[])) AS wanted (engine)
                    CROSS JOIN LATERAL (
                        SELECT calculation, priority, number FROM task
                        WHERE state = 0 AND task.engine = wanted.engine AND run_after <= now()
                          AND (tags = '{}' OR tags && CAST(:tags AS text[]))
                        ORDER BY priority DESC, number LIMIT :slots FOR UPDATE SKIP LOCKED) AS ready
                    ORDER BY ready.priority DESC, ready.number LIMIT :slots) AS calculations)
            UPDATE task SET state = 1, agent = :agent, attempt = attempt + 1, submitted = false,
                lease = (CAST(:leases AS text[]))[array_position((SELECT calculations FROM picked), calculation)],
                lease_until = now() + make_interval(secs => :seconds)
            WHERE calculation = ANY((SELECT calculations FROM picked)::text[])
            RETURNING calculation, lease, attempt""";

    private final JdbcClient database;
    private final AgentStore agents;
    private final StructureStore structures;
    private final MethodStore methods;
    private final QueueProperties queue;

    Claims(
            JdbcClient database,
            AgentStore agents,
            StructureStore structures,
            MethodStore methods,
            QueueProperties queue) {
        this.database = database;
        this.agents = agents;
        this.structures = structures;
        this.methods = methods;
        this.queue = queue;
    }

    /** What a claim came to. */
    record Claimed(List<String> leases, @Nullable String denied) {
        boolean worthTelling() {
            return !leases.isEmpty() || denied != null;
        }
    }

    static void check(ClaimRequest request, String key) {
        if (request.slots() < 1 || request.slots() > MOST_SLOTS) {
            throw new InvalidInputException("/slots", request.slots(), "is out of range", "give 1 to " + MOST_SLOTS);
        }
        Double wait = request.waitSeconds();
        if (wait != null && !(wait >= 0 && wait <= 25)) {
            throw new InvalidInputException("/waitSeconds", wait, "is out of range", "give 0 to 25");
        }
        if (key.isBlank() || key.length() > 200) {
            throw new InvalidInputException("Idempotency-Key", key, "is empty or too long", "give 1 to 200 characters");
        }
    }

    /**
     * Claims at most so many calculations at once; the same key answers with the same leases.
     *
     * @throws org.glassmap.support.problems.NothingThere if the owner has no such agent
     */
    @Transactional
    Claimed claim(String owner, String agent, String key, ClaimRequest request) {
        AgentStore.Seen seen = agents.seen(owner, agent);
        Optional<List<String>> before = answeredBefore(agent, key);
        if (before.isPresent()) {
            return new Claimed(before.get(), null);
        }
        int slots = request.slots();
        if (!seen.breaker().equals("closed")) {
            if (!seen.probing() || holdsAny(agent)) {
                return new Claimed(
                        List.of(),
                        "the breaker of this agent is %s after too many failures; it may try one calculation at a time, %s after the last"
                                .formatted(seen.breaker(), queue.breakerPause()));
            }
            agents.halfOpen(agent);
            slots = 1;
        }
        List<String> leases = claim(agent, seen, request, slots);
        if (!leases.isEmpty()) {
            database.sql("INSERT INTO claim (agent, key, leases) VALUES (:agent, :key, :leases)")
                    .param("agent", agent)
                    .param("key", key)
                    .param("leases", leases.toArray(String[]::new))
                    .update();
        }
        return new Claimed(leases, null);
    }

    private Optional<List<String>> answeredBefore(String agent, String key) {
        return database.sql("SELECT leases FROM claim WHERE agent = :agent AND key = :key")
                .param("agent", agent)
                .param("key", key)
                .query((row, n) -> List.of((String[]) row.getArray("leases").getArray()))
                .optional();
    }

    private boolean holdsAny(String agent) {
        return database.sql("SELECT EXISTS (SELECT 1 FROM attempt WHERE agent = :agent AND ended IS NULL)")
                .param("agent", agent)
                .query(Boolean.class)
                .single();
    }

    private record Taken(String calculation, String lease, int attempt) {}

    private List<String> claim(String agent, AgentStore.Seen seen, ClaimRequest request, int slots) {
        List<String> tags = AgentStore.words("/tags", request.tags());
        List<String> engines = AgentStore.words("/capabilities", request.capabilities());
        String[] leases = Stream.generate(() -> MadeId.make("lease").toString())
                .limit(slots)
                .sorted()
                .toArray(String[]::new);
        List<Taken> taken = database.sql(CLAIM)
                .param("engines", (engines.isEmpty() ? seen.capabilities() : engines).toArray(String[]::new))
                .param("tags", (tags.isEmpty() ? seen.tags() : tags).toArray(String[]::new))
                .param("slots", slots)
                .param("agent", agent)
                .param("leases", leases)
                .param("seconds", queue.leaseSeconds())
                .query((row, n) ->
                        new Taken(row.getString("calculation"), row.getString("lease"), row.getInt("attempt")))
                .list();
        if (taken.isEmpty()) {
            return List.of();
        }
        database.sql("""
                        INSERT INTO attempt (lease, calculation, number, agent)
                        SELECT lease, calculation, number, :agent
                        FROM unnest(:leases, :calculations, :numbers) AS taken (lease, calculation, number)""")
                .param("agent", agent)
                .param("leases", taken.stream().map(Taken::lease).toArray(String[]::new))
                .param("calculations", taken.stream().map(Taken::calculation).toArray(String[]::new))
                .param("numbers", taken.stream().map(Taken::attempt).toArray(Integer[]::new))
                .update();
        return Stream.of(leases)
                .filter(lease -> taken.stream().anyMatch(t -> t.lease().equals(lease)))
                .toList();
    }

    /**
     * The leases that an agent holds at present, in the order in which they were given: what it forgot when it was
     * restarted.
     *
     * @throws org.glassmap.support.problems.NothingThere if the owner has no such agent
     */
    @Transactional
    List<Lease> held(String owner, String agent) {
        agents.seen(owner, agent);
        return leases(
                database.sql("""
                        SELECT attempt.lease FROM attempt JOIN task USING (lease)
                        WHERE attempt.agent = :agent AND attempt.ended IS NULL ORDER BY attempt.lease""").param("agent", agent).query(String.class).list());
    }

    private record Row(
            String lease, String calculation, int attempt, String structure, String method, OffsetDateTime until) {}

    /** Leases in full, those that have not ended, in the order given. */
    List<Lease> leases(Collection<String> leases) {
        if (leases.isEmpty()) {
            return List.of();
        }
        List<Row> rows = database.sql("""
                        SELECT attempt.lease, attempt.calculation, attempt.number, structure, method, lease_until
                        FROM unnest(:leases) WITH ORDINALITY AS wanted (lease, place)
                        JOIN attempt USING (lease) JOIN task USING (lease)
                        JOIN calculation ON calculation.hash = attempt.calculation
                        ORDER BY place""")
                .param("leases", leases.toArray(String[]::new))
                .query((row, n) -> new Row(
                        row.getString("lease"),
                        row.getString("calculation"),
                        row.getInt("number"),
                        row.getString("structure"),
                        row.getString("method"),
                        row.getObject("lease_until", OffsetDateTime.class)))
                .list();
        Map<String, Structure> structuresByHash = structures.structures(
                rows.stream().map(Row::structure).distinct().toList());
        Map<String, MethodRecord> methodsByHash =
                methods.records(rows.stream().map(Row::method).distinct().toList());
        return rows.stream()
                .map(row -> new Lease(
                        row.lease(),
                        new ContentId(ContentKind.CALCULATION, row.calculation()).toString(),
                        row.attempt(),
                        new ContentId(ContentKind.STRUCTURE, row.structure()).toString(),
                        StructureWire.document(Known.of(structuresByHash, row.structure())),
                        Known.of(methodsByHash, row.method()),
                        Times.written(row.until())))
                .toList();
    }

    Claim answer(Claimed claimed) {
        return new Claim(leases(claimed.leases()), claimed.denied());
    }
}
