package org.glassmap.contract.agents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names every lease the agent holds. */
public record Heartbeat(List<HeldLease> leases) {

    /**
     * @param phase {@code claimed}, {@code queued}, {@code running} or {@code uploading}
     * @param step ionic step so far; absent where unknown
     * @param energy eV, of that step; absent where unknown
     */
    public record HeldLease(
            String lease,
            String phase,
            @Nullable String schedulerJob,
            @Nullable Integer step,
            @Nullable Double energy) {}
}
