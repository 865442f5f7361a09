package org.glassmap.gateway.access;

import java.time.Clock;
import java.util.List;
import org.glassmap.contract.access.AccessProblem;
import org.glassmap.support.problems.Problems;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Two doors: the outer wants a token for everything but health and documents, the inner knows services only. */
@Configuration(proxyBeanMethods = false)
class AccessSecurity {
    private static final String[] OPEN = {"/", "/health", "/openapi.yaml", "/docs", "/docs/**", "/error"};

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @Order(1)
    SecurityFilterChain innerChain(HttpSecurity http, InnerDoor door, Problems problems) {
        return stateless(http, problems)
                .securityMatcher(door::leadsHere)
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/internal/keys")
                        .permitAll()
                        // the controller itself checks the service's secret
                        .requestMatchers(HttpMethod.POST, "/internal/token-exchange")
                        .permitAll()
                        .requestMatchers("/error", "/actuator/health/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain outerChain(HttpSecurity http, KnownTokens tokens, Problems problems) {
        AuthenticationManager byToken = authentication -> {
            String text = ((BearerTokenAuthenticationToken) authentication).getToken();
            KnownToken token = tokens.check(text)
                    .orElseThrow(() -> new InvalidBearerTokenException("unknown, expired or revoked"));
            return UsernamePasswordAuthenticationToken.authenticated(token, "", List.of());
        };
        return stateless(http, problems)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                jakarta.servlet.DispatcherType.ASYNC, jakarta.servlet.DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, OPEN)
                        .permitAll()
                        .requestMatchers("/internal/**", "/actuator/**")
                        .denyAll()
                        .requestMatchers("/v1/projects/**", "/v1/tokens/**")
                        .access((authentication, request) -> new AuthorizationDecision(
                                authentication.get().getPrincipal() instanceof KnownToken token
                                        && !token.isAgentOnly()))
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(unauthenticated(problems))
                        .accessDeniedHandler(forbidden(problems))
                        .authenticationManagerResolver(request -> byToken))
                .build();
    }

    /** There are no users with passwords; without this bean Spring Boot would make one. */
    @Bean
    UserDetailsService nobody() {
        return name -> {
            throw new UsernameNotFoundException(name);
        };
    }

    private static HttpSecurity stateless(HttpSecurity http, Problems problems) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(unauthenticated(problems))
                        .accessDeniedHandler(forbidden(problems)));
    }

    private static AuthenticationEntryPoint unauthenticated(Problems problems) {
        return (request, response, failure) -> {
            response.setHeader("WWW-Authenticate", "Bearer");
            problems.write(
                    AccessProblem.UNAUTHENTICATED,
                    "Send Authorization: Bearer <token>; the one sent is missing, unknown, expired or revoked.",
                    request,
                    response);
        };
    }

    private static AccessDeniedHandler forbidden(Problems problems) {
        return (request, response, failure) ->
                problems.write(AccessProblem.FORBIDDEN, "This is not for you.", request, response);
    }
}
