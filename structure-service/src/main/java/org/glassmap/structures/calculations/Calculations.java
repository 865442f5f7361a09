package org.glassmap.structures.calculations;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Grants;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.contents.Owner;
import org.glassmap.structures.methods.MethodStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for calculations. What is known is not computed again; what another project has asked for is shared. */
@Component
class Calculations {

    private static final int MOST_PRIORITY = 1_000_000;

    private final JdbcClient database;
    private final Grants grants;
    private final MethodStore methods;
    private final Closing closing;

    Calculations(JdbcClient database, Grants grants, MethodStore methods, Closing closing) {
        this.database = database;
        this.grants = grants;
        this.methods = methods;
        this.closing = closing;
    }

    /**
     * The calculation of a structure by a method. Its id is the sha-256 of the line {@code glassmap-calculation-1} and
     * the ids of both on a line each.
     */
    static ContentId id(ContentId structure, ContentId method) {
        return ContentId.of(ContentKind.CALCULATION, "glassmap-calculation-1\n%s\n%s\n".formatted(structure, method));
    }

    /** The same as asked for by a project; one that does not share results has its own, its id on a third line. */
    static ContentId id(Owner owner, ContentId structure, ContentId method) {
        return owner.sharesResults()
                ? id(structure, method)
                : ContentId.of(
                        ContentKind.CALCULATION,
                        "glassmap-calculation-1\n%s\n%s\n%s\n".formatted(structure, method, owner.project()));
    }

    /** What is asked for, and for whom it may wait. */
    record Wish(List<CalculationRequest> calculations, List<String> tags, int priority) {
        Wish {
            if (Math.abs(priority) > MOST_PRIORITY) {
                throw new InvalidInputException(
                        "/priority", priority, "is out of range", "give −1000000 to 1000000; 0 is usual");
            }
        }
    }

    private record Asked(ContentId id, ContentId structure, ContentId method) {}

    /**
     * Asks for calculations, in the order given; pointers of failures are within {@code prefix}.
     *
     * @return their ids, as many as were asked for
     * @throws InvalidInputException naming the first that the project cannot ask for
     */
    @Transactional
    public List<ContentId> ask(Owner owner, Wish wish, String prefix) {
        List<Asked> asked = read(owner, wish.calculations(), prefix);
        requireSeen(owner.project(), asked, prefix);
        Map<String, String> engines = engines(asked, prefix);
        Map<String, Asked> byHash = new LinkedHashMap<>();
        asked.forEach(a -> byHash.putIfAbsent(a.id().hash(), a));
        insert(byHash.values());
        Map<String, String> states = lock(byHash.keySet());
        grants.give(owner, ContentKind.CALCULATION, byHash.keySet(), "post");
        want(owner.project(), byHash.keySet(), wish);
        List<Asked> open = new ArrayList<>();
        List<String> succeeded = new ArrayList<>();
        for (Asked a : byHash.values()) {
            switch (Known.of(states, a.id().hash())) {
                case "succeeded" -> succeeded.add(a.id().hash());
                case "cancelled" -> {
                    if (closing.reopen(a.id().hash())) {
                        open.add(a);
                    } else {
                        succeeded.add(a.id().hash());
                    }
                }
                case "open" -> open.add(a);
                default -> {} // failed for good: that is the answer
            }
        }
        enqueue(open, engines, wish);
        closing.shareResults(owner, succeeded);
        return asked.stream().map(Asked::id).toList();
    }

    private static List<Asked> read(Owner owner, List<CalculationRequest> requests, String prefix) {
        List<Asked> asked = new ArrayList<>(requests.size());
        for (int k = 0; k < requests.size(); k++) {
            CalculationRequest request = requests.get(k);
            String at = prefix.isEmpty() ? "" : prefix + "/" + k;
            ContentId structure = id(ContentKind.STRUCTURE, at + "/structure", request.structure());
            ContentId method = id(ContentKind.METHOD, at + "/method", request.method());
            asked.add(new Asked(id(owner, structure, method), structure, method));
        }
        return asked;
    }

