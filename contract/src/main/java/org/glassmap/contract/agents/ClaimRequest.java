package org.glassmap.contract.agents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param slots at most so many leases, 1 to 1000
 * @param waitSeconds how long the answer may be held back while there is nothing; at most 25
 */
public record ClaimRequest(
        List<String> tags,
        List<String> capabilities,
        int slots,
        @Nullable Double waitSeconds) {}
