package org.glassmap.potentials.acceptances;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.glassmap.contract.acceptances.AcceptanceRecord;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.acceptances.AcceptancesApi;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.ProblemException;
import org.glassmap.support.waiting.Patience;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AcceptancesController implements AcceptancesApi {

    private final Acceptances acceptances;
    private final HttpServletResponse response;

    /** @param response of the request at hand: the contract's methods have no place for its headers */
    AcceptancesController(Acceptances acceptances, HttpServletResponse response) {
        this.acceptances = acceptances;
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
        return acceptances.await(Caller.current().requireProject(), id, patience(wait));
    }

    @Override
    public Page<AcceptanceRecord> list(@Nullable String potential, @Nullable String cursor, @Nullable Integer limit) {
        return acceptances.list(Caller.current().requireProject(), potential, cursor, limit);
    }

    @Override
    public AcceptanceRecord cancel(String id) {
        return acceptances.cancel(Caller.current().requireProject(), id);
    }

    private static Duration patience(@Nullable String wait) {
        try {
            return Patience.of(wait);
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(RequestProblem.INVALID_REQUEST, "A parameter has a value that is not possible.")
                    .with(ProblemError.inParameter("wait", String.valueOf(e.getMessage()))
                            .withValue(wait));
        }
    }
}
