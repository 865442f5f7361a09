package org.glassmap.contract.acceptances;

import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What potentials were put through: durable jobs, whose results stay beside the potential. */
public interface AcceptancesApi {

    /** Answers 202 with the job's {@code Location}. */
    @PostExchange(url = "/v1/acceptances", contentType = "application/json", accept = "application/json")
    AcceptanceRecord post(
            @RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody AcceptanceRequest request);

    /** @param wait as {@code 25s}: answers early when it ends */
    @GetExchange(url = "/v1/acceptances/{id}", accept = "application/json")
    AcceptanceRecord get(@PathVariable String id, @RequestParam(required = false) @Nullable String wait);

    /** @param potential only those of it */
    @GetExchange(url = "/v1/acceptances", accept = "application/json")
    Page<AcceptanceRecord> list(
            @RequestParam(required = false) @Nullable String potential,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    @PostExchange(url = "/v1/acceptances/{id}/cancel", accept = "application/json")
    AcceptanceRecord cancel(@PathVariable String id);
}
