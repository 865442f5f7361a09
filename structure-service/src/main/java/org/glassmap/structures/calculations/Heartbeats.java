package org.glassmap.structures.calculations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glassmap.contract.agents.Heartbeat;
import org.glassmap.contract.agents.Heartbeat.HeldLease;
import org.glassmap.contract.agents.HeartbeatAnswer;
import org.glassmap.structures.contents.InvalidInputException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hears what agents hold, and tells them what to stop. */
@Component
class Heartbeats {

    private static final String CLAIMED = "claimed";
    private static final Set<String> PHASES = Set.of(CLAIMED, "queued", "running", "uploading");
    private static final int MOST_LEASES = 10_000;

    private final JdbcClient database;
    private final AgentStore agents;
    private final QueueProperties queue;

    Heartbeats(JdbcClient database, AgentStore agents, QueueProperties queue) {
        this.database = database;
        this.agents = agents;
        this.queue = queue;
    }

    /** @throws org.glassmap.support.problems.NothingThere if the owner has no such agent */
    @Transactional
    HeartbeatAnswer hear(String owner, String agent, Heartbeat heartbeat) {
        List<HeldLease> held = checked(heartbeat);
        agents.seen(owner, agent);
        lockInOrder(agent, held);
        Map<String, Boolean> current = renew(agent, held);
        Set<String> adopted = adopt(
                agent,
                held.stream()
                        .filter(lease -> !current.containsKey(lease.lease()))
                        .toList());
        Map<String, Standing> known = note(agent, held);
        List<String> renewed = new ArrayList<>();
        List<String> cancel = new ArrayList<>();
        List<String> revoked = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (HeldLease lease : held) {
            @Nullable Boolean cancelled = current.get(lease.lease());
            @Nullable Standing standing = known.get(lease.lease());
            List<String> told;
            if (cancelled != null) {
                told = cancelled ? cancel : renewed;
            } else if (adopted.contains(lease.lease())) {
                told = renewed;
            } else if (standing == null) {
                told = unknown;
            } else {
                told = standing.open() || standing.reported() ? revoked : cancel;
            }
            told.add(lease.lease());
        }
        return new HeartbeatAnswer(renewed, cancel, revoked, unknown);
    }

    private static List<HeldLease> checked(Heartbeat heartbeat) {
        List<HeldLease> leases = heartbeat.leases() == null ? List.of() : heartbeat.leases();
        if (leases.size() > MOST_LEASES) {
            throw new InvalidInputException("/leases", leases.size(), "names too many", "name at most " + MOST_LEASES);
        }
        for (int k = 0; k < leases.size(); k++) {
            if (!PHASES.contains(leases.get(k).phase())) {
                throw new InvalidInputException(
                        "/leases/%d/phase".formatted(k),
                        leases.get(k).phase(),
                        "is no phase",
                        "give one of claimed, queued, running, uploading");
            }
        }
        return leases;
    }

    private static boolean submitted(HeldLease lease) {
        return !lease.phase().equals(CLAIMED) || lease.schedulerJob() != null;
    }

    /** Tasks before attempts, each in the order of the calculation, as everywhere. */
    private void lockInOrder(String agent, List<HeldLease> held) {
        String[] leases = held.stream().map(HeldLease::lease).toArray(String[]::new);
        database.sql("""
                        SELECT calculation FROM task WHERE calculation IN (
                            SELECT calculation FROM attempt WHERE lease = ANY(:leases) AND agent = :agent)
                        ORDER BY calculation FOR UPDATE""")
                .param("leases", leases)
                .param("agent", agent)
                .query(String.class)
                .list();
        database.sql("""
                        SELECT lease FROM attempt WHERE lease = ANY(:leases) AND agent = :agent
                        ORDER BY calculation, lease FOR NO KEY UPDATE""")
                .param("leases", leases)
                .param("agent", agent)
                .query(String.class)
                .list();
    }

