package org.glassmap.structures.calculations;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Watches the clock that decides leases. The database's clock is right for everybody, but it can be set, and while the
 * service or the database was away no agent could be heard. In both cases an agent's silence says nothing: every lease is
 * given its whole time anew, neither taken from who lives nor left for an hour with who is dead.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    /** More than a busy machine makes two readings, one after the other, differ. */
    private static final Duration STEP = Duration.ofSeconds(5);

    private final JdbcClient database;
    private final QueueProperties queue;
    private final LongSupplier nanos;
    private @Nullable Reading last;

    private record Reading(OffsetDateTime database, long nanos) {
        /** How far the database's clock was set between the two. */
        Duration stepSince(Reading before) {
            return Duration.between(before.database, database).minusNanos(nanos - before.nanos);
        }
    }

    /** @param nanos {@link System#nanoTime} */
    Patience(JdbcClient database, QueueProperties queue, LongSupplier nanos) {
        this.database = database;
        this.queue = queue;
        this.nanos = nanos;
    }

    /** Before anybody is taken for silent, in the same transaction. */
    void look() {
        Reading now = new Reading(
                database.sql("SELECT clock_timestamp()")
                        .query(OffsetDateTime.class)
                        .single(),
                nanos.getAsLong());
        Reading before = last;
        if (before == null) {
            beginAnew("it listens again");
        } else if (now.stepSince(before).abs().compareTo(STEP) > 0) {
            beginAnew("the database's clock was set by " + now.stepSince(before).toSeconds() + " s");
        }
        last = now;
    }

    /** Until the next look nobody listened: the database did not answer. */
    void interrupted() {
        last = null;
    }

    private void beginAnew(String why) {
        // Tasks in the order of their calculations, as everybody locks them.
        int leases = database.sql("""
                        WITH leased AS MATERIALIZED (
                            SELECT calculation FROM task WHERE state = 1 ORDER BY calculation FOR UPDATE)
                        UPDATE task SET lease_until = now() + make_interval(secs => :seconds)
                        FROM leased WHERE task.calculation = leased.calculation""").param("seconds", queue.leaseSeconds()).update();
        double longest = queue.pauseSeconds(Integer.MAX_VALUE);
        int pauses = database.sql("""
                        WITH paused AS MATERIALIZED (
                            SELECT calculation FROM task
                            WHERE state = 0 AND run_after > now() + make_interval(secs => :longest)
                            ORDER BY calculation FOR UPDATE)
                        UPDATE task SET run_after = now() + make_interval(secs => :longest)
                        FROM paused WHERE task.calculation = paused.calculation""").param("longest", longest).update();
        database.sql("UPDATE agent SET breaker_since = now() WHERE breaker_since > now()")
                .update();
        if (leases + pauses > 0) {
            LOG.info(
                    "{}: {} leases have their whole time anew, {} pauses are no longer than they may be",
                    why,
                    leases,
                    pauses);
        }
    }
}
