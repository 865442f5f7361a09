package org.glassmap.contract.phasediagrams;

import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Phase diagrams: durable results with their inputs by id. */
public interface PhaseDiagramsApi {

    @PostExchange(url = "/v1/phase-diagrams", contentType = "application/json", accept = "application/json")
    PhaseDiagramRecord post(
            @RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody PhaseDiagramRequest request);

    @GetExchange(url = "/v1/phase-diagrams/{id}", accept = "application/json")
    PhaseDiagramRecord get(@PathVariable String id);

    @GetExchange(url = "/v1/phase-diagrams", accept = "application/json")
    Page<PhaseDiagramRecord> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);
}
