package org.glassmap.contract.agents;

import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.contract.structures.StructureDocument;

/**
 * One calculation in an agent's hands.
 *
 * @param id {@code lease-<hex>}, the fencing token of every report
 * @param attempt from 1
 */
public record Lease(
        String id,
        String calculation,
        int attempt,
        String structureId,
        StructureDocument structure,
        MethodRecord method,
        String leasedUntil) {}
