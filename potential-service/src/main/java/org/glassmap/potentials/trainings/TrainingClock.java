package org.glassmap.potentials.trainings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a running training looks up from its work, and how long it will still take. It decides nothing of the result. */
final class TrainingClock {

    private static final Duration LOOK = Duration.ofMillis(250);

    private final long epochsBefore;
    private final Duration checkpointInterval;
    private final long started = System.nanoTime();
    private long looked = started - LOOK.toNanos();
    private long kept = started;

    /** @param epochsBefore what earlier runners have done: it says nothing of this one's speed */
    TrainingClock(long epochsBefore, Duration checkpointInterval) {
        this.epochsBefore = epochsBefore;
        this.checkpointInterval = checkpointInterval;
    }

    /** Whether it is time to hear of wishes and to tell how far the work is; then not again for a while. */
    boolean lookDue() {
        long now = System.nanoTime();
        if (now - looked < LOOK.toNanos()) {
            return false;
        }
        looked = now;
        return true;
    }

    /** Whether it is time for a checkpoint; then not again for a while. */
    boolean checkpointDue() {
        long now = System.nanoTime();
        if (now - kept < checkpointInterval.toNanos()) {
            return false;
        }
        kept = now;
        return true;
    }

    /** Seconds at the speed so far; null before there is one. */
    @Nullable
    Double secondsLeft(long epochsDone, long epochsInAll) {
        long done = epochsDone - epochsBefore;
        if (done < 1) {
            return null;
        }
        return (System.nanoTime() - started) / 1e9 / done * (epochsInAll - epochsDone);
    }
}
