package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.glassmap.support.postgresql.PostgresException;
import org.glassmap.system.StandingInstallation.Victim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * One campaign with ten kill −9 over all processes ends as the undisturbed one, bit for bit; the undisturbed one has a
 * single thread, the killed one two. {@code -Pchaos} kills ten campaigns, each at moments of its own.
 */
@Timeout(3 * 3600) // a machine that does ten other things is slow, not wrong
class CampaignKilledTest {

    private static final int RUNS = Integer.getInteger("glassmap.chaos.runs", 1);
    private static final long SEED = 1;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the logs of a failure stay
    Path folder;

    /** The first run goes on beside the undisturbed one: what they share is a build and a processor, nothing else. */
    @Test
    void tenKillsAndTwoThreadsChangeNothing() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Outcome> undisturbed = new CompletableFuture<>();
            threads.submit(() -> {
                try {
                    undisturbed.complete(undisturbed());
                } catch (Exception | AssertionError e) {
                    undisturbed.completeExceptionally(e);
                }
            });
            for (int run = 1; run <= RUNS; run++) {
                killed(run, undisturbed);
            }
        }
    }

    private Outcome undisturbed() throws Exception {
        try (StandingInstallation installation = StandingInstallation.up(folder.resolve("undisturbed"), 1)) {
            String digest = installation.quickDemo(SEED, System.out);
            Outcome outcome = new Outcome(digest, installation.contents());
            System.out.println("undisturbed: " + outcome);
            return outcome;
        }
    }

    /** @param contents of the database, by kind */
    private record Outcome(String digest, Map<String, String> contents) {}

    private void killed(int run, CompletableFuture<Outcome> undisturbed) throws Exception {
        try (StandingInstallation installation = StandingInstallation.up(folder.resolve("killed-" + run), 2);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<String> demo =
                    CompletableFuture.supplyAsync(() -> installation.quickDemo(SEED, System.out), threads);
            List<String> kills = new ArrayList<>();
            for (Kill kill : Kill.ten(run)) {
                await(installation, kill, demo);
                kills.add(kill.done(installation));
                System.out.println("run " + run + ", kill " + kills.size() + ": " + kills.getLast());
            }
            String digest = demo.get(1, TimeUnit.HOURS);
            Map<String, String> contents = installation.contents();
            System.out.println("run " + run + " ended: " + digest + " " + contents);
            assertThatNothingWasLostOrComputedInVain(installation);
            Outcome expected = undisturbed.get(1, TimeUnit.HOURS);
            assertThat(contents).as(kills.toString()).isEqualTo(expected.contents());
            assertThat(digest).as(kills.toString()).isEqualTo(expected.digest());
        }
    }

    private static void assertThatNothingWasLostOrComputedInVain(StandingInstallation installation)
            throws SQLException {
        assertThat(installation.count("select count(*) from structure.calculation"))
                .isPositive();
        assertThat(installation.count("select count(*) from structure.calculation c where 1 <>"
                        + " (select count(*) from structure.result r"
                        + " where r.calculation = c.hash and r.standing = 'accepted')"))
                .as("calculations without one accepted result")
                .isZero();
        assertThat(installation.count("select count(*) from structure.attempt a"
                        + " join structure.result r on r.calculation = a.calculation and r.standing = 'accepted'"
                        + " where a.started > r.made"))
                .as("attempts at what was reported already")
                .isZero();
        assertThat(installation.count("select count(*) from structure.task"))
                .as("tasks left over")
                .isZero();
        System.out.printf(
                "attempts %d for %d calculations; results that were not needed %d%n",
                installation.count("select count(*) from structure.attempt"),
                installation.count("select count(*) from structure.calculation"),
                installation.count("select count(*) from structure.result where standing <> 'accepted'"));
    }

    private static void await(StandingInstallation installation, Kill kill, CompletableFuture<String> demo)
            throws Exception {
        while (fraction(installation).orElse(-1.0) < kill.fraction()) {
            if (demo.isDone()) {
                throw new AssertionError("the demo ended before " + kill + ": " + demo.get());
            }
            Thread.sleep(50);
        }
        Thread.sleep(kill.delay());
        assertThat(demo.isDone()).as("the demo ended before %s", kill).isFalse();
    }

    /** Of the campaign; empty while the database is away or has none. */
    private static Optional<Double> fraction(StandingInstallation installation) {
        try {
            return installation.rows("select fraction from sampler.job where kind = 'campaign'").stream()
                    .map(Double::valueOf)
                    .findFirst();
        } catch (SQLException | PostgresException e) {
            return Optional.empty();
        }
    }

    /**
     * @param fraction of the campaign that is done
     * @param delay after that was seen
     */
    private record Kill(Victim victim, double fraction, Duration delay) {

        /** Seeded; the supervisor dies once, because somebody has to say {@code up} then. */
        static List<Kill> ten(long seed) {
            List<Victim> victims = new ArrayList<>(List.of(Victim.SUPERVISOR));
            victims.addAll(Collections.nCopies(2, Victim.SERVICES));
            victims.addAll(Collections.nCopies(3, Victim.POSTGRESQL));
            victims.addAll(Collections.nCopies(4, Victim.WORKER));
            Random random = new Random(seed);
            Collections.shuffle(victims, random);
            double[] fractions =
                    random.doubles(victims.size(), 0, 0.93).sorted().toArray();
            int[] delays = random.ints(victims.size(), 0, 600).toArray();
            List<Kill> kills = new ArrayList<>();
            for (int k = 0; k < victims.size(); k++) {
                kills.add(new Kill(victims.get(k), fractions[k], Duration.ofMillis(delays[k])));
            }
            return kills;
        }

        String done(StandingInstallation installation) throws Exception {
            long pid = killed(installation);
            if (victim == Victim.SUPERVISOR) {
                installation.up();
            }
            return "%s (process %d) at %.2f".formatted(victim, pid, fraction);
        }

        private long killed(StandingInstallation installation) throws InterruptedException {
            long limit = System.nanoTime() + Duration.ofMinutes(5).toNanos();
            while (System.nanoTime() < limit) {
                Optional<ProcessHandle> process = installation.living(victim);
                if (process.isPresent() && process.get().destroyForcibly()) {
                    return process.get().pid();
                }
                Thread.sleep(50); // killed just before, and not back yet
            }
            throw new AssertionError(victim + " did not come back");
        }
    }
}
