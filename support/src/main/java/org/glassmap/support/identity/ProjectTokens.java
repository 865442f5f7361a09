package org.glassmap.support.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.glassmap.contract.access.ExchangedToken;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.TokenExchange;
import org.glassmap.support.connections.StreamingRequests;
import org.glassmap.support.problems.Trace;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * Tokens with which a service acts for a project while it works on a job: it shows the gateway its own secret and gets a
 * signed token on behalf of that project, kept for as long as it is good.
 */
public final class ProjectTokens {
    /** A token is renewed this long before it expires, so that it survives the way. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final IdentityProperties properties;
    private final String service;
    private final Clock clock;
    private final RestClient gateway;
    private final Map<TokenExchange, ExchangedToken> known = new ConcurrentHashMap<>();

    ProjectTokens(IdentityProperties properties, String service, Clock clock) {
        this.properties = properties;
        this.service = service;
        this.clock = clock;
        this.gateway = RestClient.builder()
                .requestFactory(StreamingRequests.within(Duration.ofSeconds(10)))
                .baseUrl(properties.gateway())
                .build();
    }

    /**
     * A token for acting in the project.
     *
     * @param user on whose behalf: whoever started the job
     * @return a compact JWT, good for the next seconds at least; ask again for each request
     */
    public String tokenFor(ProjectId project, String user) {
        TokenExchange exchange = new TokenExchange(project, user);
        Instant needed = clock.instant().plus(MARGIN);
        // Not computeIfAbsent: two threads asking twice is cheaper than one waiting behind a request under a lock.
        ExchangedToken token = known.get(exchange);
        if (token == null || token.expires().isBefore(needed)) {
            token = exchanged(exchange);
            known.values().removeIf(old -> old.expires().isBefore(needed));
            known.put(exchange, token);
        }
        return token.token();
    }

    private ExchangedToken exchanged(TokenExchange exchange) {
        String secret = properties.secret();
        if (secret == null) {
            throw new IllegalStateException(
                    service + " has no secret to act for a project with: set glassmap.identity.secret");
        }
        return Objects.requireNonNull(gateway.post()
                .uri("/internal/token-exchange")
                .headers(headers -> {
                    headers.setBasicAuth(service, secret);
                    headers.set(Trace.HEADER, Trace.parentForCall());
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(exchange)
                .retrieve()
                .body(ExchangedToken.class));
    }
}
