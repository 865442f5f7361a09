package org.glassmap.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.worker.Leases;
import org.glassmap.worker.dispatch.CommandDispatcher;
import org.glassmap.worker.dispatch.ComputationDispatcher;
import org.glassmap.worker.dispatch.Dispatchers;
import org.glassmap.worker.dispatch.Running;
import org.glassmap.worker.dispatch.Work;
import org.glassmap.worker.engines.Engine;
import org.glassmap.worker.engines.Outcome;
import org.glassmap.worker.engines.UnfitInputException;
import org.glassmap.worker.ledger.LeaseFolder;
import org.glassmap.worker.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SlotTest {

    private final BlockingQueue<HeldLease> waiting = new LinkedBlockingQueue<>();
    private final BlockingQueue<HeldLease> spooled = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    /** An engine that does what the name of its kind says. */
    private static final class Moody implements Engine {
        private final List<String> prepared = new ArrayList<>();

        @Override
        public String name() {
            return "potential";
        }

        @Override
        public synchronized Work prepare(Lease lease, Path folder) throws IOException {
            prepared.add(lease.id());
            return switch (lease.method().kind()) {
                case "broken" -> throw new IllegalStateException("a fault");
                case "unfit" -> throw new UnfitInputException("not today");
                case "disk" -> throw new IOException("no space left on device");
                case "endless" ->
                    (Work.Computation) observer -> {
                        for (int step = 0; true; step++) {
                            observer.stepped(step, -1.0);
                        }
                    };
                case "command" -> new Work.Command(List.of("sh", "-c", "exit 0"));
                default -> (Work.Computation) observer -> observer.stepped(0, -1.0);
            };
        }

        @Override
        public LeaseReport read(Lease lease, Path folder, Running.Exit exit) {
            return switch (exit) {
                case Running.Exit.Ended ended -> Outcome.SUCCESS.because("code " + ended.code(), null);
                case Running.Exit.Cancelled cancelled -> Outcome.CANCELLED.because("cancelled", null);
                case Running.Exit.Vanished vanished -> Outcome.RETRYABLE_INFRASTRUCTURE.because("vanished", null);
                case Running.Exit.Threw threw -> throw threw.failure();
            };
        }
    }

    @Test
    void whateverAnEngineThrowsEndsItsCalculationAndNotTheSlot() throws Exception {
        try (Ledger ledger = Ledger.open(directory, Leases.JSON)) {
            Thread slot = start(new Moody());
            assertThat(outcomeOf(ledger, "lease-1", "broken")).isEqualTo("retryable-code");
            assertThat(outcomeOf(ledger, "lease-2", "unfit")).isEqualTo("fatal-input");
            assertThat(outcomeOf(ledger, "lease-3", "disk")).isEqualTo("retryable-infrastructure");
            assertThat(outcomeOf(ledger, "lease-4", "fine")).isEqualTo("success");
            slot.interrupt();
        }
    }

    @Test
    void aCancelWishEndsWhatRuns() throws Exception {
        try (Ledger ledger = Ledger.open(directory, Leases.JSON)) {
            Thread slot = start(new Moody());
            HeldLease lease = held(ledger, "lease-1", "endless");
            waiting.add(lease);
            while (lease.beat().step() == null) {
                Thread.sleep(10);
            }
            lease.stop();
            assertThat(taken().folder().report().orElseThrow().outcome()).isEqualTo("cancelled");
            slot.interrupt();
        }
    }

    @Test
    void whatIsCancelledBeforeItStartsIsNeverPrepared() throws Exception {
        try (Ledger ledger = Ledger.open(directory, Leases.JSON)) {
            Moody engine = new Moody();
            HeldLease lease = held(ledger, "lease-1", "fine");
            lease.stop();
            waiting.add(lease);
            Thread slot = start(engine);
            assertThat(taken().folder().report().orElseThrow().outcome()).isEqualTo("cancelled");
            assertThat(engine.prepared).isEmpty();
            slot.interrupt();
        }
    }

    @Test
    void aCommandOfAnEarlierLifeIsAdoptedNotStartedAgain() throws Exception {
        try (Ledger ledger = Ledger.open(directory, Leases.JSON)) {
            Moody engine = new Moody();
            LeaseFolder folder =
                    ledger.journal(List.of(lease("lease-1", "command"))).getFirst();
            new CommandDispatcher(List.of())
                    .start(new Work.Command(List.of("sh", "-c", "exit 7")), folder.lease(), folder.work())
                    .await();
            Thread slot = start(engine);
            waiting.add(new HeldLease(ledger.held().getFirst(), true));
            assertThat(taken().folder().report().orElseThrow().message()).isEqualTo("code 7");
            assertThat(engine.prepared).isEmpty();
            slot.interrupt();
        }
    }

    @Test
    void anInterruptedComputationLeavesItsLeaseToBeRunAgain() throws Exception {
        try (Ledger ledger = Ledger.open(directory, Leases.JSON)) {
            Thread slot = start(new Moody());
            HeldLease lease = held(ledger, "lease-1", "endless");
            waiting.add(lease);
            while (lease.beat().step() == null) {
                Thread.sleep(10);
            }
            slot.interrupt();
            slot.join();
            assertThat(ledger.held())
                    .singleElement()
                    .satisfies(f -> assertThat(f.report()).isEmpty());
        }
    }

    private Thread start(Engine engine) {
        Dispatchers dispatchers = new Dispatchers(new ComputationDispatcher(), new CommandDispatcher(List.of()));
        Slot slot = new Slot(Map.of(engine.name(), engine), dispatchers, waiting, spooled::add);
        return Thread.ofPlatform().start(slot);
    }

    private String outcomeOf(Ledger ledger, String id, String kind) throws Exception {
        waiting.add(held(ledger, id, kind));
        return taken().folder().report().orElseThrow().outcome();
    }

    private HeldLease taken() throws InterruptedException {
        return java.util.Objects.requireNonNull(spooled.poll(30, TimeUnit.SECONDS), "nothing was spooled");
    }

    private static HeldLease held(Ledger ledger, String id, String kind) throws IOException {
        return new HeldLease(ledger.journal(List.of(lease(id, kind))).getFirst(), false);
    }

    private static Lease lease(String id, String kind) {
        return Leases.lease(id, Leases.lithiumSulphide(), kind, Map.of());
    }
}
