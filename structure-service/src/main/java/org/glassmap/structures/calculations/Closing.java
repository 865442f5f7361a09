package org.glassmap.structures.calculations;

import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Grants;
import org.glassmap.structures.contents.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How a calculation ends, and how one that ended without a result is opened again. The caller begins the transaction and
 * holds the calculation's row. Rows are locked in one order everywhere: agent, calculation, task, attempt.
 */
@Component
class Closing {

    private final JdbcClient database;
    private final Grants grants;

    Closing(JdbcClient database, Grants grants) {
        this.database = database;
        this.grants = grants;
    }

    /** A result becomes the calculation's; all who asked see what it made. */
    void succeeded(String calculation, String lease) {
        record Made(String finalStructure, List<String> labels) {}
        Made made = database.sql("""
                        UPDATE result SET standing = 'accepted' WHERE lease = :lease
                        RETURNING final_structure, labels""")
                .param("lease", lease)
                .query((row, n) -> new Made(row.getString("final_structure"), List.of((String[])
                        row.getArray("labels").getArray())))
                .single();
        close(calculation, "succeeded", null);
        ContentId id = new ContentId(ContentKind.CALCULATION, calculation);
        grants.spread(id, ContentKind.STRUCTURE, newStructures(calculation, made.finalStructure(), made.labels()));
        grants.spread(id, ContentKind.LABEL, made.labels());
    }

    /** Those that the calculation made, without the one it began with, which all who asked see. */
    private List<String> newStructures(String calculation, String finalStructure, Collection<String> labels) {
        return database.sql("""
                        (SELECT structure FROM label WHERE hash = ANY(:labels) UNION SELECT :final)
                        EXCEPT SELECT structure FROM calculation WHERE hash = :calculation""")
                .param("labels", labels.toArray(String[]::new))
                .param("final", finalStructure)
                .param("calculation", calculation)
                .query(String.class)
                .list();
    }

    private List<String> structuresOf(Collection<String> labels) {
        return database.sql("SELECT DISTINCT structure FROM label WHERE hash = ANY(:labels)")
                .param("labels", labels.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    void failed(String calculation, String why) {
        close(calculation, "failed", why);
    }

    void cancelled(String calculation) {
        close(calculation, "cancelled", null);
    }

    private void close(String calculation, String state, @Nullable String failure) {
        database.sql("UPDATE calculation SET state = :state, failure = :failure, ended = now() WHERE hash = :hash")
                .param("state", state)
                .param("failure", failure, Types.VARCHAR)
                .param("hash", calculation)
                .update();
        database.sql("DELETE FROM task WHERE calculation = :hash")
                .param("hash", calculation)
                .update();
    }

    /**
     * Opens a calculation that failed or was cancelled. One whose result came too late has succeeded instead.
     *
     * @return whether it is to be computed
     */
    boolean reopen(String calculation) {
        Optional<String> kept =
                database.sql("""
                        SELECT lease FROM result WHERE calculation = :hash AND standing = 'kept'
                        ORDER BY made, lease LIMIT 1""").param("hash", calculation).query(String.class).optional();
        if (kept.isPresent()) {
            succeeded(calculation, kept.get());
            return false;
        }
        database.sql("""
                        UPDATE calculation SET state = 'open', failure = NULL, ended = NULL, code = 0, infrastructure = 0
                        WHERE hash = :hash""").param("hash", calculation).update();
        return true;
    }

    /**
     * Takes a calculation out of an agent's hands, on evidence that no run of it is alive.
     *
     * @return false if nobody holds it
     */
    boolean release(String calculation, String why) {
        Optional<String> lease = database.sql(
                        "SELECT lease FROM task WHERE calculation = :hash AND state = 1 FOR UPDATE")
                .param("hash", calculation)
                .query(String.class)
                .optional();
        if (lease.isEmpty()) {
            return false;
        }
        database.sql("""
                        UPDATE attempt SET ended = now(), outcome = :lost, message = :why
                        WHERE lease = :lease AND ended IS NULL""")
                .param("lost", Outcome.LOST)
                .param("why", why)
                .param("lease", lease.get())
                .update();
        ready(calculation, 0);
        return true;
    }

    /** Puts a calculation back into the queue, or ends it if nobody wants it any more. */
    void ready(String calculation, double pauseSeconds) {
        boolean cancel = database.sql("""
                        UPDATE task SET state = 0, lease = NULL, agent = NULL, lease_until = NULL, submitted = false,
                            run_after = now() + make_interval(secs => :pause)
                        WHERE calculation = :hash RETURNING cancel""")
                .param("pause", pauseSeconds)
                .param("hash", calculation)
                .query(Boolean.class)
                .single();
        if (cancel) {
            cancelled(calculation);
        }
    }

    /** Gives a project sight of what calculations have made. */
    void shareResults(Owner owner, Collection<String> calculations) {
        if (calculations.isEmpty()) {
            return;
        }
        record Made(String finalStructure, List<String> labels) {}
        List<Made> made = database.sql("""
                        SELECT final_structure, labels FROM result
                        WHERE calculation = ANY(:calculations) AND standing = 'accepted'""")
                .param("calculations", calculations.toArray(String[]::new))
                .query((row, n) -> new Made(row.getString("final_structure"), List.of((String[])
                        row.getArray("labels").getArray())))
                .list();
        List<String> labels = made.stream().flatMap(m -> m.labels().stream()).toList();
        Set<String> structures = new TreeSet<>(structuresOf(labels));
        made.forEach(m -> structures.add(m.finalStructure()));
        grants.give(owner, ContentKind.STRUCTURE, structures, "calculation");
        grants.give(owner, ContentKind.LABEL, labels, "calculation");
    }
}
