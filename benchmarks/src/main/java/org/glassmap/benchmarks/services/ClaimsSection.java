package org.glassmap.benchmarks.services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.contract.access.NewToken;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.access.TokensApi;
import org.glassmap.contract.agents.AgentRequest;
import org.glassmap.contract.agents.AgentsApi;
import org.glassmap.contract.agents.ClaimRequest;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.support.clients.ClientProperties;
import org.glassmap.support.clients.Clients;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queue as agents see it: through the gateway, into a PostgreSQL that has every commit on the disk before it answers.
 * By the clock on the wall, for waiting is what it is about.
 */
public final class ClaimsSection implements Section {

    private static final int AGENTS = 4;
    private static final int AT_ONCE = 20;
    private static final String TAG = "benchmark";

    private final Clients clients = new Clients(
            JsonMapper.builder().build(), new ClientProperties(Duration.ofSeconds(60), Duration.ofMinutes(2)));

    @Override
    public String name() {
        return "claims";
    }

    @Override
    public String description() {
        return "calculations claimed and reported a second, over HTTP, on an embedded PostgreSQL";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        int rounds = Math.min(5, effort.rounds());
        int perRound = effort.size(400, AGENTS * AT_ONCE);
        double[] claimed = new double[rounds];
        double[] ended = new double[rounds];
        try (TemporaryInstallation glassmap = TemporaryInstallation.up(told);
                ExecutorService threads = Executors.newFixedThreadPool(AGENTS)) {
            List<String> agents = new ArrayList<>();
            AgentsApi api = clients.client(AgentsApi.class, glassmap.address(), agentToken(glassmap));
            for (int a = 0; a < AGENTS; a++) {
                agents.add(api.register(new AgentRequest("agent-" + a, List.of(TAG), List.of("vasp")))
                        .id());
            }
            for (int round = 0; round < rounds; round++) {
                submit(glassmap, round, perRound);
                List<Callable<Double>> work = new ArrayList<>();
                for (String agent : agents) {
                    String key = "round-" + round;
                    work.add(() -> claimedAndReported(api, agent, key, perRound / AGENTS));
                }
                long start = System.nanoTime();
                double claiming = slowest(threads, work);
                claimed[round] = perRound / claiming;
                ended[round] = perRound / (1e-9 * (System.nanoTime() - start));
            }
        }
        String size = "%d agents".formatted(AGENTS);
        return List.of(
                rate(
                        "calculations claimed, %d at once".formatted(AT_ONCE),
                        size,
                        claimed,
                        "a locked row each, one fsync a claim"),
                rate("claimed and reported, one by one", size, ended, "fsync: a commit for each report"));
    }

    private static Row rate(String what, String size, double[] perSecond, String limit) {
        double[] sorted = perSecond.clone();
        Arrays.sort(sorted);
        return new Row(what, size, sorted[sorted.length - 1], sorted[sorted.length / 2], "1/s", null, List.of(), limit);
    }

    private Supplier<String> agentToken(TemporaryInstallation glassmap) {
        TokensApi tokens = clients.client(TokensApi.class, glassmap.address(), glassmap::adminToken);
        NewToken wanted = new NewToken("benchmark", "of the benchmark", List.of(), Set.of(Scope.AGENT), null);
        String secret = Objects.requireNonNull(tokens.create(wanted).getBody()).secret();
        return () -> secret;
    }

    /** Calculations that nobody asked for before, for agents of the benchmark's tag alone. */
    private void submit(TemporaryInstallation glassmap, int round, int count) {
        MethodsApi methods = clients.client(MethodsApi.class, glassmap.address(), glassmap::adminToken);
        Map<String, Object> settings = Map.of(
                "incar",
                Map.of("ENCUT", 400 + round),
                "potcars",
                Map.of(
                        "Li", Map.of("title", "PAW_PBE Li_sv 10Sep2004"),
                        "S", Map.of("title", "PAW_PBE S 06Sep2000")));
        String method =
                methods.post(new MethodDocument("vasp", "static", settings)).id();
        StructuresApi structures = clients.client(StructuresApi.class, glassmap.address(), glassmap::adminToken);
        List<CalculationRequest> requests = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            // From the second round on the structures are known, and the method is new.
            requests.add(new CalculationRequest(structures.post(structure(k)).id(), method));
        }
        clients.client(CalculationsApi.class, glassmap.address(), glassmap::adminToken)
                .postBatch("round-" + round, new BatchRequest(requests, List.of(TAG), 0));
    }

    private static StructureDocument structure(int number) {
        double shift = 1e-3 * number;
        return new StructureDocument(
                List.of("Li", "S"), new double[][] {{4, 0, 0}, {0, 4, 0}, {0, 0, 4}}, null, new double[][] {
                    {0, 0, 0}, {2, 2, 2 + shift}
                });
    }

    /** @return seconds that the claims took */
    private static double claimedAndReported(AgentsApi api, String agent, String key, int count) {
        List<Lease> leases = new ArrayList<>();
        long start = System.nanoTime();
        for (int claim = 0; leases.size() < count; claim++) {
            ClaimRequest request =
                    new ClaimRequest(List.of(TAG), List.of("vasp"), Math.min(AT_ONCE, count - leases.size()), null);
            List<Lease> more = api.claim(agent, key + "-" + claim, request).leases();
            if (more.isEmpty()) {
                throw new IllegalStateException("there is nothing left to claim after " + leases.size());
            }
            leases.addAll(more);
        }
        double claimed = 1e-9 * (System.nanoTime() - start);
        for (Lease lease : leases) {
            LeaseReport.Step step =
                    new LeaseReport.Step(0, lease.structure(), -1, new double[2][3], new double[3][3], null);
            api.report(
                    agent,
                    lease.id(),
                    new LeaseReport("success", true, 1, List.of(step), null, null, List.of(), List.of()));
        }
        return claimed;
    }

    private static double slowest(ExecutorService threads, List<Callable<Double>> work) {
        double slowest = 0;
        try {
            for (Future<Double> done : threads.invokeAll(work)) {
                slowest = Math.max(slowest, done.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while agents work", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an agent failed", e.getCause());
        }
        return slowest;
    }
}
