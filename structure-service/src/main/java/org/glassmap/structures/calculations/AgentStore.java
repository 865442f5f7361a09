package org.glassmap.structures.calculations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.agents.AgentRecord;
import org.glassmap.contract.agents.AgentRequest;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.problems.NothingThere;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Agents and their breakers. A breaker opens where an agent fails again and again for reasons of its own; after a pause
 * it may try one calculation, whose end decides.
 */
@Component
class AgentStore {

    private static final int LONGEST_NAME = 200;

    private final JdbcClient database;
    private final QueueProperties queue;

    AgentStore(JdbcClient database, QueueProperties queue) {
        this.database = database;
        this.queue = queue;
    }

    /** The same name of the same owner answers with the same agent. */
    @Transactional
    AgentRecord register(String owner, AgentRequest request) {
        requireName(request.name());
        String id = database.sql("""
                        INSERT INTO agent (id, owner, name, tags, capabilities, last_seen)
                        VALUES (:id, :owner, :name, :tags, :capabilities, now())
                        ON CONFLICT (owner, name) DO UPDATE
                            SET tags = excluded.tags, capabilities = excluded.capabilities, last_seen = now()
                        RETURNING id""")
                .param("id", MadeId.make("agent").toString())
                .param("owner", owner)
                .param("name", request.name())
                .param("tags", words("/tags", request.tags()).toArray(String[]::new))
                .param(
                        "capabilities",
                        words("/capabilities", request.capabilities()).toArray(String[]::new))
                .query(String.class)
                .single();
        return record(id);
    }

    private static void requireName(@Nullable String name) {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw new InvalidInputException("/name", name, "is missing or too long", "give 1 to 200 characters");
        }
    }

    /** Words that were given, none of them empty. */
    static List<String> words(String field, @Nullable List<@Nullable String> words) {
        List<String> checked = new ArrayList<>();
        for (String word : words == null ? List.<@Nullable String>of() : words) {
            if (word == null || word.isBlank() || word.length() > LONGEST_NAME) {
                throw new InvalidInputException(field, word, "holds what is no word", "give 1 to 200 characters each");
            }
            checked.add(word);
        }
        return checked;
    }

    List<AgentRecord> list() {
        return database.sql("SELECT * FROM agent ORDER BY id")
                .query((row, n) -> record(row))
                .list();
    }

    private AgentRecord record(String id) {
        return database.sql("SELECT * FROM agent WHERE id = :id")
                .param("id", id)
                .query((row, n) -> record(row))
                .single();
    }

    private AgentRecord record(ResultSet row) throws SQLException {
        return new AgentRecord(
                row.getString("id"),
                row.getString("name"),
                List.of((String[]) row.getArray("tags").getArray()),
                List.of((String[]) row.getArray("capabilities").getArray()),
                queue.beatSeconds(),
                Times.written(row.getObject("last_seen", OffsetDateTime.class)),
                row.getString("breaker"));
    }

    /**
     * Says that an agent is alive, and holds its row until the transaction ends: what one agent does comes in line.
     *
     * @throws NothingThere if the owner has no such agent
     */
    Seen seen(String owner, String agent) {
        return database.sql("""
                        UPDATE agent SET last_seen = now() WHERE id = :agent AND owner = :owner
                        RETURNING tags, capabilities, breaker,
                            breaker_since + make_interval(secs => :pause) <= now() AS probing""")
                .param("agent", agent)
                .param("owner", owner)
                .param("pause", queue.breakerPause().toMillis() / 1000.0)
                .query((row, n) -> new Seen(
                        List.of((String[]) row.getArray("tags").getArray()),
                        List.of((String[]) row.getArray("capabilities").getArray()),
                        row.getString("breaker"),
                        row.getBoolean("probing")))
                .optional()
                .orElseThrow(() -> new NothingThere("agent", agent));
    }

    /** @param probing an open breaker has been so long enough that one calculation may be tried */
    record Seen(List<String> tags, List<String> capabilities, String breaker, boolean probing) {}

    void halfOpen(String agent) {
        setBreaker(agent, "half-open");
    }

    /** Holds an agent's row until the transaction ends. */
    void hold(String agent) {
        database.sql("SELECT id FROM agent WHERE id = :agent FOR NO KEY UPDATE")
                .param("agent", agent)
                .query(String.class)
                .optional();
    }

    /** A calculation that this agent did has succeeded. */
    void succeeded(String agent) {
        database.sql("""
                        UPDATE agent SET breaker = 'closed', breaker_since = now()
                        WHERE id = :agent AND breaker <> 'closed'""").param("agent", agent).update();
    }

    /** An attempt of this agent has failed for a reason that may be the agent's. */
    void failed(String agent) {
        boolean opens = database.sql("""
                        SELECT agent.breaker = 'half-open' OR :failures <= (
                            SELECT count(*) FROM attempt
                            WHERE attempt.agent = agent.id
                              AND outcome IN ('retryable-infrastructure', 'retryable-code')
                              AND ended > greatest(breaker_since, now() - make_interval(secs => :window)))
                        FROM agent WHERE id = :agent AND breaker <> 'open'""")
                .param("failures", queue.breakerFailures())
                .param("window", queue.breakerWindow().toMillis() / 1000.0)
                .param("agent", agent)
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (opens) {
            setBreaker(agent, "open");
        }
    }

    private void setBreaker(String agent, String state) {
        database.sql("UPDATE agent SET breaker = :state, breaker_since = now() WHERE id = :agent")
                .param("state", state)
                .param("agent", agent)
                .update();
    }
}
