package org.glassmap.worker.dispatch;

import org.jspecify.annotations.Nullable;

/** Something that was started. */
public interface Running {

    /** Waits for the end. */
    Exit await() throws InterruptedException;

    /** Asks it to end; {@link #await} tells when it has. */
    void cancel();

    /** Newest state, for the heartbeat. */
    Progress progress();

    /**
     * @param schedulerJob absent where there is no scheduler
     * @param step absent where unknown
     * @param energy eV, of that step; absent where unknown
     */
    record Progress(
            @Nullable String schedulerJob,
            @Nullable Integer step,
            @Nullable Double energy) {
        public static final Progress UNKNOWN = new Progress(null, null, null);
    }

    /** How it ended. */
    sealed interface Exit {
        /** By itself; what it means, the engine judges by the outputs. */
        record Ended(int code) implements Exit {}

        record Cancelled() implements Exit {}

        /** Without a mark: killed from outside, or the machine went down. */
        record Vanished() implements Exit {}

        /** A computation inside the agent threw. */
        record Threw(RuntimeException failure) implements Exit {}
    }
}
