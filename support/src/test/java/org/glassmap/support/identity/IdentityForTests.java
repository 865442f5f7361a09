package org.glassmap.support.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Makes a server under test trust {@link TokensForTests} instead of a gateway's keys. */
@TestConfiguration(proxyBeanMethods = false)
public class IdentityForTests {
    @Bean
    JWKSource<SecurityContext> testKeys() {
        return new ImmutableJWKSet<>(new JWKSet(TokensForTests.KEY.toPublicJWK()));
    }
}
