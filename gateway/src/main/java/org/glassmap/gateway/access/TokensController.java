package org.glassmap.gateway.access;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.contract.access.IssuedToken;
import org.glassmap.contract.access.NewToken;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.TokenDocument;
import org.glassmap.contract.access.TokensApi;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.NothingThere;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TokensController implements TokensApi {
    private final AccessStore store;
    private final KnownTokens tokens;
    private final Clock clock;

    TokensController(AccessStore store, KnownTokens tokens, Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public List<TokenDocument> list() {
        KnownToken.current().requireAdmin();
        return store.tokens();
    }

    @Override
    public ResponseEntity<IssuedToken> create(NewToken token) {
        KnownToken.current().requireAdmin();
        TokenSecret secret = TokenSecret.random();
        TokenDocument made = store.insertToken(secret, token, projectsOf(token), expiryOf(token));
        return ResponseEntity.created(URI.create("/v1/tokens/" + made.id()))
                .cacheControl(CacheControl.noStore())
                .body(new IssuedToken(secret.text(), made));
    }

    @Override
    public TokenDocument revoke(String token) {
        KnownToken.current().requireAdmin();
        TokenDocument known = store.token(token).orElseThrow(() -> new NothingThere("token", token));
        store.revoke(known.prefix());
        tokens.forget();
        return store.token(known.prefix()).orElseThrow();
    }

    private List<ProjectId> projectsOf(NewToken token) {
        List<ProjectId> projects = new ArrayList<>();
        for (int i = 0; i < token.projects().size(); i++) {
            String name = token.projects().get(i);
            String pointer = "/projects/" + i;
            projects.add(store.project(name)
                    .orElseThrow(
                            () -> ProblemException.of(RequestProblem.INVALID_REQUEST, "There is no project " + name)
                                    .with(ProblemError.at(pointer, "there is no such project")
                                            .withValue(name)
                                            .withRemedy("make it first: POST /v1/projects")))
                    .id());
        }
        return projects;
    }

    private @Nullable Instant expiryOf(NewToken token) {
        Integer days = token.validDays();
        return days == null ? null : clock.instant().plus(Duration.ofDays(days));
    }
}
