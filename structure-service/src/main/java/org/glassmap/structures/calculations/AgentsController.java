package org.glassmap.structures.calculations;

import java.time.Duration;
import java.util.List;
import org.glassmap.contract.agents.AgentRecord;
import org.glassmap.contract.agents.AgentRequest;
import org.glassmap.contract.agents.AgentsApi;
import org.glassmap.contract.agents.Claim;
import org.glassmap.contract.agents.ClaimRequest;
import org.glassmap.contract.agents.Heartbeat;
import org.glassmap.contract.agents.HeartbeatAnswer;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.agents.ReportAnswer;
import org.glassmap.support.identity.Caller;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AgentsController implements AgentsApi {

    private final AgentStore agents;
    private final Claims claims;
    private final Heartbeats heartbeats;
    private final Reports reports;
    private final Bell arrivals;
    private final Bell endings;

    AgentsController(
            AgentStore agents, Claims claims, Heartbeats heartbeats, Reports reports, Bell arrivals, Bell endings) {
        this.agents = agents;
        this.claims = claims;
        this.heartbeats = heartbeats;
        this.reports = reports;
        this.arrivals = arrivals;
        this.endings = endings;
    }

    private static String owner() {
        return Caller.current().user();
    }

    @Override
    public AgentRecord register(AgentRequest request) {
        return agents.register(owner(), request);
    }

    @Override
    public List<AgentRecord> list() {
        return agents.list();
    }

    @Override
    public List<Lease> leases(String id) {
        return claims.held(owner(), id);
    }

    @Override
    public Claim claim(String id, String idempotencyKey, ClaimRequest request) {
        Claims.check(request, idempotencyKey);
        String owner = owner();
        Double wait = request.waitSeconds();
        Duration patience = Duration.ofMillis(Math.round(1000 * (wait == null ? 0 : wait)));
        return claims.answer(arrivals.await(
                patience, () -> claims.claim(owner, id, idempotencyKey, request), Claims.Claimed::worthTelling));
    }

    @Override
    public HeartbeatAnswer heartbeat(String id, Heartbeat heartbeat) {
        return heartbeats.hear(owner(), id, heartbeat);
    }

    @Override
    public ReportAnswer report(String id, String lease, LeaseReport report) {
        String effect = reports.take(owner(), id, lease, report);
        endings.ring();
        if (effect.equals("recorded")) {
            arrivals.ring(); // it may be ready again
        }
        return new ReportAnswer(effect);
    }
}
