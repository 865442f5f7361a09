package org.glassmap.structures.calculations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.agents.AgentRequest;
import org.glassmap.contract.agents.AgentsApi;
import org.glassmap.contract.agents.ClaimRequest;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.structures.ServiceTest;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.identity.TokensForTests;
import org.junit.jupiter.api.Test;

/** A figure, not a limit: how fast one agent takes and finishes calculations over HTTP. */
class QueueRateTest extends ServiceTest {

    private static final int COUNT = 100;

    @Test
    void oneAgentTakesAndFinishesManyASecond() {
        String tag = UUID.randomUUID().toString();
        String method = vasp("static", Map.of("ENCUT", 400 + Math.random()));
        List<CalculationRequest> requests = IntStream.range(0, COUNT)
                .mapToObj(k -> new CalculationRequest(structure(0.001 * k), method))
                .toList();
        client(CalculationsApi.class).postBatch(tag, new BatchRequest(requests, List.of(tag), 0));
        AgentsApi agents =
                client(AgentsApi.class, TokensForTests.of(new Caller("agent-" + tag, null, Set.of(Scope.AGENT))));
        String agent = agents.register(new AgentRequest("fast", List.of(tag), List.of("vasp")))
                .id();
        List<Lease> leases = new ArrayList<>();
        long start = System.nanoTime();
        for (int k = 0; k < COUNT / 20; k++) {
            leases.addAll(agents.claim(agent, "k" + k, new ClaimRequest(List.of(), List.of(), 20, null))
                    .leases());
        }
        double claimed = (System.nanoTime() - start) / 1e9;
        for (Lease lease : leases) {
            agents.report(
                    agent,
                    lease.id(),
                    new LeaseReport(
                            "success",
                            true,
                            1,
                            List.of(new LeaseReport.Step(0, lease.structure(), 1, new double[2][3], null, null)),
                            null,
                            null,
                            List.of(),
                            List.of()));
        }
        double reported = (System.nanoTime() - start) / 1e9 - claimed;
        System.out.printf(
                "claims (20 at once): %.0f/s; reports: %.0f/s, one client over HTTP%n",
                COUNT / claimed, COUNT / reported);
        assertThat(leases).hasSize(COUNT);
    }
}
