package org.glassmap.sampler.campaigns;

import java.util.List;
import java.util.function.BiConsumer;
import org.glassmap.contract.calculations.BatchRecord;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.sampler.peers.StructureStore;

/** The level of theory a campaign learns from, seen only through the queue. */
final class ReferenceMethod {

    private final StructureStore store;
    private final String campaign;
    private final String staticMethod;
    private final String relaxationMethod;
    private final BiConsumer<String, BatchRecord> whileWaiting;

    /** @param whileWaiting told the step's path and how its batch stands; may throw to end the waiting */
    ReferenceMethod(
            StructureStore store,
            String campaign,
            String staticMethod,
            String relaxationMethod,
            BiConsumer<String, BatchRecord> whileWaiting) {
        this.store = store;
        this.campaign = campaign;
        this.staticMethod = staticMethod;
        this.relaxationMethod = relaxationMethod;
        this.whileWaiting = whileWaiting;
    }

    /** Energy, forces and stress of each structure as it is, in their order. */
    Computed label(String path, List<String> structures) {
        return compute(path, structures, staticMethod);
    }

    /** Each structure relaxed with its cell, in their order. */
    Computed relax(String path, List<String> structures) {
        return compute(path, structures, relaxationMethod);
    }

    private Computed compute(String path, List<String> structures, String method) {
        List<CalculationRequest> requests = structures.stream()
                .map(structure -> new CalculationRequest(structure, method))
                .toList();
        return Computed.of(store.calculate(campaign + "/" + path, requests, batch -> whileWaiting.accept(path, batch)));
    }
}
