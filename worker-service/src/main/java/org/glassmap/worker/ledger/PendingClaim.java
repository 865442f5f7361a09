package org.glassmap.worker.ledger;

import org.glassmap.contract.agents.ClaimRequest;

/** A claim that was sent and whose leases are perhaps not journalled. Sent again with the same key, it strands nothing. */
public record PendingClaim(String key, ClaimRequest request) {}
