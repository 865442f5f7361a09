package org.glassmap.structures.calculations;

import java.time.OffsetDateTime;
import java.util.List;
import org.glassmap.contract.calculations.CalculationRecord;
import org.glassmap.contract.calculations.WaitingReason;
import org.glassmap.structures.contents.ContentId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Why a calculation does not run just now, in words. */
@Component
class WaitingReasons {

    private final JdbcClient database;
    private final CalculationRecords records;
    private final QueueProperties queue;

    WaitingReasons(JdbcClient database, CalculationRecords records, QueueProperties queue) {
        this.database = database;
        this.records = records;
        this.queue = queue;
    }

    WaitingReason reason(ContentId id) {
        CalculationRecord record = records.record(id);
        String reason = switch (record.state()) {
            case SUCCEEDED -> "it has ended, with a result";
            case FAILED -> "it has failed for good: " + record.failure();
            case CANCELLED -> "it was cancelled";
            case LEASED -> held(id, "%s holds it (%s); a sign of life is due by %s");
            case SUSPECT ->
                held(
                        id,
                        "%s holds it (%s) and has not been heard of since its lease ran out at %s; it may still"
                                + " be running. Requeue it if you know that it is not");
            case READY -> ready(id);
        };
        return new WaitingReason(record.id(), record.state(), reason);
    }

    private String held(ContentId id, String words) {
        return database.sql("""
                        SELECT agent.name, phase, lease_until FROM task
                        JOIN attempt USING (lease) JOIN agent ON agent.id = attempt.agent
                        WHERE task.calculation = :hash""")
                .param("hash", id.hash())
                .query((row, n) -> words.formatted(
                        row.getString("name"),
                        row.getString("phase"),
                        Times.written(row.getObject("lease_until", OffsetDateTime.class))))
                .optional()
                .orElse("it has just been given back");
    }

    private record Waiting(
            String engine, List<String> tags, int priority, long number, boolean paused, OffsetDateTime runAfter) {}

    private String ready(ContentId id) {
        return database.sql("""
                        SELECT engine, tags, priority, number, run_after > now() AS paused, run_after
                        FROM task WHERE calculation = :hash""")
                .param("hash", id.hash())
                .query((row, n) -> new Waiting(
                        row.getString("engine"),
                        List.of((String[]) row.getArray("tags").getArray()),
                        row.getInt("priority"),
                        row.getLong("number"),
                        row.getBoolean("paused"),
                        row.getObject("run_after", OffsetDateTime.class)))
                .optional()
                .map(this::ready)
                .orElse("it has just ended");
    }

    private String ready(Waiting task) {
        if (task.paused()) {
            return "an attempt failed; it is tried again after " + Times.written(task.runAfter());
        }
        List<Able> able = able(task);
        if (able.isEmpty()) {
            return "no agent has registered that runs '%s'%s"
                    .formatted(
                            task.engine(), task.tags().isEmpty() ? "" : " and carries one of the tags " + task.tags());
        }
        List<Able> heard = able.stream().filter(Able::heard).toList();
        if (heard.isEmpty()) {
            return "no agent that could run it is there; the last one heard of was %s, at %s"
                    .formatted(
                            able.getFirst().name(),
                            Times.written(able.getFirst().lastSeen()));
        }
        if (heard.stream().noneMatch(agent -> agent.breaker().equals("closed"))) {
            return "the breaker of %s is %s after too many failures"
                    .formatted(heard.getFirst().name(), heard.getFirst().breaker());
        }
        return "%d calculations are before it; its agents are busy".formatted(before(task));
    }

    private record Able(
            String name, String breaker, @Nullable OffsetDateTime lastSeen, boolean heard) {}

    private List<Able> able(Waiting task) {
        return database.sql("""
                        SELECT name, breaker, last_seen,
                            coalesce(last_seen > now() - make_interval(secs => :seconds), false) AS heard
                        FROM agent WHERE :engine = ANY(capabilities) AND (cardinality(CAST(:tags AS text[])) = 0 OR tags && CAST(:tags AS text[]))
                        ORDER BY last_seen DESC NULLS LAST""")
                .param("seconds", queue.leaseSeconds())
                .param("engine", task.engine())
                .param("tags", task.tags().toArray(String[]::new))
                .query((row, n) -> new Able(
                        row.getString("name"),
                        row.getString("breaker"),
                        row.getObject("last_seen", OffsetDateTime.class),
                        row.getBoolean("heard")))
                .list();
    }

    private long before(Waiting task) {
        return database.sql("""
                        SELECT count(*) FROM task WHERE state = 0 AND engine = :engine AND run_after <= now()
                            AND (priority > :priority OR priority = :priority AND number < :number)""")
                .param("engine", task.engine())
                .param("priority", task.priority())
                .param("number", task.number())
                .query(Long.class)
                .single();
    }
}
