package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.glassmap.support.postgresql.PostgresException;
import org.glassmap.system.StandingInstallation.Victim;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * One campaign with ten kill −9 over all processes ends as the undisturbed one, bit for bit; the undisturbed one has a
 * single thread, the killed one two. So does a backup of it, restored elsewhere. {@code -Pchaos} kills ten campaigns, each at moments of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the undisturbed campaign is one for all
@Timeout(3 * 3600) // a machine that does ten other things is slow, not wrong
class CampaignKilledTest {

    private static final int RUNS = Integer.getInteger("glassmap.chaos.runs", 1);
    private static final long SEED = 1;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the logs of a failure stay
    static Path folder;

    private final ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<Outcome> undisturbed = new CompletableFuture<>();

    @BeforeAll
    void start() {
        beside.submit(() -> {
            try {
                undisturbed.complete(undisturbed());
            } catch (Exception | AssertionError e) {
                undisturbed.completeExceptionally(e);
            }
        });
    }

    @AfterAll
    void stop() {
        beside.close();
    }

    /** The first run goes on beside the undisturbed one: what they share is a build and a processor, nothing else. */
    @Test
    void tenKillsAndTwoThreadsChangeNothing() throws Exception {
        for (int run = 1; run <= RUNS; run++) {
            killed(run);
        }
    }

    /**
     * The database's copy is made while it changes, and the worker's folder is not in it. On the other machine every clock
     * is an hour behind; while the campaign goes on there, each process has its clock set differently, and all are put right
     * again.
     */
    @Test
    void aBackupMadeMidwayEndsTheSameWhereClocksAreWrong() throws Exception {
        Optional<SettableClock> clock = SettableClock.made(folder.resolve("clock"));
        Outcome expected = undisturbed.get(1, TimeUnit.HOURS);
        if (clock.isEmpty()) {
            System.out.println("no C compiler on this Linux: the backup is restored under the machine's own clock");
        } else {
            clock.get().setAll(Duration.ofHours(-1));
        }
        try (StandingInstallation restored = StandingInstallation.restored(
                folder.resolve("backup"),
                folder.resolve("restored"),
                2,
                clock.map(SettableClock::environment).orElse(Map.of()))) {
            assertThat(restored.rows("select state from sampler.job where kind = 'campaign'"))
                    .containsExactly("RUNNING");
            if (clock.isPresent()) {
                setClocks(restored, clock.get());
            }
            restored.awaitCampaign(Duration.ofHours(1));
            Map<String, String> contents = restored.contents();
            System.out.println("restored ended: " + contents);
            assertThatNothingWasLost(restored);
            // the client that asked for the diagram is not there to ask for it again
            for (String kind : List.of("steps", "candidates", "points", "potentials", "trainings", "campaigns")) {
                assertThat(contents)
                        .containsEntry(
                                kind, Objects.requireNonNull(expected.contents().get(kind)));
            }
        }
    }