    /**
     * Renews leases that are current. Addressed by the lease alone: with the state in the condition, stale statistics
     * have been seen to choose another index (8631 pages instead of 12).
     *
     * @return whether each is to be cancelled
     */
    private Map<String, Boolean> renew(String agent, List<HeldLease> held) {
        Map<String, Boolean> cancelled = new HashMap<>();
        database.sql("""
                        UPDATE task SET lease_until = now() + make_interval(secs => :seconds),
                            submitted = task.submitted OR held.submitted
                        FROM unnest(:leases, :submitted) AS held (lease, submitted)
                        WHERE task.lease = held.lease AND task.agent = :agent RETURNING task.lease, task.cancel""")
                .param("seconds", queue.leaseSeconds())
                .param("leases", held.stream().map(HeldLease::lease).toArray(String[]::new))
                .param("submitted", held.stream().map(Heartbeats::submitted).toArray(Boolean[]::new))
                .param("agent", agent)
                .query((row, n) -> cancelled.put(row.getString("lease"), row.getBoolean("cancel")))
                .list();
        return cancelled;
    }

    private record Standing(boolean open, boolean reported) {}

    /** Notes phases on the attempts, and tells which of the leases were ever this agent's. */
    private Map<String, Standing> note(String agent, List<HeldLease> held) {
        Map<String, Standing> known = new HashMap<>();
        database.sql("""
                        UPDATE attempt SET phase = held.phase,
                            scheduler_job = coalesce(held.scheduler_job, attempt.scheduler_job),
                            step = coalesce(held.step, attempt.step), energy = coalesce(held.energy, attempt.energy)
                        FROM unnest(:leases, :phases, :jobs, :steps, :energies)
                                AS held (lease, phase, scheduler_job, step, energy), calculation
                        WHERE attempt.lease = held.lease AND attempt.agent = :agent
                          AND calculation.hash = attempt.calculation
                        RETURNING attempt.lease, calculation.state = 'open' AS open,
                            attempt.report IS NOT NULL AS reported""")
                .param("leases", held.stream().map(HeldLease::lease).toArray(String[]::new))
                .param("phases", held.stream().map(HeldLease::phase).toArray(String[]::new))
                .param("jobs", held.stream().map(HeldLease::schedulerJob).toArray(String[]::new))
                .param("steps", held.stream().map(HeldLease::step).toArray(Integer[]::new))
                .param("energies", held.stream().map(HeldLease::energy).toArray(Double[]::new))
                .param("agent", agent)
                .query((row, n) -> known.put(
                        row.getString("lease"), new Standing(row.getBoolean("open"), row.getBoolean("reported"))))
                .list();
        return known;
    }

    /**
     * Leases that were taken for lost and live after all. If nobody else has taken the calculation since, it goes on
     * under the same lease: to let another begin it now would be to run it twice.
     */
    private Set<String> adopt(String agent, List<HeldLease> held) {
        if (held.isEmpty()) {
            return Set.of();
        }
        List<String> adopted = database.sql("""
                        UPDATE task SET state = 1, lease = attempt.lease, agent = attempt.agent,
                            submitted = held.submitted, lease_until = now() + make_interval(secs => :seconds)
                        FROM unnest(:leases, :submitted) AS held (lease, submitted) JOIN attempt USING (lease)
                        WHERE attempt.agent = :agent AND attempt.outcome = 'lost'
                          AND task.calculation = attempt.calculation
                          AND task.state = 0 AND task.attempt = attempt.number
                        RETURNING task.lease""")
                .param("seconds", queue.leaseSeconds())
                .param("leases", held.stream().map(HeldLease::lease).toArray(String[]::new))
                .param("submitted", held.stream().map(Heartbeats::submitted).toArray(Boolean[]::new))
                .param("agent", agent)
                .query(String.class)
                .list();
        if (!adopted.isEmpty()) {
            database.sql("UPDATE attempt SET ended = NULL, outcome = NULL, message = NULL WHERE lease = ANY(:leases)")
                    .param("leases", adopted.toArray(String[]::new))
                    .update();
        }
        return Set.copyOf(adopted);
    }
}
