package org.glassmap.potentials.proposals;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.proposals.ProposalRecord;
import org.glassmap.contract.proposals.ProposalRequest;
import org.glassmap.contract.proposals.ProposalsApi;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.ProblemException;
import org.glassmap.support.waiting.Patience;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProposalsController implements ProposalsApi {

    private final Proposals proposals;
    private final HttpServletResponse response;

    /** @param response of the request at hand: the contract's methods have no place for its headers */
    ProposalsController(Proposals proposals, HttpServletResponse response) {
        this.proposals = proposals;
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
        return proposals.await(Caller.current().requireProject(), id, patience(wait));
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

    @Override
    public ProposalRecord cancel(String id) {
        return proposals.cancel(Caller.current().requireProject(), id);
    }
}
