package org.glassmap.support.jobs;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * A clock that nobody sets: from the moment at which it was made it counts evenly, whatever becomes of this machine's time
 * of day or of the database's. With the time of day a step back by an hour would let a job that is to be woken again in a
 * second wait for an hour.
 */
final class SteadyClock implements Clock {

    private final Instant begin;
    private final LongSupplier nanos;
    private final long nanosAtBegin;

    /**
     * @param begin the database's time at this moment, so that the schedulers of several processes agree
     * @param nanos {@link System#nanoTime}
     */
    SteadyClock(Instant begin, LongSupplier nanos) {
        this.begin = begin;
        this.nanos = nanos;
        this.nanosAtBegin = nanos.getAsLong();
    }

    @Override
    public Instant now() {
        return begin.plusNanos(nanos.getAsLong() - nanosAtBegin);
    }
}
