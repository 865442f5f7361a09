package org.glassmap.gateway.access;

import org.glassmap.contract.access.AccessProblem;
import org.glassmap.contract.access.ProjectDocument;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which project a request is about: the one it names, or the only one that its token is good for. */
@Component
public class CallerOfRequest {
    private final AccessStore store;

    CallerOfRequest(AccessStore store) {
        this.store = store;
    }

    /**
     * The caller of the request that this thread is working on.
     *
     * @param named what the {@code project} parameter says, an id or a name
     */
    public Caller caller(@Nullable String named) {
        KnownToken token = KnownToken.current();
        @Nullable ProjectDocument project = project(token, named);
        return project == null
                ? new Caller(token.user(), null, token.scopes())
                : new Caller(token.user(), project.id(), token.scopes(), project.sharesResults());
    }

    private @Nullable ProjectDocument project(KnownToken token, @Nullable String named) {
        if (named != null) {
            return (token.isAdmin() ? store.project(named) : token.project(named))
                    .orElseThrow(() -> ProblemException.of(
                                    AccessProblem.NO_SUCH_PROJECT, "The token is not good for a project " + named + ".")
                            .with(ProblemError.inParameter("project", "not one of the token's projects")
                                    .withValue(named)
                                    .withRemedy("GET /v1/me lists them")));
        }
        if (token.projects().size() == 1) {
            return token.projects().getFirst();
        }
        if (token.projects().isEmpty() && !token.isAdmin() && !token.scopes().contains(Scope.AGENT)) {
            throw ProblemException.of(
                    AccessProblem.FORBIDDEN, "The token's user is no longer a member of any of its projects.");
        }
        return null;
    }
}
