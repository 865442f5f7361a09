package org.glassmap.worker.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.contract.agents.ReportAnswer;
import org.glassmap.worker.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes reports from the disk to the queue for as long as it takes; several threads may run it. A report that the queue
 * will never take is set aside for a person; it stops no other.
 */
final class Reporter implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Reporter.class);

    private final Station station;
    private final String agent;
    private final Ledger ledger;
    private final Holdings holdings;
    private final BlockingQueue<HeldLease> waiting = new LinkedBlockingQueue<>();

    Reporter(Station station, String agent, Ledger ledger, Holdings holdings) {
        this.station = station;
        this.agent = agent;
        this.ledger = ledger;
        this.holdings = holdings;
    }

    /** The lease's report lies in its folder. */
    void offer(HeldLease lease) {
        lease.ended();
        holdings.changed();
        waiting.add(lease);
    }

    @Override
    public void run() {
        try {
            while (true) {
                report(waiting.take());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(HeldLease lease) throws InterruptedException {
        try {
            settle(lease);
        } catch (IOException e) {
            log.error("the folder of {} fails ({}); again in {} s", lease.id(), e, Slot.DISK_PAUSE.toSeconds());
            Thread.sleep(Slot.DISK_PAUSE);
            waiting.add(lease);
        }
    }

    private void settle(HeldLease lease) throws IOException, InterruptedException {
        Optional<LeaseReport> report = lease.folder().report();
        if (report.isPresent()) { // else it was settled before, and only its folder's end failed
            try {
                ReportAnswer answer = station.persistently(
                        "reporting " + lease.id(), queue -> queue.report(agent, lease.id(), report.get()));
                log.debug("{} {}: {}", lease.id(), report.get().outcome(), answer.effect());
                ledger.forget(lease.folder());
            } catch (Station.RefusedException e) {
                Path kept = ledger.refuse(lease.folder());
                log.error("the queue refuses the report of {}: {}; kept in {}", lease.id(), e.getMessage(), kept);
            }
        }
        holdings.remove(lease);
    }
}
