package org.glassmap.contract.agents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param id {@code agent-<hex>}
 * @param beatSeconds how often a heartbeat is expected; a lease outlives three
 * @param breaker {@code closed}, {@code open} (no claims, too many failures) or {@code half-open}
 */
public record AgentRecord(
        String id,
        String name,
        List<String> tags,
        List<String> capabilities,
        double beatSeconds,
        @Nullable String lastSeen,
        String breaker) {}
