package org.glassmap.structures.calculations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.glassmap.structures.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** How PostgreSQL carries out a claim, with many calculations waiting. Everything is rolled back. */
class ClaimPlanTest extends ServiceTest {

    private static final int WAITING = 50_000;

    @Autowired
    private TransactionTemplate transaction;

    private void fill() {
        String structure = structure(0).substring("structure-".length());
        String method = stated("plans").substring("method-".length());
        database.sql("""
                        INSERT INTO calculation (hash, structure, method)
                        SELECT 'plan' || n, :structure, :method FROM generate_series(1, :waiting) AS n""")
                .param("structure", structure)
                .param("method", method)
                .param("waiting", WAITING)
                .update();
        database.sql("""
                        INSERT INTO task (calculation, engine, tags, priority)
                        SELECT 'plan' || n, CASE WHEN n % 2 = 0 THEN 'even' ELSE 'odd' END, '{}', n % 7
                        FROM generate_series(1, :waiting) AS n""").param("waiting", WAITING).update();
        database.sql("ANALYZE task").update();
    }

    private List<String> explained(String mode) {
        database.sql("SET LOCAL plan_cache_mode = " + mode).update();
        return database.sql("EXPLAIN (ANALYZE, BUFFERS) " + Claims.CLAIM)
                .param("engines", new String[] {"even", "other"})
                .param("tags", new String[] {"t"})
                .param("slots", 100)
                .param("agent", "agent-x")
                .param(
                        "leases",
                        IntStream.range(0, 100)
                                .mapToObj(n -> "lease-" + mode + n)
                                .toArray(String[]::new))
                .param("seconds", 60.0)
                .query(String.class)
                .list();
    }

    @Test
    void aClaimWalksTheIndexThatWasMadeForIt() {
        transaction.executeWithoutResult(status -> {
            fill();
            for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                String plan = String.join("\n", explained(mode));
                assertThat(plan)
                        .as(mode)
                        .contains("Index Scan using task_ready on task")
                        .contains("task_pkey")
                        .doesNotContain("Seq Scan on task");
                double milliseconds = Double.parseDouble(plan.replaceAll("(?s).*Execution Time: ([0-9.]+) ms.*", "$1"));
                System.out.printf("claim of 100 among %d, %s: %.1f ms%n", WAITING, mode, milliseconds);
            }
            status.setRollbackOnly();
        });
    }

    @Test
    void aHeartbeatAddressesLeasesByTheirIndex() {
        transaction.executeWithoutResult(status -> {
            fill();
            explained("force_custom_plan");
            String plan =
                    String.join("\n", database.sql("""
                            EXPLAIN UPDATE task SET lease_until = now()
                            FROM unnest(ARRAY['lease-force_custom_plan1', 'lease-force_custom_plan2']) AS held (lease)
                            WHERE task.lease = held.lease AND task.agent = 'agent-x'""").query(String.class).list());
            assertThat(plan).contains("task_lease").doesNotContain("Seq Scan on task");
            status.setRollbackOnly();
        });
    }
}
