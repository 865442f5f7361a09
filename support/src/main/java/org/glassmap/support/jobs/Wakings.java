package org.glassmap.support.jobs;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The scheduler's own table, where its times cannot be what we wrote. */
final class Wakings {
    private static final Logger LOG = LoggerFactory.getLogger(Wakings.class);

    private final JdbcClient jdbc;

    Wakings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the database's time */
    static Instant now(JdbcClient jdbc) {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /**
     * Nobody can have beaten after now, so a beat that lies ahead was written before a clock went back (or on another
     * machine, from whose backup this database was made): such a runner would be taken for living until the clock has
     * caught up. It gets the usual patience from now on. The same with jobs that are to be woken.
     */
    void bringForward(Instant now) {
        OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
        int beats = jdbc.sql("update scheduled_tasks set last_heartbeat = :now where last_heartbeat > :now")
                .param("now", time)
                .update();
        int wakings = jdbc.sql("update scheduled_tasks set execution_time = :now where execution_time > :now")
                .param("now", time)
                .update();
        if (beats + wakings > 0) {
            LOG.info("brought forward {} beats and {} wakings that lay ahead of the clock", beats, wakings);
        }
    }
}
