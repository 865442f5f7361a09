package org.glassmap.support.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;

/** Signed tokens as the gateway would make them, for servers under test that import {@link IdentityForTests}. */
public final class TokensForTests {
    static final ECKey KEY = newKey();

    private TokensForTests() {}

    public static ProjectId newProject() {
        return ProjectId.of(UUID.randomUUID());
    }

    /** @return a token that reads and writes in the project */
    public static String member(ProjectId project) {
        return of(new Caller("ada", project, Set.of(Scope.READ, Scope.WRITE)));
    }

    /** @return a token of a worker */
    public static String agent() {
        return of(new Caller("agent", null, Set.of(Scope.AGENT)));
    }

    public static String of(Caller caller) {
        return of(caller, KEY, Instant.now().plus(Duration.ofMinutes(5)));
    }

    static String of(Caller caller, ECKey key, Instant expires) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                SignedIdentity.claims(caller, expires.minus(Duration.ofMinutes(5)), expires));
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
