package org.glassmap.structures.calculations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.agents.AgentRequest;
import org.glassmap.contract.agents.AgentsApi;
import org.glassmap.contract.agents.Claim;
import org.glassmap.contract.agents.ClaimRequest;
import org.glassmap.contract.agents.Heartbeat;
import org.glassmap.contract.agents.HeartbeatAnswer;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.calculations.BatchRecord;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.calculations.CalculationRecord;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.calculations.CalculationState;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.contract.calculations.RequeueRequest;
import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.structures.ServiceTest;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Owner;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.identity.TokensForTests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue from both sides. Each test's work carries a tag of its own, so that tests do not claim each other's. */
class QueueTest extends ServiceTest {

    private static final double[][] NO_FORCES = {{0, 0, 0}, {0, 0, 0}};

    private final String tag = UUID.randomUUID().toString();
    private String method = "";

    @BeforeEach
    void method() {
        method = vasp("static", Map.of("ENCUT", 400 + Math.random()));
    }

    private CalculationsApi calculations() {
        return client(CalculationsApi.class);
    }

    private BatchRecord batch(List<CalculationRequest> requests, int priority) {
        return calculations()
                .postBatch(UUID.randomUUID().toString(), new BatchRequest(requests, List.of(tag), priority));
    }

    /** Ids of new calculations that wait. */
    private List<String> waiting(int count) {
        List<CalculationRequest> requests = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            requests.add(new CalculationRequest(structure(0.001 * k), method));
        }
        return ids(batch(requests, 0));
    }

    private List<String> ids(BatchRecord batch) {
        return calculations().batchCalculations(batch.id(), null, 1000).items().stream()
                .map(CalculationRecord::id)
                .toList();
    }

    private String one() {
        return waiting(1).getFirst();
    }

    private static CalculationRecord.CalculationResult resultOf(CalculationRecord record) {
        return Objects.requireNonNull(record.result(), "a result");
    }

    private CalculationRecord record(String calculation) {
        return calculations().get(calculation, null);
    }

    /** A worker as the service sees it. */
    private final class Agent {
        private final String owner;
        private final AgentsApi api;
        private final String id;

        Agent(String name) {
            this("agent-" + tag, name);
        }

        Agent(String owner, String name) {
            this.owner = owner;
            this.api = client(AgentsApi.class, token());
            this.id = api.register(new AgentRequest(name, List.of(tag), List.of("vasp")))
                    .id();
        }

        String token() {
            return TokensForTests.of(new Caller(owner, null, Set.of(Scope.AGENT)));
        }

        List<Lease> claim(int slots) {
            return claim(UUID.randomUUID().toString(), slots, null).leases();
        }

        Claim claim(String key, int slots, @Nullable Double wait) {
            return api.claim(id, key, new ClaimRequest(List.of(), List.of(), slots, wait));
        }

        Lease only() {
            return claim(10).getFirst();
        }

        HeartbeatAnswer beat(String phase, String... leases) {
            return api.heartbeat(
                    id,
                    new Heartbeat(Arrays.stream(leases)
                            .map(lease -> new Heartbeat.HeldLease(lease, phase, null, null, null))
                            .toList()));
        }

        String succeed(Lease lease, double energy) {
            return report(lease, success(lease, energy));
        }

        String fail(Lease lease, String outcome) {
            return report(
                    lease,
                    new LeaseReport(outcome, false, 0, List.of(), "test 1", "it went wrong", List.of(), List.of()));
        }

        String report(Lease lease, LeaseReport report) {
            return api.report(id, lease.id(), report).effect();
        }
    }

    private static LeaseReport success(Lease lease, double energy) {
        return new LeaseReport(
                "success",
                true,
                1,
                List.of(new LeaseReport.Step(
                        0,
                        lease.structure(),
                        energy,
                        NO_FORCES,
                        new double[][] {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
                        null)),
                "test 1",
                null,
                List.of(),
                List.of());
    }

    private void letExpire(Lease lease) {
        database.sql("UPDATE task SET lease_until = now() - interval '1 second' WHERE lease = :lease")
                .param("lease", lease.id())
                .update();
    }

    private void until(Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!holds.call()) {
            assertThat(System.nanoTime()).as("waited a minute").isLessThan(end);
            Thread.sleep(20);
        }
    }

    // The ordinary life of a calculation.

    @Test
    void aCalculationIsClaimedComputedAndKnownEverAfter() {
        String structure = structure(0);
        String calculation = one();
        assertThat(record(calculation).state()).isEqualTo(CalculationState.READY);
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        assertThat(lease.calculation()).isEqualTo(calculation);
        assertThat(lease.structureId()).isEqualTo(structure);
        assertThat(lease.structure().species()).containsExactly("Li", "S");
        assertThat(lease.method().id()).isEqualTo(method);
        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(record(calculation).state()).isEqualTo(CalculationState.LEASED);
        assertThat(agent.beat("running", lease.id()).renewed()).containsExactly(lease.id());
        assertThat(agent.succeed(lease, -7.25)).isEqualTo("accepted");
        CalculationRecord done = record(calculation);
        assertThat(done.state()).isEqualTo(CalculationState.SUCCEEDED);
        assertThat(resultOf(done).energy()).isEqualTo(-7.25);
        assertThat(resultOf(done).finalStructure()).isEqualTo(structure);
        assertThat(resultOf(done).labels()).hasSize(1);
        assertThat(calculations()
                        .post(new CalculationRequest(structure, method))
                        .state())
                .isEqualTo(CalculationState.SUCCEEDED);
        assertThat(agent.claim(10)).isEmpty();
    }

    /**
     * Golden. In Python:
     *
     * <pre>
     * import hashlib
     * c = "glassmap-calculation-1\nstructure-" + "a" * 64 + "\nmethod-" + "b" * 64 + "\n"
     * print(hashlib.sha256(c.encode()).hexdigest())
     * </pre>
     */
    @Test
    void theIdIsMadeOfStructureAndMethod() {
        var id = Calculations.id(
                new ContentId(ContentKind.STRUCTURE, "a".repeat(64)),
                new ContentId(ContentKind.METHOD, "b".repeat(64)));
        assertThat(id).hasToString("calculation-5b0d698a9cf4c5200cd36ac0528e044de67aacdaf7c2f0d919b82a955194c63a");
    }

    /**
     * <pre>
     * import hashlib
     * c = "glassmap-calculation-1\nstructure-" + "a" * 64 + "\nmethod-" + "b" * 64 + "\nproject-" + "0" * 32 + "\n"
     * print(hashlib.sha256(c.encode()).hexdigest())
     * </pre>
     */
    @Test
    void theIdInAProjectThatSharesNothingIsItsOwn() {
        ContentId structure = new ContentId(ContentKind.STRUCTURE, "a".repeat(64));
        ContentId method = new ContentId(ContentKind.METHOD, "b".repeat(64));
        String project = "project-" + "0".repeat(32);
        assertThat(Calculations.id(new Owner(project, "ada", true), structure, method))
                .isEqualTo(Calculations.id(structure, method));
        assertThat(Calculations.id(new Owner(project, "ada", false), structure, method))
                .hasToString("calculation-a1bede386b66a2d1c14ad8715e1bc072de8c57a38ab2bfce95ee8ad7993d7386");
    }

    @Test
    void whatOneProjectComputedIsKnownToOthersButToNoneThatSharesNothing() {
        String calculation = one();
        Agent agent = new Agent("a");
        agent.succeed(agent.only(), -3);

        String sharing = TokensForTests.of(
                new Caller("bob", TokensForTests.newProject(), Set.of(Scope.READ, Scope.WRITE), true));
        CalculationRecord shared = asksForTheSame(sharing);
        assertThat(shared.id()).isEqualTo(calculation);
        assertThat(shared.state()).isEqualTo(CalculationState.SUCCEEDED);

        String alone = TokensForTests.of(
                new Caller("eve", TokensForTests.newProject(), Set.of(Scope.READ, Scope.WRITE), false));
        CalculationRecord own = asksForTheSame(alone);
        assertThat(own.id()).isNotEqualTo(calculation);
        assertThat(own.state()).isEqualTo(CalculationState.READY);
        agent.succeed(agent.only(), -4);
        assertThat(resultOf(client(CalculationsApi.class, alone).get(own.id(), null))
                        .energy())
                .isEqualTo(-4);
        assertThat(resultOf(record(calculation)).energy()).isEqualTo(-3);
        assertThat(problem(() -> calculations().get(own.id(), null)).status()).isEqualTo(404);
    }

    /** The structure and the method of {@link #one}, posted by another project. */
    private CalculationRecord asksForTheSame(String token) {
        String theirs = client(StructuresApi.class, token).post(pair(0)).id();
        MethodRecord known = client(MethodsApi.class).get(method);
        String by = client(MethodsApi.class, token)
                .post(new MethodDocument(known.engine(), known.kind(), known.settings()))
                .id();
        CalculationsApi calculations = client(CalculationsApi.class, token);
        BatchRecord batch = calculations.postBatch(
                UUID.randomUUID().toString(),
                new BatchRequest(List.of(new CalculationRequest(theirs, by)), List.of(tag), 0));
        return calculations.batchCalculations(batch.id(), null, 1).items().getFirst();
    }

    @Test
    void higherPriorityGoesFirstThenWhatWaitsLonger() {
        String first = structure(0.001);
        String second = structure(0.002);
        String urgent = structure(0.003);
        batch(List.of(new CalculationRequest(first, method), new CalculationRequest(second, method)), 0);
        batch(List.of(new CalculationRequest(urgent, method)), 5);
        Agent agent = new Agent("a");
        assertThat(agent.claim(1)).extracting(Lease::structureId).containsExactly(urgent);
        assertThat(agent.claim(2)).extracting(Lease::structureId).containsExactly(first, second);
    }

    @Test
    void workWithATagWaitsForAnAgentThatCarriesIt() {
        String calculation = one();
        String foreign = TokensForTests.of(new Caller("other-" + tag, null, Set.of(Scope.AGENT)));
        AgentsApi other = client(AgentsApi.class, foreign);
        String id = other.register(new AgentRequest("other", List.of("elsewhere"), List.of("vasp")))
                .id();
        assertThat(other.claim(id, "k", new ClaimRequest(List.of(), List.of(), 10, null))
                        .leases())
                .noneMatch(lease -> lease.calculation().equals(calculation));
        assertThat(calculations().waitingReason(calculation).reason())
                .contains("no agent has registered")
                .contains(tag);
        Agent mine = new Agent("mine");
        assertThat(calculations().waitingReason(calculation).reason()).contains("busy");
        Lease lease = mine.only();
        assertThat(calculations().waitingReason(calculation).reason()).contains("mine holds it");
        mine.succeed(lease, 1);
        assertThat(calculations().waitingReason(calculation).reason()).contains("has ended");
    }

    @Test
    void theSameKeyAnswersWithTheSameLeases() {
        waiting(4);
        Agent agent = new Agent("a");
        List<Lease> first = agent.claim("key", 2, null).leases();
        assertThat(first).hasSize(2);
        assertThat(agent.claim("key", 2, null).leases())
                .extracting(Lease::id)
                .isEqualTo(first.stream().map(Lease::id).toList());
        assertThat(agent.claim("other", 10, null).leases()).hasSize(2);
    }

    @Test
    void aRestartedAgentLearnsWhatItHolds() {
        waiting(3);
        Agent agent = new Agent("a");
        List<Lease> held = agent.claim(3);
        Agent again = new Agent("a");
        assertThat(again.id).isEqualTo(agent.id);
        assertThat(again.api.leases(again.id))
                .extracting(Lease::id)
                .isEqualTo(held.stream().map(Lease::id).toList());
    }

    @Test
    void aClaimThatWaitsIsAnsweredWhenWorkComes() throws Exception {
        Agent agent = new Agent("a");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Claim> waits = threads.submit(() -> agent.claim("key", 1, 20.0));
            Thread.sleep(300);
            assertThat(waits.isDone()).isFalse();
            long start = System.nanoTime();
            String calculation = one();
            assertThat(waits.get().leases())
                    .singleElement()
                    .satisfies(lease -> assertThat(lease.calculation()).isEqualTo(calculation));
            assertThat((System.nanoTime() - start) / 1e9)
                    .as("seconds, of 20 it would wait")
                    .isLessThan(15);
        }
    }

    @Test
    void aBatchIsWaitedForAndEndsWithItsLastCalculation() throws Exception {
        List<CalculationRequest> requests = List.of(
                new CalculationRequest(structure(0.001), method), new CalculationRequest(structure(0.002), method));
        BatchRecord batch = batch(requests, 0);
        assertThat(batch.open()).isEqualTo(2);
        Agent agent = new Agent("a");
        List<Lease> leases = agent.claim(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<BatchRecord> waits = threads.submit(() -> calculations().batch(batch.id(), "25s"));
            agent.succeed(leases.get(0), 1);
            Thread.sleep(500);
            assertThat(waits.isDone()).isFalse();
            agent.fail(leases.get(1), "fatal-input");
            BatchRecord ended = waits.get();
            assertThat(ended.ended()).isTrue();
            assertThat(ended.succeeded()).isEqualTo(1);
            assertThat(ended.failed()).isEqualTo(1);
        }
        assertThat(calculations().batchCalculations(batch.id(), null, 1).next()).isNotNull();
    }

    @Test
    void aBatchsKeyMakesItOnceAndNeverAnother() {
        List<CalculationRequest> requests = List.of(new CalculationRequest(structure(0.001), method));
        BatchRecord first = calculations().postBatch("key", new BatchRequest(requests, List.of(tag), null));
        assertThat(calculations()
                        .postBatch("key", new BatchRequest(requests, List.of(tag), 0))
                        .id())
                .isEqualTo(first.id());
        var problem = problem(() -> calculations().postBatch("key", new BatchRequest(requests, List.of(), null)));
        assertThat(problem.is(RequestProblem.IDEMPOTENCY_KEY_REUSED)).isTrue();
    }

    @Test
    void aBatchNamesWhatItCannotAskFor() {
        String known = structure(0.001);
        String unseen = "structure-" + "0".repeat(64);
        var problem = problem(
                () -> batch(List.of(new CalculationRequest(known, method), new CalculationRequest(unseen, method)), 0));
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors().getFirst().pointer()).isEqualTo("/calculations/1/structure");
        String stated = stated("elsewhere");
        assertThat(problem(() -> batch(List.of(new CalculationRequest(known, stated)), 0))
                        .errors()
                        .getFirst()
                        .pointer())
                .isEqualTo("/calculations/0/method");
        assertThat(problem(() -> batch(List.of(), 0)).status()).isEqualTo(422);
    }

    // Silence.

    @Test
    void whatWasNeverBegunIsGivenToAnotherAtOnce() throws Exception {
        String calculation = one();
        Agent silent = new Agent("silent");
        Lease lost = silent.only();
        letExpire(lost);
        until(() -> record(calculation).state() == CalculationState.READY);
        Agent other = new Agent("other");
        Lease lease = other.only();
        assertThat(lease.attempt()).isEqualTo(2);
        assertThat(silent.beat("running", lost.id()).revoked()).containsExactly(lost.id());
        assertThat(calculations().attempts(calculation))
                .extracting(a -> a.outcome())
                .containsExactly("lost", null);
    }

    @Test
    void whatWasBegunIsSuspectButNobodyElsesUntilAPersonSaysSo() throws Exception {
        String calculation = one();
        Agent silent = new Agent("silent");
        Lease lost = silent.only();
        silent.beat("running", lost.id());
        letExpire(lost);
        assertThat(record(calculation).state()).isEqualTo(CalculationState.SUSPECT);
        Thread.sleep(500); // several sweeps
        Agent other = new Agent("other");
        assertThat(other.claim(10)).isEmpty();
        assertThat(calculations().waitingReason(calculation).reason()).contains("may still be running");
        calculations().requeue(calculation, new RequeueRequest("the machine burnt down"));
        assertThat(other.claim(10)).hasSize(1);
        assertThat(calculations().attempts(calculation).getFirst().message()).contains("burnt down");
        assertThat(problem(() -> calculations().requeue("calculation-" + "0".repeat(64), new RequeueRequest("x")))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aSuspectThatSpeaksAgainGoesOn() {
        String calculation = one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        agent.beat("running", lease.id());
        letExpire(lease);
        assertThat(agent.beat("running", lease.id()).renewed()).containsExactly(lease.id());
        assertThat(record(calculation).state()).isEqualTo(CalculationState.LEASED);
    }

    @Test
    void aLeaseTakenForLostLivesOnIfNobodyHasTakenItSince() throws Exception {
        String calculation = one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        letExpire(lease);
        until(() -> record(calculation).state() == CalculationState.READY);
        assertThat(agent.beat("running", lease.id()).renewed()).containsExactly(lease.id());
        assertThat(new Agent("b").claim(10)).isEmpty();
        assertThat(agent.succeed(lease, 1)).isEqualTo("accepted");
    }

    @Test
    void aLeaseThatWasNeverGivenIsUnknown() {
        one();
        Agent agent = new Agent("a");
        Lease others = agent.only();
        Agent thief = new Agent("thief-" + tag, "thief");
        assertThat(thief.beat("running", others.id(), "lease-" + "0".repeat(32)).unknown())
                .hasSize(2);
        assertThat(problem(() -> thief.succeed(others, 1)).status()).isEqualTo(404);
        assertThat(problem(() -> thief.api.leases(agent.id)).status()).isEqualTo(404);
        assertThat(problem(() -> thief.api.claim(agent.id, "k", new ClaimRequest(List.of(), List.of(), 1, null)))
                        .status())
                .isEqualTo(404);
    }

    // Late results: one test per cell of the design's table.

    @Test
    void openAndLeasedToMeAGoodResultIsAccepted() {
        String calculation = one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        assertThat(agent.succeed(lease, 1)).isEqualTo("accepted");
        assertThat(agent.succeed(lease, 1)).as("repeated").isEqualTo("accepted");
        assertThat(record(calculation).state()).isEqualTo(CalculationState.SUCCEEDED);
    }

    @Test
    void openAndReadyAgainALateResultIsAcceptedAndTheTaskRemoved() throws Exception {
        String calculation = one();
        Agent late = new Agent("late");
        Lease lease = late.only();
        letExpire(lease);
        until(() -> record(calculation).state() == CalculationState.READY);
        assertThat(late.succeed(lease, 1)).isEqualTo("accepted");
        assertThat(record(calculation).state()).isEqualTo(CalculationState.SUCCEEDED);
        assertThat(new Agent("other").claim(10)).isEmpty();
    }

    @Test
    void openAndLeasedToAnotherALateResultIsAcceptedAndTheOtherStops() throws Exception {
        String calculation = one();
        Agent late = new Agent("late");
        Lease lease = late.only();
        letExpire(lease);
        until(() -> record(calculation).state() == CalculationState.READY);
        Agent other = new Agent("other");
        Lease second = other.only();
        other.beat("running", second.id());
        assertThat(late.succeed(lease, 1)).isEqualTo("accepted");
        assertThat(other.beat("running", second.id()).cancel()).containsExactly(second.id());
        assertThat(other.fail(second, "cancelled")).isEqualTo("recorded");
        assertThat(record(calculation).state()).isEqualTo(CalculationState.SUCCEEDED);
    }

    @Test
    void closedALateResultIsKeptAsADuplicateAndCompared() throws Exception {
        String calculation = one();
        Agent late = new Agent("late");
        Lease lease = late.only();
        letExpire(lease);
        until(() -> record(calculation).state() == CalculationState.READY);
        Agent other = new Agent("other");
        assertThat(other.succeed(other.only(), 1)).isEqualTo("accepted");
        assertThat(late.succeed(lease, 1.5)).isEqualTo("duplicate");
        assertThat(resultOf(record(calculation)).energy()).isEqualTo(1);
        assertThat(database.sql("SELECT energy_difference FROM result WHERE lease = :lease")
                        .param("lease", lease.id())
                        .query(Double.class)
                        .single())
                .isEqualTo(0.5);
    }

    @Test
    void openALateErrorIsRecordedAndTheTaskUntouched() throws Exception {
        String calculation = one();
        Agent late = new Agent("late");
        Lease lease = late.only();
        letExpire(lease);
        until(() -> record(calculation).state() == CalculationState.READY);
        Agent other = new Agent("other");
        Lease second = other.only();
        assertThat(late.fail(lease, "fatal-input")).isEqualTo("recorded");
        assertThat(record(calculation).state()).isEqualTo(CalculationState.LEASED);
        assertThat(other.beat("running", second.id()).renewed()).containsExactly(second.id());
    }

    @Test
    void cancelledAGoodResultIsKeptAndTheUserMayTakeIt() throws Exception {
        String calculation = one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        letExpire(lease);
        until(() -> record(calculation).state() == CalculationState.READY);
        assertThat(calculations().cancel(calculation).state()).isEqualTo(CalculationState.CANCELLED);
        assertThat(agent.succeed(lease, 1)).isEqualTo("kept-cancelled");
        assertThat(record(calculation).state()).isEqualTo(CalculationState.CANCELLED);
        assertThat(record(calculation).result()).isNull();
        CalculationRecord taken = calculations().requeue(calculation, new RequeueRequest("wanted after all"));
        assertThat(taken.state()).isEqualTo(CalculationState.SUCCEEDED);
        assertThat(resultOf(taken).labels()).hasSize(1);
    }

    // Cancelling.

    @Test
    void aCancelIsAWishUntilTheAgentConfirms() {
        String calculation = one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        agent.beat("running", lease.id());
        assertThat(calculations().cancel(calculation).state()).isEqualTo(CalculationState.LEASED);
        assertThat(agent.beat("running", lease.id()).cancel()).containsExactly(lease.id());
        agent.fail(lease, "cancelled");
        assertThat(record(calculation).state()).isEqualTo(CalculationState.CANCELLED);
        assertThat(calculations()
                        .post(new CalculationRequest(record(calculation).structure(), method))
                        .state())
                .as("asked for again")
                .isEqualTo(CalculationState.READY);
        calculations().cancel(calculation); // it waits for any agent, also another test's
    }

    @Test
    void whatAnotherProjectWantsTooIsNotCancelled() {
        String calculation = one();
        ProjectId second = TokensForTests.newProject();
        String token = member(second);
        client(StructuresApi.class, token).post(pair(0));
        var mine = client(MethodsApi.class).get(method);
        client(MethodsApi.class, token).post(new MethodDocument(mine.engine(), mine.kind(), mine.settings()));
        CalculationsApi theirs = client(CalculationsApi.class, token);
        assertThat(problem(() -> theirs.get(calculation, null)).status()).isEqualTo(404);
        assertThat(problem(() -> theirs.cancel(calculation)).status()).isEqualTo(404);
        CalculationRecord shared =
                theirs.post(new CalculationRequest(record(calculation).structure(), method));
        assertThat(shared.id()).isEqualTo(calculation);
        assertThat(calculations().cancel(calculation).state()).isEqualTo(CalculationState.READY);
        assertThat(theirs.cancel(calculation).state()).isEqualTo(CalculationState.CANCELLED);
    }

    // Failing.

    @Test
    void anErrorOfTheCodeIsTriedAgainUntilItsBudgetIsSpent() throws Exception {
        String calculation = one();
        Agent agent = new Agent("a");
        for (int attempt = 1; attempt <= 5; attempt++) {
            List<Lease> leases = new ArrayList<>();
            until(() -> leases.addAll(agent.claim(1)));
            assertThat(leases.getFirst().attempt()).isEqualTo(attempt);
            assertThat(record(calculation).state()).isEqualTo(CalculationState.LEASED);
            assertThat(agent.fail(leases.getFirst(), "retryable-code")).isEqualTo("recorded");
        }
        CalculationRecord failed = record(calculation);
        assertThat(failed.state()).isEqualTo(CalculationState.FAILED);
        assertThat(failed.failure()).contains("5 attempts").contains("it went wrong");
        assertThat(failed.attempts()).isEqualTo(5);
        assertThat(calculations()
                        .requeue(calculation, new RequeueRequest("new binary"))
                        .state())
                .isEqualTo(CalculationState.READY);
    }

    @Test
    void whatGoesOnFromWhereItWasHasNoBudget() throws Exception {
        String calculation = one();
        Agent agent = new Agent("a");
        for (int attempt = 1; attempt <= 8; attempt++) {
            agent.fail(agent.only(), "continue");
        }
        assertThat(record(calculation).state()).isEqualTo(CalculationState.READY);
    }

    @Test
    void aBreakerOpensLetsOneThroughAndClosesWithASuccess() throws Exception {
        waiting(12);
        Agent agent = new Agent("a");
        for (Lease lease : agent.claim(10)) {
            agent.fail(lease, "retryable-infrastructure");
        }
        Claim denied = agent.claim("denied", 1, null);
        assertThat(denied.leases()).isEmpty();
        assertThat(denied.denied()).contains("breaker");
        assertThat(calculations().waitingReason(waiting(12).getLast()).reason()).contains("breaker");
        database.sql("UPDATE agent SET breaker_since = now() - interval '2 minutes' WHERE id = :id")
                .param("id", agent.id)
                .update();
        List<Lease> probe = agent.claim("probe", 10, null).leases();
        assertThat(probe).hasSize(1);
        assertThat(agent.claim("more", 10, null).denied()).isNotNull();
        agent.succeed(probe.getFirst(), 1);
        assertThat(agent.claim("all", 10, null).leases()).hasSizeGreaterThan(1);
    }

    @Test
    void aResultThatCannotBeIsRefusedByNameAndTheLeaseStays() {
        String calculation = one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        assertThat(problem(() -> agent.succeed(lease, Double.NaN))
                        .errors()
                        .getFirst()
                        .pointer())
                .isEqualTo("/steps/0/energy");
        assertThat(problem(() -> agent.report(
                                lease,
                                new LeaseReport("success", true, 1, List.of(), null, null, List.of(), List.of())))
                        .errors()
                        .getFirst()
                        .pointer())
                .isEqualTo("/steps");
        assertThat(problem(() -> agent.report(
                                lease,
                                new LeaseReport(
                                        "success",
                                        true,
                                        1,
                                        List.of(new LeaseReport.Step(0, pair(0.3), 1, NO_FORCES, null, null)),
                                        null,
                                        null,
                                        List.of(),
                                        List.of())))
                        .errors()
                        .getFirst()
                        .pointer())
                .isEqualTo("/steps/0/structure");
        assertThat(problem(() -> agent.fail(lease, "bored")).errors().getFirst().pointer())
                .isEqualTo("/outcome");
        assertThat(record(calculation).state()).isEqualTo(CalculationState.LEASED);
        assertThat(agent.succeed(lease, 1)).isEqualTo("accepted");
    }

    @Test
    void aRelaxationThatEndsInFusedAtomsHasFailed() {
        method = vasp("relax", Map.of("ENCUT", 400 + Math.random()));
        String calculation = one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        agent.report(
                lease,
                new LeaseReport(
                        "success",
                        true,
                        1,
                        List.of(
                                new LeaseReport.Step(7, pair(-1.99), 1, NO_FORCES, null, null),
                                new LeaseReport.Step(
                                        8,
                                        new StructureDocument(
                                                List.of("Li", "S"), pair(0).lattice(), null, new double[][] {
                                                    {0, 0, 0}, {0.1, 0, 0}
                                                }),
                                        1,
                                        NO_FORCES,
                                        null,
                                        null)),
                        null,
                        null,
                        List.of(),
                        List.of()));
        assertThat(record(calculation).state()).isEqualTo(CalculationState.FAILED);
        assertThat(record(calculation).failure()).contains("0.1000 Å");
    }

    @Test
    void theMethodSaysWhichStepsOfARelaxationBecomeLabels() {
        String every = method(
                "vasp",
                "relax",
                Map.of(
                        "labels", "every-2",
                        "incar", Map.of("ENCUT", 400 + Math.random()),
                        "potcars", Map.of("Li", Map.of("title", "PAW_PBE Li_sv 10Sep2004"))));
        method = every;
        String calculation = one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        List<LeaseReport.Step> steps = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            steps.add(new LeaseReport.Step(k, pair(0.01 * k), -k, NO_FORCES, null, null));
        }
        agent.report(lease, new LeaseReport("success", false, 6, steps, null, null, List.of(), List.of()));
        CalculationRecord done = record(calculation);
        assertThat(resultOf(done).labels()).hasSize(4); // steps 0, 2, 4 and the last
        assertThat(resultOf(done).energy()).isEqualTo(-5);
        assertThat(resultOf(done).converged()).isFalse();
        assertThat(client(StructuresApi.class)
                        .document(resultOf(done).finalStructure())
                        .positions()[1][0])
                .isEqualTo(2.05);
    }

    // Access.

    @Test
    void anAgentReadsWhatItsLeasesNameAndNothingElse() {
        String other = structure(0.3);
        one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        StructuresApi structures = client(StructuresApi.class, agent.token());
        assertThat(structures.document(lease.structureId()).species()).hasSize(2);
        assertThat(problem(() -> structures.document(other)).status()).isEqualTo(404);
        assertThat(problem(() -> structures.list(null, null, null, null)).status())
                .isEqualTo(403);
        assertThat(client(MethodsApi.class, agent.token()).get(method).id()).isEqualTo(method);
        assertThat(problem(() -> client(CalculationsApi.class, agent.token()).get(lease.calculation(), null))
                        .status())
                .isEqualTo(403);
        agent.succeed(lease, 1);
        assertThat(problem(() -> structures.document(lease.structureId())).status())
                .isEqualTo(404);
    }

    @Test
    void nobodyElseIsAnAgent() {
        assertThat(problem(() -> client(AgentsApi.class).register(new AgentRequest("x", List.of(), List.of())))
                        .status())
                .isEqualTo(403);
        assertThat(client(AgentsApi.class).list()).isNotNull();
    }

    // Speed and certainty.

    @Test
    void theSameReportSentManyTimesAtOnceIsTakenOnce() throws Exception {
        String calculation = one();
        Agent agent = new Agent("a");
        Lease lease = agent.only();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Callable<String>> reports = Collections.nCopies(6, () -> agent.succeed(lease, 1));
            for (Future<String> effect : threads.invokeAll(reports)) {
                assertThat(effect.get()).isEqualTo("accepted");
            }
        }
        assertThat(resultOf(record(calculation)).labels()).hasSize(1);
    }

    @Test
    void whoeverClaimsNothingIsClaimedTwice() throws Exception {
        int count = 600;
        List<CalculationRequest> requests = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            requests.add(new CalculationRequest(structure(0.001 * k), method));
        }
        batch(requests, 0);
        Set<String> claimed = ConcurrentHashMap.newKeySet();
        AtomicInteger given = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int t = 0; t < 8; t++) {
                Agent agent = new Agent("a" + t);
                done.add(threads.submit(() -> {
                    start.await();
                    for (List<Lease> leases = agent.claim(7); !leases.isEmpty(); leases = agent.claim(7)) {
                        leases.forEach(lease -> claimed.add(lease.calculation()));
                        given.addAndGet(leases.size());
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> thread : done) {
                thread.get();
            }
        }
        // A claim may pass over what another has locked and not taken; those are left for the next.
        given.addAndGet(new Agent("last")
                .claim(1000).stream()
                        .peek(l -> claimed.add(l.calculation()))
                        .toList()
                        .size());
        assertThat(claimed).hasSize(count);
        assertThat(given).hasValue(count);
    }

    /** Whatever happens side by side, rows are locked in one order: nobody waits for somebody who waits for him. */
    @Test
    void aBusyQueueNeverStandsStill() throws Exception {
        int count = 60;
        List<CalculationRequest> requests = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            requests.add(new CalculationRequest(structure(0.001 * k), method));
        }
        batch(requests, 0);
        List<Agent> agents = List.of(new Agent("a"), new Agent("b"), new Agent("c"));
        List<Lease> given = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean over = new AtomicBoolean();
        List<Callable<Integer>> work = new ArrayList<>();
        for (Agent agent : agents) {
            work.add(repeated(over, random -> given.addAll(agent.claim(5))));
            work.add(repeated(over, random -> {
                List<Lease> held = new ArrayList<>(agent.api.leases(agent.id));
                Collections.shuffle(held, random);
                agent.beat(
                        random.nextBoolean() ? "claimed" : "running",
                        held.stream().map(Lease::id).toArray(String[]::new));
            }));
            work.add(repeated(over, random -> {
                for (Lease lease : agent.api.leases(agent.id)) {
                    switch (random.nextInt(4)) {
                        case 0 -> agent.fail(lease, "continue");
                        case 1 -> letExpire(lease);
                        case 2 -> agent.succeed(lease, 1);
                        default -> agent.beat("running", lease.id());
                    }
                }
            }));
        }
        work.add(repeated(over, random -> {
            List<CalculationRequest> shuffled = new ArrayList<>(requests);
            Collections.shuffle(shuffled, random);
            batch(shuffled.subList(0, 20), random.nextInt(3));
        }));
        work.add(repeated(
                over,
                random -> calculations()
                        .cancel(Calculations.id(
                                        ContentId.read(
                                                ContentKind.STRUCTURE,
                                                "",
                                                requests.get(random.nextInt(count))
                                                        .structure()),
                                        ContentId.read(ContentKind.METHOD, "", method))
                                .toString())));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> done = work.stream().map(threads::submit).toList();
            Thread.sleep(4000);
            over.set(true);
            for (Future<Integer> thread : done) {
                assertThat(thread.get()).isPositive();
            }
        }
        // Everything still ends, once.
        calculations().postBatch("last-" + tag, new BatchRequest(requests, List.of(tag), 0));
        until(() -> {
            for (Agent agent : agents) {
                agent.claim(count);
                for (Lease lease : agent.api.leases(agent.id)) {
                    agent.succeed(lease, 1);
                }
            }
            return calculations()
                            .postBatch("last-" + tag, new BatchRequest(requests, List.of(tag), 0))
                            .succeeded()
                    == count;
        });
    }

    /** Something done again and again; what fails, fails the test. Answers how often. */
    private static Callable<Integer> repeated(AtomicBoolean over, Consumer<Random> what) {
        return () -> {
            Random random = new Random(what.hashCode());
            int times = 0;
            for (; !over.get() || times == 0; times++) {
                what.accept(random);
            }
            return times;
        };
    }
}
