package org.glassmap.contract.access;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token to be made. Its user becomes a member of the projects named.
 *
 * @param user whose it is: 1 to 60 letters, digits and {@code . _ - @}
 * @param label what it is for, for people
 * @param projects ids or names of the projects it is good for; at least one unless it is an admin's or an agent's
 * @param scopes what it allows; {@code service} cannot be asked for
 * @param validDays days until it expires, 1 to 3650; absent: it does not expire
 */
public record NewToken(
        String user,
        @Nullable String label,
        List<String> projects,
        Set<Scope> scopes,
        @Nullable Integer validDays) {
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,59}");

    public NewToken(
            @Nullable String user,
            @Nullable String label,
            @Nullable List<String> projects,
            @Nullable Set<Scope> scopes,
            @Nullable Integer validDays) {
        if (user == null || !USER.matcher(user).matches()) {
            throw new IllegalArgumentException("user must be 1 to 60 letters, digits and . _ - @, got " + user);
        }
        if (scopes == null || scopes.isEmpty()) {
            throw new IllegalArgumentException("scopes must name at least one of admin, read, write, agent");
        }
        if (scopes.contains(Scope.SERVICE)) {
            throw new IllegalArgumentException("the scope service is given to services only");
        }
        boolean needsProject = !scopes.contains(Scope.ADMIN) && !scopes.contains(Scope.AGENT);
        if (needsProject && (projects == null || projects.isEmpty())) {
            throw new IllegalArgumentException("projects must name at least one project for a read or write token");
        }
        if (validDays != null && (validDays < 1 || validDays > 3650)) {
            throw new IllegalArgumentException("validDays must be between 1 and 3650, got " + validDays);
        }
        this.user = user;
        this.label = label;
        this.projects = projects == null ? List.of() : List.copyOf(projects);
        this.scopes = java.util.Collections.unmodifiableSet(new TreeSet<>(scopes));
        this.validDays = validDays;
    }
}
