package org.glassmap.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.glassmap.contract.access.AccessProblem;
import org.glassmap.contract.access.ExchangedToken;
import org.glassmap.contract.access.ProjectDocument;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.access.TokenExchange;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.problems.NothingThere;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What services ask of the gateway, behind {@link InnerDoor}: the keys, and a token to act for a project with. */
@RestController
class InternalController {
    private final InsideTokens tokens;
    private final AccessStore store;
    private final Map<String, String> secrets;

    InternalController(InsideTokens tokens, AccessStore store, AccessProperties properties) {
        this.tokens = tokens;
        this.store = store;
        this.secrets = properties.serviceSecrets();
    }

    @GetMapping(value = "/internal/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    String keys() {
        return tokens.publicKeys();
    }

    @PostMapping("/internal/token-exchange")
    ExchangedToken exchange(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody TokenExchange exchange) {
        requireService(authorization);
        String name = exchange.project().value();
        ProjectDocument project = store.project(name).orElseThrow(() -> new NothingThere("project", name));
        return tokens.sign(new Caller(
                exchange.user(),
                exchange.project(),
                Set.of(Scope.SERVICE, Scope.READ, Scope.WRITE),
                project.sharesResults()));
    }

    private void requireService(@Nullable String authorization) {
        boolean known = secrets.entrySet().stream()
                .map(service -> basic(service.getKey(), service.getValue()))
                .anyMatch(expected -> authorization != null
                        && MessageDigest.isEqual(
                                expected.getBytes(StandardCharsets.UTF_8),
                                authorization.getBytes(StandardCharsets.UTF_8)));
        if (!known) {
            throw ProblemException.of(AccessProblem.UNAUTHENTICATED, "Only a service may ask for this.");
        }
    }

    private static String basic(String name, String secret) {
        byte[] pair = (name + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
