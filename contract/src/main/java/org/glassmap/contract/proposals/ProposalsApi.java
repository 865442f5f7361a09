package org.glassmap.contract.proposals;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Descriptor settings for a dataset, found by trying: durable jobs. */
public interface ProposalsApi {

    /** Answers 202 with the job's {@code Location}. */
    @PostExchange(url = "/v1/proposals", contentType = "application/json", accept = "application/json")
    ProposalRecord post(@RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody ProposalRequest request);

    /** @param wait as {@code 25s}: answers early when it ends */
    @GetExchange(url = "/v1/proposals/{id}", accept = "application/json")
    ProposalRecord get(@PathVariable String id, @RequestParam(required = false) @Nullable String wait);

    @PostExchange(url = "/v1/proposals/{id}/cancel", accept = "application/json")
    ProposalRecord cancel(@PathVariable String id);
}
