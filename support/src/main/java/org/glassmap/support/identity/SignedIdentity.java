package org.glassmap.support.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** How a {@link Caller} is written into the signed token of the inside, and read from it. */
public final class SignedIdentity {
    public static final String ISSUER = "glassmap";

    private static final String PROJECT = "project";
    private static final String SCOPES = "scope";

    /** Present, and true, where the project shares no results. */
    private static final String ALONE = "alone";

    private SignedIdentity() {}

    /** @return the claims to be signed */
    public static JWTClaimsSet claims(Caller caller, Instant issued, Instant expires) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(caller.user())
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(expires))
                .claim(
                        SCOPES,
                        caller.scopes().stream().sorted().map(Scope::wireName).collect(Collectors.joining(" ")));
        ProjectId project = caller.project();
        if (project != null) {
            claims.claim(PROJECT, project.value());
        }
        if (!caller.sharesResults()) {
            claims.claim(ALONE, true);
        }
        return claims.build();
    }

    /** @param token checked already */
    static Caller caller(Jwt token) {
        @Nullable String project = token.getClaimAsString(PROJECT);
        @Nullable String scopes = token.getClaimAsString(SCOPES);
        @Nullable String user = token.getSubject();
        if (user == null) {
            throw new InvalidBearerTokenException("the signed token names no user");
        }
        boolean alone = Boolean.TRUE.equals(token.getClaimAsBoolean(ALONE));
        return new Caller(user, project == null ? null : new ProjectId(project), scopesIn(scopes), !alone);
    }

    private static Set<Scope> scopesIn(@Nullable String names) {
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (names != null && !names.isBlank()) {
            Arrays.stream(names.split(" ", -1)).map(Scope::ofWireName).forEach(scopes::add);
        }
        return scopes;
    }
}
