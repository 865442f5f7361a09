package org.glassmap.potentials.acceptances;

import jakarta.servlet.http.HttpServletResponse;
import org.glassmap.contract.acceptances.AcceptanceRecord;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.acceptances.AcceptancesApi;
import org.glassmap.contract.pages.Page;
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
class AcceptancesController implements AcceptancesApi {

    private final Acceptances acceptances;
    private final Jobs jobs;
    private final HttpServletResponse response;

    /** @param response of the request at hand: the contract's methods have no place for its headers */
    AcceptancesController(Acceptances acceptances, Jobs jobs, HttpServletResponse response) {
        this.acceptances = acceptances;
        this.jobs = jobs;
        this.response = response;
    }

    @Override
    @ResponseStatus(HttpStatus.ACCEPTED)
    public AcceptanceRecord post(String idempotencyKey, AcceptanceRequest request) {
        AcceptanceRecord record = acceptances.accept(Caller.current(), idempotencyKey, request);
        response.setHeader("Location", "/v1/acceptances/" + record.id());
        return record;
    }

    @Override
    public AcceptanceRecord get(String id, @Nullable String wait) {
        return acceptances.await(Caller.current().requireProject(), id, Patience.of(wait));
    }

    @Override
    public Page<AcceptanceRecord> list(@Nullable String potential, @Nullable String cursor, @Nullable Integer limit) {
        return acceptances.list(Caller.current().requireProject(), potential, cursor, limit);
    }

    @Override
    public AcceptanceRecord cancel(String id) {
        return acceptances.cancel(Caller.current().requireProject(), id);
    }

    @GetMapping(path = "/v1/acceptances/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<StreamingResponseBody> events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        return EventStream.of(
                jobs, acceptances.find(Caller.current().requireProject(), id).id(), lastEventId);
    }
}