    private static ContentId id(ContentKind kind, String pointer, @Nullable String text) {
        if (text == null) {
            throw new InvalidInputException(pointer, null, "is missing", "give the id of a " + kind.word());
        }
        return ContentId.read(kind, pointer, text);
    }

    private void requireSeen(String project, List<Asked> asked, String prefix) {
        Set<String> structures = grants.unseen(
                project,
                ContentKind.STRUCTURE,
                hashes(asked.stream().map(Asked::structure).toList()));
        Set<String> unseenMethods = grants.unseen(
                project,
                ContentKind.METHOD,
                hashes(asked.stream().map(Asked::method).toList()));
        for (int k = 0; k < asked.size(); k++) {
            String at = prefix.isEmpty() ? "" : prefix + "/" + k;
            if (structures.contains(asked.get(k).structure().hash())) {
                throw unseen(at + "/structure", asked.get(k).structure());
            }
            if (unseenMethods.contains(asked.get(k).method().hash())) {
                throw unseen(at + "/method", asked.get(k).method());
            }
        }
    }

    private static Set<String> hashes(Collection<ContentId> ids) {
        Set<String> hashes = new HashSet<>();
        ids.forEach(id -> hashes.add(id.hash()));
        return hashes;
    }

    private static InvalidInputException unseen(String pointer, ContentId id) {
        return new InvalidInputException(
                pointer,
                id,
                "is not in this project",
                "post the %s first".formatted(id.kind().word()));
    }

    /** Engine by hash of the method. */
    private Map<String, String> engines(List<Asked> asked, String prefix) {
        Map<String, String> engines = new LinkedHashMap<>();
        Map<String, MethodRecord> records =
                methods.records(hashes(asked.stream().map(Asked::method).toList()));
        for (int k = 0; k < asked.size(); k++) {
            String hash = asked.get(k).method().hash();
            String engine = Known.of(records, hash).engine();
            if (engine.equals("stated")) {
                throw new InvalidInputException(
                        (prefix.isEmpty() ? "" : prefix + "/" + k) + "/method",
                        asked.get(k).method(),
                        "states what was computed elsewhere, which nobody can compute here",
                        "give a method with an engine, potential or vasp");
            }
            engines.put(hash, engine);
        }
        return engines;
    }

    private void insert(Collection<Asked> asked) {
        List<Asked> sorted =
                asked.stream().sorted(Comparator.comparing(Asked::id)).toList();
        database.sql("""
                        INSERT INTO calculation (hash, structure, method)
                        SELECT * FROM unnest(:hashes, :structures, :methods) ON CONFLICT DO NOTHING""")
                .param("hashes", sorted.stream().map(a -> a.id().hash()).toArray(String[]::new))
                .param(
                        "structures",
                        sorted.stream().map(a -> a.structure().hash()).toArray(String[]::new))
                .param("methods", sorted.stream().map(a -> a.method().hash()).toArray(String[]::new))
                .update();
    }

    /**
     * Holds the rows until the transaction ends, so that none closes while it is asked for; a claim, which refers to
     * them, need not wait. State by hash.
     */
    private Map<String, String> lock(Set<String> hashes) {
        Map<String, String> states = new LinkedHashMap<>();
        database.sql("SELECT hash, state FROM calculation WHERE hash = ANY(:hashes) ORDER BY hash FOR NO KEY UPDATE")
                .param("hashes", hashes.toArray(String[]::new))
                .query((row, n) -> states.put(row.getString("hash"), row.getString("state")))
                .list();
        return states;
    }

    private void want(String project, Set<String> hashes, Wish wish) {
        database.sql("""
                        INSERT INTO calculation_request (calculation, project, tags, priority)
                        SELECT hash, :project, :tags, :priority FROM unnest(:hashes) AS asked (hash)
                        ON CONFLICT (calculation, project) DO UPDATE
                            SET withdrawn = NULL, tags = excluded.tags, priority = excluded.priority""")
                .param("project", project)
                .param("tags", wish.tags().toArray(String[]::new))
                .param("priority", wish.priority())
                .param("hashes", new TreeSet<>(hashes).toArray(String[]::new))
                .update();
    }

