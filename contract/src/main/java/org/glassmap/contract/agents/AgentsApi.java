package org.glassmap.contract.agents;

import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** The agent's side of the queue: it pulls, names what it holds, and reports. */
public interface AgentsApi {

    @PostExchange(url = "/v1/agents", contentType = "application/json", accept = "application/json")
    AgentRecord register(@RequestBody AgentRequest request);

    @GetExchange(url = "/v1/agents", accept = "application/json")
    List<AgentRecord> list();

    /** What the agent holds at present: a restarted agent whose journal is lost learns it here. */
    @GetExchange(url = "/v1/agents/{id}/leases", accept = "application/json")
    List<Lease> leases(@PathVariable String id);

    /** The same key answers with the same leases: a lost answer strands nothing. */
    @PostExchange(url = "/v1/agents/{id}/claims", contentType = "application/json", accept = "application/json")
    Claim claim(
            @PathVariable String id,
            @RequestHeader("Idempotency-Key") String idempotencyKey,
            @RequestBody ClaimRequest request);

    /**
     * A lease that was heard of as {@code queued} or {@code running} is never given to another agent because of silence;
     * one that is only {@code claimed} is, three beats after the last sign of life. So a lease is named as
     * {@code queued} or {@code running}, and the answer read, before its work begins.
     */
    @PostExchange(url = "/v1/agents/{id}/heartbeat", contentType = "application/json", accept = "application/json")
    HeartbeatAnswer heartbeat(@PathVariable String id, @RequestBody Heartbeat heartbeat);

    @PutExchange(url = "/v1/agents/{id}/reports/{lease}", contentType = "application/json", accept = "application/json")
    ReportAnswer report(@PathVariable String id, @PathVariable String lease, @RequestBody LeaseReport report);
}
