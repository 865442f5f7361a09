package org.glassmap.potentials.proposals;

import jakarta.servlet.http.HttpServletResponse;
import org.glassmap.contract.proposals.ProposalRecord;
import org.glassmap.contract.proposals.ProposalRequest;
import org.glassmap.contract.proposals.ProposalsApi;
import org.glassmap.support.events.EventStream;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.jobs.Jobs;
import org.glassmap.support.waiting.Patience;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
class ProposalsController implements ProposalsApi {

    private final Proposals proposals;
    private final Jobs jobs;
    private final HttpServletResponse response;

    /** @param response of the request at hand: the contract's methods have no place for its headers */
    ProposalsController(Proposals proposals, Jobs jobs, HttpServletResponse response) {
        this.proposals = proposals;
        this.jobs = jobs;
        this.response = response;
    }

    @Override
    @ResponseStatus(HttpStatus.ACCEPTED)
    public ProposalRecord post(String idempotencyKey, ProposalRequest request) {
        ProposalRecord record = proposals.accept(Caller.current(), idempotencyKey, request);
        response.setHeader("Location", "/v1/proposals/" + record.id());
        return record;
    }

    @Override
    public ProposalRecord get(String id, @Nullable String wait) {
        return proposals.await(Caller.current().requireProject(), id, Patience.of(wait));
    }

    @Override
    public ProposalRecord cancel(String id) {
        return proposals.cancel(Caller.current().requireProject(), id);
    }

    @GetMapping(path = "/v1/proposals/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<StreamingResponseBody> events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        return EventStream.of(
                jobs, proposals.find(Caller.current().requireProject(), id).id(), lastEventId);
    }
}
