package org.glassmap.contract.jobs;

import org.jspecify.annotations.Nullable;

/**
 * How far a job is.
 *
 * @param fraction 0 to 1
 * @param phase what it does now, in words
 * @param secondsLeft an estimate; absent where there is no ground for one
 * @param waitingReason why nothing moves at the moment; absent while it does
 */
public record JobProgress(
        double fraction,
        String phase,
        @Nullable Double secondsLeft,
        @Nullable String waitingReason) {}
