package org.glassmap.worker.agent;

import java.time.Duration;
import java.util.List;
import org.glassmap.contract.agents.Heartbeat;
import org.glassmap.contract.agents.HeartbeatAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names every lease to the queue, beat by beat, on a thread of its own: whatever the slots do, and whatever the network
 * does.
 */
final class Heart implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Heart.class);

    private final Station station;
    private final String agent;
    private final Duration interval;
    private final Holdings holdings;

    Heart(Station station, String agent, Duration interval, Holdings holdings) {
        this.station = station;
        this.agent = agent;
        this.interval = interval;
        this.holdings = holdings;
    }

    @Override
    public void run() {
        Duration pause = Station.FIRST_PAUSE;
        try {
            while (true) {
                boolean heard = beat();
                pause = heard ? interval : shorter(Station.longer(pause), interval);
                Thread.sleep(pause);
                pause = heard ? Station.FIRST_PAUSE : pause;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean beat() {
        List<Heartbeat.HeldLease> leases = holdings.beats();
        try {
            Station.Attempt<HeartbeatAnswer> attempt =
                    station.attempt(queue -> queue.heartbeat(agent, new Heartbeat(leases)));
            HeartbeatAnswer answer = attempt.answer();
            if (answer == null) {
                log.warn("no answer to the heartbeat: {}", attempt.obstacle());
                return false;
            }
            answer.cancel().forEach(holdings::stop);
            answer.revoked().forEach(holdings::stop);
            answer.unknown().forEach(holdings::stop);
            return true;
        } catch (Station.RefusedException e) {
            log.error("the queue refuses the heartbeat: {}", e.getMessage());
            return false;
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
