package org.glassmap.support.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.jobs.JobState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The rows of jobs and their events. */
final class JobStore {

    private static final String STATUS = "select id, kind, project, state, fraction, phase, seconds_left,"
            + " waiting_reason, cancel_wanted, failure, created from job ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    JobStore(JdbcClient jdbc, TransactionTemplate transaction, JsonMapper json) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
    }

    void insert(UUID id, String kind, String project) {
        jdbc.sql("insert into job (id, kind, project) values (?, ?, ?)")
                .params(id, kind, project)
                .update();
    }

    /** Takes the job for a new runner; empty where it has ended. */
    Optional<Job> take(UUID id) {
        return jdbc.sql("update job set epoch = epoch + 1, state = 'RUNNING', waiting_reason = null,"
                        + " started = coalesce(started, clock_timestamp())"
                        + " where id = ? and state in ('QUEUED', 'RUNNING') returning project, epoch")
                .param(id)
                .query((row, n) -> new Job(this, id, row.getString("project"), row.getLong("epoch")))
                .optional();
    }

    Optional<String> kind(UUID id) {
        return jdbc.sql("select kind from job where id = ?")
                .param(id)
                .query(String.class)
                .optional();
    }

    Optional<JobStatus> status(UUID id) {
        return jdbc.sql(STATUS + "where id = ?")
                .param(id)
                .query((row, n) -> status(row))
                .optional();
    }

    void wishCancel(UUID id) {
        jdbc.sql("update job set cancel_wanted = true where id = ? and state in ('QUEUED', 'RUNNING')")
                .param(id)
                .update();
    }

    boolean cancelWanted(UUID id) {
        return jdbc.sql("select cancel_wanted from job where id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    Optional<byte[]> checkpoint(UUID id) {
        return jdbc.sql("select checkpoint from job where id = ? and checkpoint is not null")
                .param(id)
                .query((row, n) -> row.getBytes("checkpoint"))
                .optional();
    }

    void checkpoint(UUID id, long epoch, byte[] bytes) {
        requireOne(
                id,
                epoch,
                jdbc.sql("update job set checkpoint = ? where id = ? and epoch = ? and state = 'RUNNING'")
                        .params(bytes, id, epoch)
                        .update());
    }

    void progress(UUID id, long epoch, JobProgress progress) {
        requireOne(
                id,
                epoch,
                jdbc.sql("update job set fraction = :fraction, phase = :phase, seconds_left = :left,"
                                + " waiting_reason = :reason where id = :id and epoch = :epoch and state = 'RUNNING'")
                        .param("fraction", progress.fraction())
                        .param("phase", progress.phase())
                        .param("left", progress.secondsLeft())
                        .param("reason", progress.waitingReason())
                        .param("id", id)
                        .param("epoch", epoch)
                        .update());
    }

    /** The job waits for something outside; it stays running. */
    void waiting(UUID id, String reason) {
        jdbc.sql("update job set waiting_reason = ? where id = ? and state = 'RUNNING'")
                .params(reason, id)
                .update();
    }

    void end(UUID id, long epoch, JobState state, @Nullable String failure) {
        inEpoch(id, epoch, () -> {
            jdbc.sql("update job set state = :state, failure = :failure, ended = clock_timestamp(),"
                            + " seconds_left = null, waiting_reason = null,"
                            + " fraction = case when :state = 'SUCCEEDED' then 1 else fraction end where id = :id")
                    .param("state", state.name())
                    .param("failure", failure)
                    .param("id", id)
                    .update();
            append(id, "ended", new Ended(state, failure));
            return state;
        });
    }

    void event(UUID id, long epoch, String kind, Object body) {
        inEpoch(id, epoch, () -> append(id, kind, body));
    }

    List<JobEvent> eventsAfter(UUID id, long number) {
        return jdbc.sql("select number, kind, body::text as body from job_event where job = ? and number > ?"
                        + " order by number limit 1000")
                .params(id, number)
                .query((row, n) -> new JobEvent(row.getLong("number"), row.getString("kind"), row.getString("body")))
                .list();
    }

    <T> T inEpoch(UUID id, long epoch, Supplier<T> work) {
        return transaction.execute(status -> {
            Optional<Long> held = jdbc.sql(
                            "select epoch from job where id = ? and epoch = ? and state = 'RUNNING' for update")
                    .params(id, epoch)
                    .query(Long.class)
                    .optional();
            if (held.isEmpty()) {
                throw new JobOvertakenException(id, epoch);
            }
            return work.get();
        });
    }

    private int append(UUID id, String kind, Object body) {
        return jdbc.sql("insert into job_event (job, number, kind, body) select :id,"
                        + " coalesce(max(number), 0) + 1, :kind, cast(:body as jsonb) from job_event where job = :id")
                .param("id", id)
                .param("kind", kind)
                .param("body", json.writeValueAsString(body))
                .update();
    }

    private static void requireOne(UUID id, long epoch, int rows) {
        if (rows == 0) {
            throw new JobOvertakenException(id, epoch);
        }
    }

    private static JobStatus status(ResultSet row) throws SQLException {
        double left = row.getDouble("seconds_left");
        @Nullable Double secondsLeft = row.wasNull() ? null : left;
        Instant created = row.getObject("created", OffsetDateTime.class).toInstant();
        return new JobStatus(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("project"),
                JobState.valueOf(row.getString("state")),
                new JobProgress(
                        row.getDouble("fraction"),
                        row.getString("phase"),
                        secondsLeft,
                        row.getString("waiting_reason")),
                row.getBoolean("cancel_wanted"),
                row.getString("failure"),
                created);
    }

    private record Ended(JobState state, @Nullable String failure) {}
}
