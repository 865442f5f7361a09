package org.glassmap.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.glassmap.contract.access.ExchangedToken;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.identity.SignedIdentity;
import org.springframework.stereotype.Component;

/** Signs the tokens of the inside. The key is made at the first start and kept in the database (ES256, P-256). */
@Component
public class InsideTokens {
    /** Long enough for clocks that differ a little and for a request that waits in a queue. */
    private static final Duration LIFE = Duration.ofMinutes(3);

    private final ECKey key;
    private final ECDSASigner signer;
    private final Clock clock;

    InsideTokens(AccessStore store, Clock clock) throws JOSEException, ParseException {
        this.clock = clock;
        ECKey fresh = new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
        this.key = ECKey.parse(store.signingKey(fresh.getKeyID(), fresh.toJSONString()));
        this.signer = new ECDSASigner(key);
    }

    /** @return a token that says who the caller is, good for some minutes */
    public ExchangedToken sign(Caller caller) {
        Instant now = clock.instant();
        Instant expires = now.plus(LIFE);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                SignedIdentity.claims(caller, now, expires));
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("the key of the inside does not sign", e);
        }
        return new ExchangedToken(token.serialize(), expires);
    }

    /** @return the public part, as a JWK set */
    String publicKeys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }
}
