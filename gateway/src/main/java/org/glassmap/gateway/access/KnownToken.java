package org.glassmap.gateway.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.glassmap.contract.access.AccessProblem;
import org.glassmap.contract.access.ProjectDocument;
import org.glassmap.contract.access.Scope;
import org.glassmap.support.problems.ProblemException;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * A token that was checked: who came in, and what he may do.
 *
 * @param projects those the token names and its user is a member of, by name
 */
record KnownToken(UUID id, String prefix, String user, Set<Scope> scopes, List<ProjectDocument> projects) {
    KnownToken {
        scopes = scopes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(scopes));
        projects = List.copyOf(projects);
    }

    /** The token of the request that this thread is working on. */
    static KnownToken current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof KnownToken token) {
            return token;
        }
        throw ProblemException.of(AccessProblem.UNAUTHENTICATED, "A token is needed here.");
    }

    boolean isAdmin() {
        return scopes.contains(Scope.ADMIN);
    }

    /** Good for the queue and for what its leases name, nothing else. */
    boolean isAgentOnly() {
        return scopes.equals(Set.of(Scope.AGENT));
    }

    void requireAdmin() {
        if (!isAdmin()) {
            throw ProblemException.of(AccessProblem.FORBIDDEN, "This needs an admin's token.");
        }
    }

    /** @param name id or name */
    Optional<ProjectDocument> project(String name) {
        return projects.stream()
                .filter(project ->
                        project.name().equals(name) || project.id().value().equals(name))
                .findFirst();
    }
}
