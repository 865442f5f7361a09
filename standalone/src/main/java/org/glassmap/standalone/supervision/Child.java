package org.glassmap.standalone.supervision;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one child running: takes over the one that lives, starts it otherwise, and again whenever it ends. */
final class Child {
    private static final Logger log = LoggerFactory.getLogger(Child.class);

    private final String name;
    private final Supplier<ProcessHandle> adoptOrStart;
    private final Backoff backoff = new Backoff();
    private volatile boolean stopping;

    /** @param adoptOrStart answers with the living child; throws where it cannot be had now */
    Child(String name, Supplier<ProcessHandle> adoptOrStart) {
        this.name = name;
        this.adoptOrStart = adoptOrStart;
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

    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        while (process.isAlive()) {
            try {
                process.onExit().get(5, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                // look again: the notice of a process that is not our child may be slow
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** From now on an end is an end. */
    void stop() {
        stopping = true;
    }
}
