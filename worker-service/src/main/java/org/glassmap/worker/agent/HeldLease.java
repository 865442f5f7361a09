package org.glassmap.worker.agent;

import org.glassmap.contract.agents.Heartbeat;
import org.glassmap.contract.agents.Lease;
import org.glassmap.worker.dispatch.Running;
import org.glassmap.worker.ledger.LeaseFolder;
import org.jspecify.annotations.Nullable;

/** A lease in the agent's hands, from the journal to the accepted report. Threads meet here. */
final class HeldLease {

    enum Phase {
        CLAIMED("claimed"),
        RUNNING("running"),
        UPLOADING("uploading");

        private final String word;

        Phase(String word) {
            this.word = word;
        }
    }

    private final LeaseFolder folder;
    private final boolean fromEarlierLife;
    private Phase phase;
    private @Nullable Running running;
    private boolean toStop;

    HeldLease(LeaseFolder folder, boolean fromEarlierLife) {
        this.folder = folder;
        this.fromEarlierLife = fromEarlierLife;
        this.phase = Phase.CLAIMED;
    }

    LeaseFolder folder() {
        return folder;
    }

    Lease lease() {
        return folder.lease();
    }

    String id() {
        return folder.lease().id();
    }

    /** Whether it was journalled before the agent was last started. */
    boolean fromEarlierLife() {
        return fromEarlierLife;
    }

    /** @return false if it was told to stop before it started */
    synchronized boolean start(Running started) {
        running = started;
        phase = Phase.RUNNING;
        if (toStop) {
            started.cancel();
        }
        return !toStop;
    }

    synchronized void ended() {
        running = null;
        phase = Phase.UPLOADING;
    }

    synchronized boolean toStop() {
        return toStop;
    }

    synchronized boolean unfinished() {
        return phase != Phase.UPLOADING;
    }

    /** The queue wants it stopped. A result that is there already is reported all the same. */
    synchronized void stop() {
        toStop = true;
        if (running != null) {
            running.cancel();
        }
    }

    synchronized Heartbeat.HeldLease beat() {
        Running.Progress progress = running == null ? Running.Progress.UNKNOWN : running.progress();
        return new Heartbeat.HeldLease(id(), phase.word, progress.schedulerJob(), progress.step(), progress.energy());
    }
}
