package org.glassmap.worker.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.glassmap.contract.agents.AgentRecord;
import org.glassmap.contract.agents.AgentRequest;
import org.glassmap.contract.agents.AgentsApi;
import org.glassmap.contract.agents.Claim;
import org.glassmap.contract.agents.ClaimRequest;
import org.glassmap.worker.dispatch.Dispatchers;
import org.glassmap.worker.engines.Engine;
import org.glassmap.worker.ledger.LeaseFolder;
import org.glassmap.worker.ledger.Ledger;
import org.glassmap.worker.ledger.PendingClaim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls calculations from the queue, runs them, reports them. It can be killed at any moment: whatever it holds is in
 * its {@link Ledger} before anything starts, and the next start goes on from there.
 */
public final class Agent implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Agent.class);

    private static final double CLAIM_WAIT_SECONDS = 20;
    /** One report's commit is waited for while another's travels. */
    private static final int REPORTERS = 3;

    private static final Duration DENIED_PAUSE = Duration.ofSeconds(5);

    private final AgentSettings settings;
    private final Station station;
    private final Ledger ledger;
    private final Map<String, Engine> engines;
    private final Dispatchers dispatchers;
    private final Holdings holdings = new Holdings();
    private final BlockingQueue<HeldLease> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    public Agent(
            AgentSettings settings, AgentsApi queue, Ledger ledger, List<Engine> engines, Dispatchers dispatchers) {
        this.settings = settings;
        this.station = new Station(queue, ledger::mark);
        this.ledger = ledger;
        this.engines = new TreeMap<>();
        engines.forEach(engine -> this.engines.put(engine.name(), engine));
        this.dispatchers = dispatchers;
    }

    /** Returns at once; the agent registers when the queue answers. */
    public synchronized void start() {
        launch("claims", this::live);
    }

    /** Stops claiming, computing and beating. What runs outside lives on; what ran inside is run again after a start. */
    @Override
    public void close() {
        List<Thread> stopping;
        synchronized (this) {
            stopping = List.copyOf(threads);
            threads.clear();
        }
        stopping.forEach(Thread::interrupt);
        try {
            for (Thread thread : stopping) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leases in its hands. */
    public int held() {
        return holdings.size();
    }

    private synchronized void launch(String name, Runnable task) {
        threads.add(Thread.ofPlatform().name("agent-" + name).start(task));
    }

    private void live() {
        try {
            AgentRecord agent = registered();
            Reporter reporter = new Reporter(station, agent.id(), ledger, holdings);
            takeUp(reporter);
            Duration beat = Duration.ofMillis(Math.round(1000 * agent.beatSeconds()));
            launch("heart", new Heart(station, agent.id(), beat, holdings));
            for (int i = 1; i <= REPORTERS; i++) {
                launch("reports-" + i, reporter);
            }
            for (int i = 1; i <= settings.slots(); i++) {
                launch("slot-" + i, new Slot(engines, dispatchers, waiting, reporter::offer));
            }
            claimForEver(agent.id());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's directory cannot be read", e);
        }
    }

    /** A refusal is for a person to mend, and then it goes on: a name that another took, a token of another kind. */
    private AgentRecord registered() throws IOException, InterruptedException {
        while (true) {
            try {
                return register();
            } catch (Station.RefusedException e) {
                log.error("the queue refuses this agent: {}", e.getMessage());
                Thread.sleep(Station.LONGEST_PAUSE);
            }
        }
    }

    private AgentRecord register() throws IOException, InterruptedException, Station.RefusedException {
        AgentRequest request =
                new AgentRequest(ledger.name(settings.name()), settings.tags(), List.copyOf(engines.keySet()));
        AgentRecord agent = station.persistently("registering", queue -> queue.register(request));
        log.info(
                "registered as {} ({}), {} slots, engines {}",
                agent.id(),
                agent.name(),
                settings.slots(),
                engines.keySet());
        return agent;
    }

    /** What an earlier life left: ended ones are reported, the others adopted or run again under the same lease. */
    private void takeUp(Reporter reporter) throws IOException {
        List<LeaseFolder> left = ledger.held();
        for (LeaseFolder folder : left) {
            HeldLease lease = new HeldLease(folder, true);
            holdings.add(lease);
            if (folder.report().isPresent()) {
                reporter.offer(lease);
            } else {
                waiting.add(lease);
            }
        }
        if (!left.isEmpty()) {
            log.info("took up {} leases of an earlier life, {} of them to be run", left.size(), waiting.size());
        }
    }

    private void claimForEver(String agent) throws InterruptedException {
        while (true) {
            try {
                claim(agent);
            } catch (IOException e) { // a full disk: what was claimed is given again for the same key
                log.error("the agent's directory fails ({}); again in {} s", e, Slot.DISK_PAUSE.toSeconds());
                Thread.sleep(Slot.DISK_PAUSE);
            }
        }
    }

    private void claim(String agent) throws IOException, InterruptedException {
        PendingClaim claim = ledger.pendingClaim().orElse(null);
        if (claim == null) {
            int room = holdings.awaitRoom(settings.slots() + settings.ahead());
            claim = new PendingClaim(
                    UUID.randomUUID().toString(),
                    new ClaimRequest(settings.tags(), List.copyOf(engines.keySet()), room, CLAIM_WAIT_SECONDS));
            ledger.remember(claim);
        }
        take(claimed(agent, claim));
    }

    private Claim claimed(String agent, PendingClaim pending) throws InterruptedException {
        try {
            return station.persistently("claiming", queue -> queue.claim(agent, pending.key(), pending.request()));
        } catch (Station.RefusedException e) {
            log.error("the queue refuses the claim: {}", e.getMessage());
            return new Claim(List.of(), "refused: " + e.getMessage());
        }
    }

    private void take(Claim claim) throws IOException, InterruptedException {
        List<LeaseFolder> fresh = ledger.journal(claim.leases());
        for (LeaseFolder folder : fresh) {
            HeldLease lease = new HeldLease(folder, false);
            holdings.add(lease);
            waiting.add(lease);
        }
        if (claim.denied() != null) {
            log.warn("no claims for now: {}", claim.denied());
            Thread.sleep(DENIED_PAUSE);
        }
    }
}