    /** Everything at once: the database's volume, artifacts, the worker's journal, logs. Part of the long profile. */
    @Test
    @EnabledIfSystemProperty(named = "glassmap.chaos.runs", matches = ".+")
    void aDiskThatIsFullForAWhileDelaysTheCampaignAndNothingElse() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                works("mount", "-t", "tmpfs", "-o", "size=700m,mode=711", "tmpfs", disk.toString()),
                "no right to mount");
        try (StandingInstallation installation = StandingInstallation.up(disk, 2)) {
            CompletableFuture<String> demo =
                    CompletableFuture.supplyAsync(() -> installation.quickDemo(SEED, System.out), beside);
            awaitFraction(installation, 0.25);
            Path filler = disk.resolve("filler");
            fill(filler);
            Door admin = new Door(installation.address(), installation.adminToken());
            Set<Integer> answers = new TreeSet<>();
            for (int k = 0; k < 40; k++) {
                answers.add(admin.post("/v1/structures", pair(k)).status());
                Thread.sleep(500);
            }
            System.out.println("while the disk was full a structure was answered with " + answers);
            assertThat(answers).isSubsetOf(200, 503, 507).containsAnyOf(503, 507);
            assertThat(demo.isDone()).isFalse();
            Files.delete(filler);
            String digest = demo.get(1, TimeUnit.HOURS);
            assertThatNothingWasLost(installation);
            assertThat(digest).isEqualTo(undisturbed.get(1, TimeUnit.HOURS).digest());
        } finally {
            works("umount", "--lazy", disk.toString());
        }
    }

    /**
     * Stopped, each of the three lives and answers nothing; the supervisor notices. Its patience is as short as the agent's
     * own pauses let it be. Part of the long profile.
     */
    @Test
    @EnabledIfSystemProperty(named = "glassmap.chaos.runs", matches = ".+")
    void processesThatHangDelayTheCampaignAndNothingElse() throws Exception {
        try (StandingInstallation installation =
                StandingInstallation.up(folder.resolve("hung"), 2, Map.of("GLASSMAP_SILENCE_SECONDS", "75"))) {
            CompletableFuture<String> demo =
                    CompletableFuture.supplyAsync(() -> installation.quickDemo(SEED, System.out), beside);
            double fraction = 0;
            for (Victim victim : List.of(Victim.WORKER, Victim.POSTGRESQL, Victim.SERVICES)) {
                fraction += 0.2;
                awaitFraction(installation, fraction);
                ProcessHandle stopped = installation.living(victim).orElseThrow();
                assertThat(works("kill", "-STOP", Long.toString(stopped.pid()))).isTrue();
                stopped.onExit().get(15, TimeUnit.MINUTES);
                System.out.println(victim + " (process " + stopped.pid() + ") was ended");
            }
            String digest = demo.get(1, TimeUnit.HOURS);
            assertThatNothingWasLost(installation);
            assertThat(digest).isEqualTo(undisturbed.get(1, TimeUnit.HOURS).digest());
        }
    }

    private static String pair(int number) {
        return "{\"species\": [\"Li\", \"S\"], \"positions\": [[0, 0, 0], [2, 2, %s]]}".formatted(2 + 0.01 * number);
    }

    private static void fill(Path file) throws IOException {
        byte[] megabyte = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(megabyte);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean works(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static void setClocks(StandingInstallation restored, SettableClock clock) throws Exception {
        assertThat(restored.count("select extract(epoch from clock_timestamp())::bigint"))
                .as("the database's clock is behind")
                .isCloseTo(Instant.now().minusSeconds(3600).getEpochSecond(), within(60L));
        double before = fraction(restored).orElseThrow();
        awaitFraction(restored, before + (1 - before) / 4);
        clock.set(SettableClock.Of.SERVICES, Duration.ofHours(1));
        clock.set(SettableClock.Of.WORKER, Duration.ofHours(-2));
        clock.set(SettableClock.Of.POSTGRESQL, Duration.ofMinutes(30));
        awaitFraction(restored, before + (1 - before) / 2);
        clock.setAll(Duration.ZERO);
    }

    private static void awaitFraction(StandingInstallation installation, double fraction) throws Exception {
        long limit = System.nanoTime() + Duration.ofHours(1).toNanos();
        while (fraction(installation).orElse(-1.0) < fraction) {
            assertThat(System.nanoTime())
                    .as("the campaign gets to %s within an hour", fraction)
                    .isLessThan(limit);
            Thread.sleep(50);
        }
    }

    private Outcome undisturbed() throws Exception {
        try (StandingInstallation installation = StandingInstallation.up(folder.resolve("undisturbed"), 1)) {
            CompletableFuture<String> demo =
                    CompletableFuture.supplyAsync(() -> installation.quickDemo(SEED, System.out), beside);
            awaitFraction(installation, 0.3);
            installation.backup(folder.resolve("backup"));
            Outcome outcome = new Outcome(demo.get(), installation.contents());
            System.out.println("undisturbed: " + outcome);
            return outcome;
        }
    }

    /** @param contents of the database, by kind */
    private record Outcome(String digest, Map<String, String> contents) {}

    private void killed(int run) throws Exception {
        try (StandingInstallation installation = StandingInstallation.up(folder.resolve("killed-" + run), 2)) {
            CompletableFuture<String> demo =
                    CompletableFuture.supplyAsync(() -> installation.quickDemo(SEED, System.out), beside);
            List<String> kills = new ArrayList<>();
            for (Kill kill : Kill.ten(run)) {
                await(installation, kill, demo);
                kills.add(kill.done(installation));
                System.out.println("run " + run + ", kill " + kills.size() + ": " + kills.getLast());
            }
            String digest = demo.get(1, TimeUnit.HOURS);
            Map<String, String> contents = installation.contents();
            System.out.println("run " + run + " ended: " + digest + " " + contents);
            assertThatNothingWasLost(installation);
            assertThatNothingWasComputedInVain(installation);
            Outcome expected = undisturbed.get(1, TimeUnit.HOURS);
            assertThat(contents).as(kills.toString()).isEqualTo(expected.contents());
            assertThat(digest).as(kills.toString()).isEqualTo(expected.digest());
        }
    }

    private static void assertThatNothingWasLost(StandingInstallation installation) throws SQLException {
        assertThat(installation.count("select count(*) from structure.calculation"))
                .isPositive();
        assertThat(installation.count("select count(*) from structure.calculation c where 1 <>"
                        + " (select count(*) from structure.result r"
                        + " where r.calculation = c.hash and r.standing = 'accepted')"))
                .as("calculations without one accepted result")
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

    /** By the database's clock, which must not have been set. */
    private static void assertThatNothingWasComputedInVain(StandingInstallation installation) throws SQLException {
        assertThat(installation.count("select count(*) from structure.attempt a"
                        + " join structure.result r on r.calculation = a.calculation and r.standing = 'accepted'"
                        + " where a.started > r.made"))
                .as("attempts at what was reported already")
                .isZero();
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
