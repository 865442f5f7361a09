package org.glassmap.contract.agents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param denied why nothing is given although there may be work (breaker open); absent elsewhere
 */
public record Claim(List<Lease> leases, @Nullable String denied) {}
