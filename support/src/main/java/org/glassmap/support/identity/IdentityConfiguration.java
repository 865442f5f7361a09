package org.glassmap.support.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.glassmap.contract.access.AccessProblem;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.Problems;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Makes a server a resource server of the gateway: reading needs {@code read}, changing needs {@code write}, agents enter
 * by {@link AgentAccess} only, health is open. The gateway brings a chain of its own.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(IdentityProperties.class)
public class IdentityConfiguration {
    private static final List<Scope> READERS = List.of(Scope.READ, Scope.ADMIN, Scope.SERVICE);
    private static final List<Scope> WRITERS = List.of(Scope.WRITE, Scope.ADMIN, Scope.SERVICE);

    /** The gateway's keys change never or rarely; a gateway that is restarting must not stop its servers. */
    private static final Duration KEYS_LIFE = Duration.ofMinutes(5);

    private static final Duration KEYS_LIFE_IN_OUTAGE = Duration.ofHours(12);

    private static final Duration KEYS_REFRESH = Duration.ofSeconds(10);

    @Bean
    @ConditionalOnMissingBean
    JWKSource<SecurityContext> gatewayKeys(IdentityProperties properties) throws MalformedURLException {
        return JWKSourceBuilder.<SecurityContext>create(
                        properties.keys().toURL(), new DefaultResourceRetriever(2_000, 2_000))
                .cache(KEYS_LIFE.toMillis(), KEYS_REFRESH.toMillis())
                .rateLimited(1_000)
                .retrying(true)
                .outageTolerant(KEYS_LIFE_IN_OUTAGE.toMillis())
                .build();
    }

    @Bean
    @ConditionalOnMissingBean
    JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // the decoder's validator does it
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(SignedIdentity.ISSUER));
        return decoder;
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ProjectTokens projectTokens(
            IdentityProperties properties, @Value("${spring.application.name}") String service, Clock clock) {
        return new ProjectTokens(properties, service, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    SecurityFilterChain identity(
            HttpSecurity http,
            Problems problems,
            ObjectProvider<AgentAccess> agentDoors,
            ObjectProvider<ReadingPost> readingPosts) {
        AuthenticationEntryPoint unauthenticated = unauthenticated(problems);
        AccessDeniedHandler forbidden = forbidden(problems);
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> {
                    requests.dispatcherTypeMatchers(
                                    jakarta.servlet.DispatcherType.ASYNC, jakarta.servlet.DispatcherType.ERROR)
                            .permitAll();
                    requests.requestMatchers("/actuator/health/**", "/error").permitAll();
                    agentDoors.forEach(door -> {
                        if (!door.othersToo()) {
                            requests.requestMatchers(door.method(), door.pattern())
                                    .hasAuthority(IdentifiedCaller.authority(Scope.AGENT));
                        } else {
                            List<Scope> others = isReading(door.method()) ? READERS : WRITERS;
                            List<Scope> all = new java.util.ArrayList<>(others);
                            all.add(Scope.AGENT);
                            requests.requestMatchers(door.method(), door.pattern())
                                    .hasAnyAuthority(IdentifiedCaller.authorities(all));
                        }
                    });
                    readingPosts.forEach(post -> requests.requestMatchers(HttpMethod.POST, post.pattern())
                            .hasAnyAuthority(IdentifiedCaller.authorities(READERS)));
                    requests.requestMatchers(HttpMethod.GET, "/**")
                            .hasAnyAuthority(IdentifiedCaller.authorities(READERS));
                    requests.requestMatchers(HttpMethod.HEAD, "/**")
                            .hasAnyAuthority(IdentifiedCaller.authorities(READERS));
                    requests.anyRequest().hasAnyAuthority(IdentifiedCaller.authorities(WRITERS));
                })
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(forbidden)
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(
                                token -> new IdentifiedCaller(SignedIdentity.caller(token)))))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
                .build();
    }

    private static boolean isReading(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static AuthenticationEntryPoint unauthenticated(Problems problems) {
        return (request, response, failure) -> {
            if (failure instanceof AuthenticationServiceException) {
                problems.write(
                        RequestProblem.UNAVAILABLE, "The gateway's keys cannot be had just now.", request, response);
            } else {
                response.setHeader("WWW-Authenticate", "Bearer");
                problems.write(
                        AccessProblem.UNAUTHENTICATED,
                        "Send Authorization: Bearer <token>; the one sent is missing, wrong or expired.",
                        request,
                        response);
            }
        };
    }

    private static AccessDeniedHandler forbidden(Problems problems) {
        return (request, response, failure) -> problems.write(
                AccessProblem.FORBIDDEN, "The token lacks the scope that this needs.", request, response);
    }
}
