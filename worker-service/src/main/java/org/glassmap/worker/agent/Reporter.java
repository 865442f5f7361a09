package org.glassmap.worker.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
            LeaseReport report = lease.folder()
                    .report()
                    .orElseThrow(() -> new IllegalStateException(lease.id() + " was offered without its report"));
            ReportAnswer answer =
                    station.persistently("reporting " + lease.id(), queue -> queue.report(agent, lease.id(), report));
            log.debug("{} {}: {}", lease.id(), report.outcome(), answer.effect());
            ledger.forget(lease.folder());
        } catch (Station.RefusedException e) {
            refused(lease, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's directory fails", e);
        }
        holdings.remove(lease);
    }

    private void refused(HeldLease lease, Station.RefusedException refusal) {
        try {
            Path kept = ledger.refuse(lease.folder());
            log.error("the queue refuses the report of {}: {}; kept in {}", lease.id(), refusal.getMessage(), kept);
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's directory fails", e);
        }
    }
}
