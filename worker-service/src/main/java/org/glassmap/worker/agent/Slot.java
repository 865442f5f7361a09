package org.glassmap.worker.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.worker.dispatch.Dispatchers;
import org.glassmap.worker.dispatch.Running;
import org.glassmap.worker.dispatch.Work;
import org.glassmap.worker.engines.Engine;
import org.glassmap.worker.engines.Outcome;
import org.glassmap.worker.engines.UnfitInputException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through leases, one at a time: prepare, start or adopt, wait, judge, spool. The boundary around engines: whatever
 * one of them throws ends its calculation, never the slot.
 */
final class Slot implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Slot.class);

    static final Duration DISK_PAUSE = Duration.ofSeconds(10);

    private final Map<String, Engine> engines;
    private final Dispatchers dispatchers;
    private final BlockingQueue<HeldLease> waiting;
    private final Consumer<HeldLease> spooled;

    /** @param spooled told of every lease whose report lies in its folder */
    Slot(
            Map<String, Engine> engines,
            Dispatchers dispatchers,
            BlockingQueue<HeldLease> waiting,
            Consumer<HeldLease> spooled) {
        this.engines = engines;
        this.dispatchers = dispatchers;
        this.waiting = waiting;
        this.spooled = spooled;
    }

    @Override
    public void run() {
        try {
            while (true) {
                work(waiting.take());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(HeldLease lease) throws InterruptedException {
        LeaseReport report = report(lease);
        spool(lease, report);
        log.debug("{} {}", lease.id(), report.outcome());
        spooled.accept(lease);
    }

    /** A disk that is full is waited for: the result is in memory, and nothing else would have it. */
    private static void spool(HeldLease lease, LeaseReport report) throws InterruptedException {
        while (true) {
            try {
                lease.folder().writeReport(report);
                return;
            } catch (IOException e) {
                log.error(
                        "the report of {} cannot be written ({}); again in {} s",
                        lease.id(),
                        e,
                        DISK_PAUSE.toSeconds());
                Thread.sleep(DISK_PAUSE);
            }
        }
    }

    /** Whatever happens, a lease ends with a report. */
    private LeaseReport report(HeldLease lease) throws InterruptedException {
        @Nullable Engine engine = engines.get(lease.lease().method().engine());
        if (engine == null) {
            return Outcome.RETRYABLE_INFRASTRUCTURE.because(
                    "this agent has no engine " + lease.lease().method().engine(), null);
        }
        try {
            return compute(lease, engine);
        } catch (UnfitInputException e) {
            return Outcome.FATAL_INPUT.because(String.valueOf(e.getMessage()), null);
        } catch (IOException | UncheckedIOException e) {
            log.warn("{} failed on this machine", lease.id(), e);
            return Outcome.RETRYABLE_INFRASTRUCTURE.because("this machine failed: " + e, null);
        } catch (RuntimeException e) {
            log.error("{} met a fault of the engine {}", lease.id(), engine.name(), e);
            return Outcome.RETRYABLE_CODE.because("the engine %s failed: %s".formatted(engine.name(), e), null);
        }
    }

    private LeaseReport compute(HeldLease held, Engine engine) throws IOException, InterruptedException {
        Lease lease = held.lease();
        Path folder = held.folder().work();
        Optional<Running> adopted = held.fromEarlierLife() ? dispatchers.adopt(lease, folder) : Optional.empty();
        if (adopted.isEmpty() && held.toStop()) {
            return Outcome.CANCELLED.because("cancelled before it started", null);
        }
        Running running = adopted.isPresent() ? adopted.get() : started(engine, lease, folder);
        held.start(running);
        return engine.read(lease, folder, running.await());
    }

    private Running started(Engine engine, Lease lease, Path folder) throws IOException, InterruptedException {
        Work work = engine.prepare(lease, folder);
        return dispatchers.start(work, lease, folder);
    }
}
