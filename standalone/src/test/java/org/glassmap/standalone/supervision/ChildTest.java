package org.glassmap.standalone.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes; only the pulse is the test's. */
@Timeout(60)
class ChildTest {
    private static final Patience SHORT = new Patience(Duration.ofMillis(50), 5, 20);

    @TempDir
    Path folder;

    private final List<Process> started = new CopyOnWriteArrayList<>();
    private final AtomicBoolean alive = new AtomicBoolean(true);

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aChildThatIsStoppedIsEndedAndStartedAgain() throws Exception {
        Child child = new Child("sleeper", this::sleeper, alive::get, SHORT);
        Thread keeper = Thread.ofVirtual().start(() -> keep(child));
        await(() -> started.size() == 1);

        Process first = started.getFirst();
        stop(first);
        alive.set(false);
        first.waitFor(); // only kill -9 ends a process that was stopped
        alive.set(true);

        await(() -> started.size() == 2);
        assertThat(started.getLast().isAlive()).isTrue();
        child.stop();
        keeper.interrupt();
    }

    @Test
    void aJvmThatHangsTellsWhatItsThreadsDoBeforeItGoes() throws Exception {
        Path log = folder.resolve("log");
        Child child = new Child("deadlock", () -> deadlocked(log), () -> false, SHORT);
        Thread keeper = Thread.ofVirtual().start(() -> keep(child));
        await(() -> !started.isEmpty());
        started.getFirst().waitFor();
        child.stop();
        keeper.interrupt();
        assertThat(log).content().contains("Found one Java-level deadlock").contains("ChildTest$Deadlock");
    }

    @Test
    void aChildThatHesitatesNowAndThenIsLeftAlone() throws Exception {
        int[] looks = {0};
        Child child = new Child("slow", this::sleeper, () -> ++looks[0] % SHORT.looks() == 0, SHORT);
        Thread keeper = Thread.ofVirtual().start(() -> keep(child));
        await(() -> looks[0] > 6 * SHORT.looks());
        assertThat(started).hasSize(1).allMatch(Process::isAlive);
        child.stop();
        keeper.interrupt();
    }

    /** Before its first sign of life a child may wait for what it needs. */
    @Test
    void aChildThatStartsSlowlyIsGivenMoreTime() throws Exception {
        int[] looks = {0};
        Child child = new Child("late", this::sleeper, () -> ++looks[0] >= SHORT.looksAtStart(), SHORT);
        Thread keeper = Thread.ofVirtual().start(() -> keep(child));
        await(() -> looks[0] > 2 * SHORT.looksAtStart());
        assertThat(started).hasSize(1).allMatch(Process::isAlive);
        child.stop();
        keeper.interrupt();
    }

    private static void keep(Child child) {
        try {
            child.keepRunning();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessHandle sleeper() {
        return start(new ProcessBuilder("sleep", "300"));
    }

    private ProcessHandle deadlocked(Path log) {
        ProcessHandle process = start(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Deadlock.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        try {
            await(() -> Files.exists(log) && Files.readString(log).contains("locked"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return process;
    }

    private ProcessHandle start(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            started.add(process);
            return process.toHandle();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void stop(Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        while (!condition.holds()) { // the test's own limit ends it
            Thread.sleep(10);
        }
    }

    /** Two threads that wait for each other for ever. */
    static final class Deadlock {
        public static void main(String[] arguments) throws Exception {
            Object left = new Object();
            Object right = new Object();
            var both = new java.util.concurrent.CountDownLatch(2);
            Thread.ofPlatform().start(() -> holdThenTake(left, right, both));
            Thread.ofPlatform().start(() -> holdThenTake(right, left, both));
            both.await();
            System.out.println("locked");
        }

        private static void holdThenTake(Object held, Object wanted, java.util.concurrent.CountDownLatch both) {
            synchronized (held) {
                both.countDown();
                try {
                    both.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                synchronized (wanted) {
                    System.out.println("never");
                }
            }
        }
    }
}
