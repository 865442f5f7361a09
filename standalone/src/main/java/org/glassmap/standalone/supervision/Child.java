package org.glassmap.standalone.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one child running: takes over the one that lives, starts it otherwise, and again whenever it ends. One that lives
 * but shows no sign of life for too long is ended: whoever hangs holds its locks and ports, and nobody else can help.
 */
final class Child {
    private static final Logger log = LoggerFactory.getLogger(Child.class);

    /** For the threads to be written into the child's log. */
    private static final Duration TO_TELL = Duration.ofSeconds(3);

    private final String name;
    private final Supplier<ProcessHandle> adoptOrStart;
    private final Pulse pulse;
    private final Patience patience;
    private final Backoff backoff = new Backoff();
    private volatile boolean stopping;

    /** @param adoptOrStart answers with the living child; throws where it cannot be had now */
    Child(String name, Supplier<ProcessHandle> adoptOrStart, Pulse pulse, Patience patience) {
        this.name = name;
        this.adoptOrStart = adoptOrStart;
        this.pulse = pulse;
        this.patience = patience;
    }

    /** Runs until {@link #stop} is called or the thread is interrupted. */
    void keepRunning() throws InterruptedException {
        while (!stopping) {
            long start = System.nanoTime();
            watchOnce();
            if (!stopping) {
                Duration pause = backoff.afterRunOf(Duration.ofNanos(System.nanoTime() - start));
                log.warn("{} ended; starting it again in {} ms", name, pause.toMillis());
                Thread.sleep(pause);
            }
        }
    }

    private void watchOnce() throws InterruptedException {
        try {
            ProcessHandle process = adoptOrStart.get();
            log.info("{} runs as process {}", name, process.pid());
            awaitEnd(process);
        } catch (RuntimeException e) {
            log.warn("{} cannot be started: {}", name, e.getMessage());
        }
    }

    private void awaitEnd(ProcessHandle process) throws InterruptedException {
        boolean everFelt = false;
        int inVain = 0;
        while (!endsWithin(process, patience.between())) {
            boolean felt = pulse.isFelt();
            everFelt |= felt;
            inVain = felt ? 0 : inVain + 1;
            if (inVain >= (everFelt ? patience.looks() : patience.looksAtStart()) && !stopping) {
                log.error(
                        "{} (process {}) lives but has shown no sign of life {} times: it is ended",
                        name,
                        process.pid(),
                        inVain);
                end(process);
            }
        }
    }

    /** The notice of a process that is not our child may be slow: it is looked at, too. */
    private static boolean endsWithin(ProcessHandle process, Duration time) throws InterruptedException {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JVM that can still hear writes what its threads are doing into its log before it goes. */
    private void end(ProcessHandle process) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            log.warn("{} cannot be asked what it is doing: {}", name, e.toString());
        }
        if (!endsWithin(process, TO_TELL)) {
            process.destroyForcibly();
        }
    }

    /** From now on an end is an end. */
    void stop() {
        stopping = true;
    }
}
