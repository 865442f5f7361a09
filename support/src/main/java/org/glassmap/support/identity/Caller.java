package org.glassmap.support.identity;

import java.util.Set;
import java.util.stream.Collectors;
import org.glassmap.contract.access.AccessProblem;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who sent the request that this thread is working on.
 *
 * @param user the token's user, also where a service acts on his behalf
 * @param project the project that the request is about; null where none was named and the token is good for several
 * @param sharesResults whether that project's calculations are also those of other projects that share
 */
public record Caller(String user, @Nullable ProjectId project, Set<Scope> scopes, boolean sharesResults) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** In a project that shares, as projects of one lab do unless they are told otherwise. */
    public Caller(String user, @Nullable ProjectId project, Set<Scope> scopes) {
        this(user, project, scopes, true);
    }

    /**
     * The caller of the request that this thread is working on. Work that goes on in another thread takes it along.
     *
     * @throws ProblemException if nobody has been identified
     */
    public static Caller current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw ProblemException.of(AccessProblem.UNAUTHENTICATED, "A token is needed here.");
    }

    /**
     * The project of this request.
     *
     * @throws ProblemException if the request names none
     */
    public ProjectId requireProject() {
        ProjectId named = project;
        if (named == null) {
            throw ProblemException.of(
                    AccessProblem.PROJECT_NEEDED, "Add ?project=<name or id>; GET /v1/me lists your projects.");
        }
        return named;
    }

    public boolean has(Scope scope) {
        return scopes.contains(scope);
    }

    /** Refuses callers without this scope; an admin has every one but the agents' and the services'. */
    public void require(Scope scope) {
        boolean adminWillDo = has(Scope.ADMIN) && scope != Scope.AGENT && scope != Scope.SERVICE;
        if (!has(scope) && !adminWillDo) {
            throw ProblemException.of(
                    AccessProblem.FORBIDDEN,
                    "This needs the scope " + scope.wireName() + "; the token has "
                            + scopes.stream().map(Scope::wireName).sorted().collect(Collectors.joining(", ")) + ".");
        }
    }
}
