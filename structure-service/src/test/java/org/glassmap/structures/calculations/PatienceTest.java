package org.glassmap.structures.calculations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.agents.AgentRequest;
import org.glassmap.contract.agents.AgentsApi;
import org.glassmap.contract.agents.ClaimRequest;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.structures.ServiceTest;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.identity.TokensForTests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The clock of the test's database stays as it is; what moves is the steady one beside it, which is the same to who
 * compares the two. Everything happens in one transaction that is rolled back, so that the service's own sweeper sees
 * nothing of it.
 */
class PatienceTest extends ServiceTest {

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private QueueProperties queue;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aClockSetForwardTakesNoLeaseFromWhoLives() {
        rolledBack((patience, calculation) -> {
            patience.look();
            // an hour later by the database's clock, a second later by the steady one
            set(calculation, "now() - interval '1 hour' + interval '40 seconds'");
            nanos.addAndGet(-Duration.ofHours(1).toNanos());
            patience.look();
            assertThat(secondsLeft(calculation)).isBetween(queue.leaseSeconds() - 1, queue.leaseSeconds() + 1);
        });
    }

    @Test
    void aClockSetBackLeavesNoLeaseToTheDeadForAnHour() {
        rolledBack((patience, calculation) -> {
            patience.look();
            set(calculation, "now() + interval '1 hour'");
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            patience.look();
            assertThat(secondsLeft(calculation)).isBetween(queue.leaseSeconds() - 1, queue.leaseSeconds() + 1);
        });
    }

    @Test
    void whoCouldNotBeHeardIsNotCalledSilent() {
        rolledBack((patience, calculation) -> {
            patience.look();
            patience.interrupted();
            set(calculation, "now() - interval '10 seconds'");
            patience.look();
            assertThat(secondsLeft(calculation)).isPositive();
        });
    }

    @Test
    void aPauseIsNotProlongedByAClockSetBack() {
        rolledBack((patience, calculation) -> {
            database.sql("UPDATE task SET state = 0, lease = NULL, run_after = now() + interval '1 hour'"
                            + " WHERE calculation = :calculation")
                    .param("calculation", calculation)
                    .update();
            patience.look();
            assertThat(seconds("run_after", calculation)).isBetween(0.0, queue.pauseSeconds(Integer.MAX_VALUE) + 1);
        });
    }

    @Test
    void whileNobodySetsAClockSilenceIsSilence() {
        rolledBack((patience, calculation) -> {
            patience.look();
            set(calculation, "now() - interval '1 second'");
            patience.look();
            assertThat(secondsLeft(calculation)).isNegative();
        });
    }

    private interface Story {
        void tell(Patience patience, String calculation);
    }

    private void rolledBack(Story story) {
        String calculation = claimed();
        long begin = System.nanoTime();
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            story.tell(new Patience(database, queue, () -> nanos.get() + System.nanoTime() - begin), calculation);
        });
    }

    /** A calculation that an agent has claimed. @return its hash */
    private String claimed() {
        String tag = "t" + UUID.randomUUID();
        CalculationRequest request = new CalculationRequest(structure(0), vasp("static", Map.of("ENCUT", 400)));
        String batch = client(CalculationsApi.class)
                .postBatch(UUID.randomUUID().toString(), new BatchRequest(List.of(request), List.of(tag), 0))
                .id();
        AgentsApi agents =
                client(AgentsApi.class, TokensForTests.of(new Caller("agent-" + tag, null, Set.of(Scope.AGENT))));
        String agent = agents.register(new AgentRequest("a", List.of(tag), List.of("vasp")))
                .id();
        agents.claim(agent, UUID.randomUUID().toString(), new ClaimRequest(List.of(), List.of(), 1, null));
        String calculation = client(CalculationsApi.class)
                .batchCalculations(batch, null, 1)
                .items()
                .getFirst()
                .id();
        return calculation.substring("calculation-".length());
    }

    private void set(String calculation, String until) {
        assertThat(database.sql("UPDATE task SET lease_until = " + until + " WHERE calculation = :calculation")
                        .param("calculation", calculation)
                        .update())
                .isEqualTo(1);
    }

    private double secondsLeft(String calculation) {
        return seconds("lease_until", calculation);
    }

    private double seconds(String column, String calculation) {
        return database.sql("SELECT extract(epoch FROM " + column
                        + " - now())::float8 FROM task WHERE calculation = :calculation")
                .param("calculation", calculation)
                .query(Double.class)
                .single();
    }
}