    /** Numbered as asked for, written in the order of the hash. What waits already waits with the higher priority, for the agents of either. */
    private void enqueue(List<Asked> open, Map<String, String> engines, Wish wish) {
        if (open.isEmpty()) {
            return;
        }
        database.sql("""
                        INSERT INTO task (number, calculation, engine, tags, priority, attempt)
                        SELECT number, hash, engine, :tags, :priority,
                            (SELECT count(*) FROM attempt WHERE attempt.calculation = hash)
                        FROM (SELECT nextval('task_number_seq') AS number, hash, engine
                            FROM unnest(:calculations, :engines) WITH ORDINALITY AS asked (hash, engine, place)
                            ORDER BY place) AS numbered
                        ORDER BY hash
                        ON CONFLICT (calculation) DO UPDATE SET
                            priority = greatest(task.priority, excluded.priority), cancel = false,
                            tags = CASE WHEN task.tags = '{}' OR excluded.tags = '{}' THEN '{}'
                                ELSE ARRAY(SELECT DISTINCT unnest(task.tags || excluded.tags) ORDER BY 1) END""")
                .param("tags", wish.tags().toArray(String[]::new))
                .param("priority", wish.priority())
                .param("calculations", open.stream().map(a -> a.id().hash()).toArray(String[]::new))
                .param(
                        "engines",
                        open.stream()
                                .map(a -> Known.of(engines, a.method().hash()))
                                .toArray(String[]::new))
                .update();
    }

    /**
     * A project wants a calculation no longer. Where no other does it is cancelled: at once if nobody has begun,
     * otherwise when the agent confirms that it has stopped.
     */
    @Transactional
    public void withdraw(String project, ContentId id) {
        String state = Known.of(lock(Set.of(id.hash())), id.hash());
        database.sql("""
                        UPDATE calculation_request SET withdrawn = now()
                        WHERE calculation = :hash AND project = :project AND withdrawn IS NULL""").param("hash", id.hash()).param("project", project).update();
        boolean wanted =
                database.sql("""
                        SELECT EXISTS (SELECT 1 FROM calculation_request
                            WHERE calculation = :hash AND withdrawn IS NULL)""").param("hash", id.hash()).query(Boolean.class).single();
        if (wanted || !state.equals("open")) {
            return;
        }
        boolean leased = database.sql("UPDATE task SET cancel = true WHERE calculation = :hash RETURNING state")
                .param("hash", id.hash())
                .query(Integer.class)
                .optional()
                .map(s -> s == 1)
                .orElse(false);
        if (!leased) {
            closing.cancelled(id.hash());
        }
    }

    /**
     * A person says that no run of this calculation is alive, or wants one that ended without a result to be tried
     * again. A result that came after a cancellation is taken then.
     *
     * @return false if there is nothing to be requeued: it is ready, or has succeeded
     */
    @Transactional
    public boolean requeue(String project, ContentId id, String reason) {
        return switch (Known.of(lock(Set.of(id.hash())), id.hash())) {
            case "open" -> closing.release(id.hash(), reason);
            case "failed", "cancelled" -> {
                if (closing.reopen(id.hash())) {
                    enqueueAgain(project, id);
                }
                yield true;
            }
            default -> false;
        };
    }

    /** As the project asked for it. */
    private void enqueueAgain(String project, ContentId id) {
        database.sql("""
                        UPDATE calculation_request SET withdrawn = NULL
                        WHERE calculation = :hash AND project = :project""").param("hash", id.hash()).param("project", project).update();
        database.sql("""
                        INSERT INTO task (calculation, engine, tags, priority, attempt)
                        SELECT calculation.hash, engine, tags, priority,
                            (SELECT count(*) FROM attempt WHERE attempt.calculation = calculation.hash)
                        FROM calculation
                        JOIN method ON method.hash = calculation.method
                        JOIN calculation_request ON calculation_request.calculation = calculation.hash
                        WHERE calculation.hash = :hash AND project = :project
                        ON CONFLICT DO NOTHING""").param("hash", id.hash()).param("project", project).update();
    }
}
