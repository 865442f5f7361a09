package org.glassmap.structures.calculations;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts back what an agent took and never began: it has fallen silent, and nothing can be running. What was begun stays
 * suspect until somebody knows that it is dead. Any number of replicas may sweep; one does at a time.
 */
@Component
class Sweeper {

    private static final long LOCK = 0x676c6173_73776570L; // "glasswep"
    private static final int AT_ONCE = 1000;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Closing closing;
    private final Bell arrivals;
    private final Bell endings;
    private final Patience patience;

    Sweeper(
            JdbcClient database,
            TransactionTemplate transaction,
            Closing closing,
            Bell arrivals,
            Bell endings,
            Patience patience) {
        this.database = database;
        this.transaction = transaction;
        this.closing = closing;
        this.arrivals = arrivals;
        this.endings = endings;
        this.patience = patience;
    }

    @Scheduled(fixedDelayString = "${glassmap.queue.sweep:1s}")
    void sweep() {
        Integer released;
        try {
            released = transaction.execute(status -> sweepOnce());
        } catch (RuntimeException e) {
            patience.interrupted();
            throw e;
        }
        if (released != null && released > 0) {
            arrivals.ring();
            endings.ring();
        }
    }

    private int sweepOnce() {
        boolean alone = database.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
        if (!alone) {
            return 0;
        }
        patience.look();
        // The rows of calculations first, as everybody locks them; what is held just now is looked at next time.
        List<String> silent =
                database.sql("""
                        SELECT calculation.hash FROM task JOIN calculation ON calculation.hash = task.calculation
                        WHERE task.state = 1 AND lease_until < now() AND NOT submitted
                        ORDER BY calculation.hash LIMIT :most FOR NO KEY UPDATE OF calculation SKIP LOCKED""").param("most", AT_ONCE).query(String.class).list();
        int released = 0;
        for (String calculation : silent) {
            if (stillSilent(calculation)) {
                closing.release(calculation, "the agent fell silent before it had begun");
                released++;
            }
        }
        database.sql("DELETE FROM claim WHERE made < now() - interval '30 days'")
                .update();
        return released;
    }

    /** A heartbeat may have come between, or is about to. */
    private boolean stillSilent(String calculation) {
        return database.sql("""
                        SELECT 1 FROM task WHERE calculation = :hash AND state = 1 AND lease_until < now()
                            AND NOT submitted FOR UPDATE SKIP LOCKED""")
                .param("hash", calculation)
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
