package org.glassmap.worker.agent;

import java.util.List;
import java.util.TreeMap;
import org.glassmap.contract.agents.Heartbeat;
import org.jspecify.annotations.Nullable;

/** All leases in the agent's hands. */
final class Holdings {

    private final TreeMap<String, HeldLease> leases = new TreeMap<>();

    synchronized void add(HeldLease lease) {
        leases.put(lease.id(), lease);
        notifyAll();
    }

    synchronized void remove(HeldLease lease) {
        leases.remove(lease.id());
        notifyAll();
    }

    /** Wakes who waits for room: a lease has ended, though it may not be reported yet. */
    synchronized void changed() {
        notifyAll();
    }

    synchronized List<Heartbeat.HeldLease> beats() {
        return leases.values().stream().map(HeldLease::beat).toList();
    }

    void stop(String id) {
        @Nullable HeldLease lease;
        synchronized (this) {
            lease = leases.get(id);
        }
        if (lease != null) {
            lease.stop();
        }
    }

    /** Waits until fewer than {@code most} leases are unfinished; answers how many more there may be. */
    synchronized int awaitRoom(int most) throws InterruptedException {
        while (unfinished() >= most) {
            wait();
        }
        return most - unfinished();
    }

    synchronized int size() {
        return leases.size();
    }

    private int unfinished() {
        int unfinished = 0;
        for (HeldLease lease : leases.values()) {
            unfinished += lease.unfinished() ? 1 : 0;
        }
        return unfinished;
    }
}
