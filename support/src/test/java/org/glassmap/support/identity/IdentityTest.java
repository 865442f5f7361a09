package org.glassmap.support.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;
import org.glassmap.support.problems.SampleApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

@SpringBootTest(classes = SampleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(IdentityForTests.class)
class IdentityTest {
    private static final ProjectId PROJECT = TokensForTests.newProject();

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Test
    void withoutATokenNothingIsReadButHealth() throws Exception {
        assertThat(get("/v1/ovens/a", null).statusCode()).isEqualTo(401);
        assertThat(get("/v1/nowhere", null).body()).contains("/problems/unauthenticated");
        assertThat(get("/actuator/health", null).statusCode()).isEqualTo(200);
        assertThat(get("/actuator/env", null).statusCode()).isEqualTo(401);
    }

    @Test
    void theCallerIsWhoTheTokenSays() throws Exception {
        assertThat(get("/v1/whoami", TokensForTests.member(PROJECT)).body())
                .contains("\"user\":\"ada\"")
                .contains(PROJECT.value())
                .contains("write");
    }

    @Test
    void aTokenSignedByAnybodyElseIsWorthNothing() throws Exception {
        Caller caller = new Caller("mallory", PROJECT, Set.of(Scope.ADMIN));
        String forged =
                TokensForTests.of(caller, TokensForTests.newKey(), Instant.now().plusSeconds(60));
        assertThat(get("/v1/whoami", forged).statusCode()).isEqualTo(401);
        String unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsInNjb3BlIjoiYWRtaW4iLCJpc3MiOiJnbGFzc21hcCJ9.";
        assertThat(get("/v1/whoami", unsigned).statusCode()).isEqualTo(401);
    }

    @Test
    void anExpiredTokenIsWorthNothing() throws Exception {
        Caller caller = new Caller("ada", PROJECT, Set.of(Scope.READ));
        String old = TokensForTests.of(caller, TokensForTests.KEY, Instant.now().minus(Duration.ofMinutes(5)));
        assertThat(get("/v1/whoami", old).statusCode()).isEqualTo(401);
    }

    @Test
    void aReadersTokenChangesNothing() throws Exception {
        String reader = TokensForTests.of(new Caller("ada", PROJECT, Set.of(Scope.READ)));
        assertThat(get("/v1/ovens/a", reader).statusCode()).isEqualTo(200);
        assertThat(post("/v1/jobs", reader).statusCode()).isEqualTo(403);
    }

    @Test
    void anAgentEntersByItsDoorsOnly() throws Exception {
        String agent = TokensForTests.agent();
        assertThat(get("/v1/ovens/a", agent).statusCode()).isEqualTo(200);
        assertThat(post("/v1/heat", agent).statusCode()).isEqualTo(200);
        assertThat(get("/v1/whoami", agent).statusCode()).isEqualTo(403);
        assertThat(post("/v1/jobs", agent).statusCode()).isEqualTo(403);
        assertThat(post("/v1/heat", TokensForTests.member(PROJECT)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoNamesNoProjectIsToldHow() throws Exception {
        String everywhere = TokensForTests.of(new Caller("root", null, Set.of(Scope.ADMIN)));
        HttpResponse<String> answer = get("/v1/mine", everywhere);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("/problems/project-needed").contains("?project=");
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)), token);
    }

    private HttpResponse<String> post(String path, String token) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\",\"stages\":[]}")),
                token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, @Nullable String token) throws Exception {
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
