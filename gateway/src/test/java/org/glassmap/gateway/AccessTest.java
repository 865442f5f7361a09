package org.glassmap.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.glassmap.support.identity.ProjectTokens;
import org.glassmap.support.postgresql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AccessTest {
    @TempDir
    static Path folder;

    static TestDatabase database = TestDatabase.fresh("access");
    static RunningGateway glassmap;

    @BeforeAll
    static void start() throws Exception {
        glassmap = new RunningGateway(database, folder);
    }

    @AfterAll
    static void stop() {
        glassmap.close();
    }

    @Test
    void theFirstStartLeavesAnAdminsTokenThatOnlyItsOwnerReads() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(glassmap.tokenFile)))
                .isEqualTo("rw-------");
        JsonNode me = glassmap.json(glassmap.get("/v1/me", glassmap.adminToken()));
        assertThat(me.get("user").asString()).isEqualTo("admin");
        assertThat(me.get("projects").findValuesAsString("name")).contains("lab");
        assertThat(projectSeen("", glassmap.adminToken())).startsWith("project-"); // what "lab" is, unless told
    }

    @Test
    void withoutATokenNothingIsAnsweredButHealthAndDocuments() throws Exception {
        for (String path : new String[] {"/v1/me", "/v1/projects", "/v1/structures/who", "/v1/nowhere", "/actuator"}) {
            assertThat(glassmap.get(path, null).statusCode()).as(path).isEqualTo(401);
            assertThat(glassmap.get(path, "gm_0123456789_" + "0".repeat(48)).statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(glassmap.get(path, "nonsense").body()).as(path).contains("/problems/unauthenticated");
        }
        assertThat(glassmap.get("/openapi.yaml", null).body()).contains("openapi: 3.1");
        assertThat(glassmap.get("/docs/", null).body()).contains("Glassmap API");
        assertThat(glassmap.get("/docs/ui/swagger-ui-bundle.js", null).statusCode())
                .isEqualTo(200);
        assertThat(glassmap.get("/", null).headers().firstValue("Location")).hasValue("/docs/");
    }

    @Test
    void healthTellsWhichServiceIsDown() throws Exception {
        HttpResponse<String> health = glassmap.get("/health", null);
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("\"structure\":\"up\"").contains("\"analysis\":\"down\"");
    }

    @Test
    void aServiceSeesTheCallerButNeitherHisTokenNorWhatHeClaimsToBe() throws Exception {
        String project = glassmap.newProject("sees");
        String token = glassmap.newToken("{\"user\":\"ada\",\"projects\":[\"sees\"],\"scopes\":[\"read\"]}");
        HttpRequest request = RunningGateway.request(glassmap.uri("/v1/structures/who"), token)
                .header("X-User", "root")
                .header("X-Forwarded-User", "root")
                .header("Cookie", "session=1")
                .build();
        JsonNode seen = glassmap.json(glassmap.http.send(request, HttpResponse.BodyHandlers.ofString()));
        assertThat(seen.get("user").asString()).isEqualTo("ada");
        assertThat(seen.get("project").asString()).isEqualTo(project);
        assertThat(seen.get("headers").toString()).doesNotContain(token).doesNotContain("root");
        assertThat(seen.get("headers").has("cookie")).isFalse();
        assertThat(seen.get("headers").get("authorization").asString()).startsWith("Bearer ey");
    }

    @Test
    void aSignedTokenOfTheInsideIsWorthNothingOutside() throws Exception {
        JsonNode seen = glassmap.json(glassmap.get("/v1/structures/who", glassmap.adminToken()));
        String inside = seen.get("headers").get("authorization").asString().substring("Bearer ".length());
        assertThat(glassmap.get("/v1/me", inside).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenOfSeveralProjectsMustSayWhichOneIsMeant() throws Exception {
        String first = glassmap.newProject("several-1");
        String second = glassmap.newProject("several-2");
        glassmap.newProject("several-3");
        String token = glassmap.newToken(
                "{\"user\":\"bo\",\"projects\":[\"several-1\",\"" + second + "\"],\"scopes\":[\"read\"]}");
        assertThat(projectSeen("?project=several-1", token)).isEqualTo(first);
        assertThat(projectSeen("?project=" + second, token)).isEqualTo(second);
        assertThat(projectSeen("", token)).isEqualTo("none");
        HttpResponse<String> foreign = glassmap.get("/v1/structures/who?project=several-3", token);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.body()).contains("/problems/no-such-project");
        assertThat(glassmap.get("/v1/structures/who?project=no-such", token).body())
                .contains("/problems/no-such-project");
    }

    private String projectSeen(String query, String token) throws Exception {
        JsonNode project =
                glassmap.json(glassmap.get("/v1/structures/who" + query, token)).get("project");
        return project == null || project.isNull() ? "none" : project.asString();
    }

    @Test
    void aTokenSeesItsOwnProjectsOnly() throws Exception {
        glassmap.newProject("own");
        glassmap.newProject("other");
        String token = glassmap.newToken("{\"user\":\"cy\",\"projects\":[\"own\"],\"scopes\":[\"read\",\"write\"]}");
        assertThat(glassmap.get("/v1/projects", token).body())
                .contains("\"own\"")
                .doesNotContain("\"other\"");
        assertThat(glassmap.get("/v1/projects/other", token).statusCode()).isEqualTo(404);
        assertThat(glassmap.get("/v1/projects/own/members", token).body()).contains("cy");
        assertThat(glassmap.get("/v1/tokens", token).statusCode()).isEqualTo(403);
        assertThat(glassmap.send("POST", "/v1/projects", token, "{\"name\":\"mine\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(glassmap.send(
                                "POST",
                                "/v1/tokens",
                                token,
                                "{\"user\":\"cy\",\"projects\":[\"other\"],\"scopes\":[\"read\"]}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoIsNoLongerAMemberIsTurnedAwayAtOnce() throws Exception {
        glassmap.newProject("leaving");
        String token = glassmap.newToken("{\"user\":\"di\",\"projects\":[\"leaving\"],\"scopes\":[\"read\"]}");
        assertThat(glassmap.get("/v1/structures/who", token).statusCode()).isEqualTo(200);
        assertThat(glassmap.send("DELETE", "/v1/projects/leaving/members/di", glassmap.adminToken(), "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(glassmap.get("/v1/structures/who", token).statusCode()).isEqualTo(403);
    }

    @Test
    void aRevokedTokenIsTurnedAwayAtOnce() throws Exception {
        glassmap.newProject("revoking");
        String token = glassmap.newToken("{\"user\":\"ed\",\"projects\":[\"revoking\"],\"scopes\":[\"read\"]}");
        assertThat(glassmap.get("/v1/me", token).statusCode()).isEqualTo(200);
        String prefix = token.substring(3, 13);
        HttpResponse<String> revoked = glassmap.send("DELETE", "/v1/tokens/" + prefix, glassmap.adminToken(), "");
        assertThat(revoked.body()).contains("\"revoked\":");
        assertThat(glassmap.get("/v1/me", token).statusCode()).isEqualTo(401);
    }

    @Test
    void anExpiredTokenIsTurnedAway() throws Exception {
        glassmap.newProject("expiring");
        String token = glassmap.newToken(
                "{\"user\":\"fi\",\"projects\":[\"expiring\"],\"scopes\":[\"read\"],\"validDays\":1}");
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE token SET expires = now() - interval '1 second' WHERE user_name = 'fi'");
        }
        assertThat(glassmap.get("/v1/me", token).statusCode()).isEqualTo(401);
    }

    @Test
    void theDatabaseHoldsNoTokenThatCouldBeUsed() throws Exception {
        glassmap.newProject("hashed");
        String token = glassmap.newToken("{\"user\":\"gu\",\"projects\":[\"hashed\"],\"scopes\":[\"read\"]}");
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT token::text FROM token WHERE user_name = 'gu'")) {
            rows.next();
            assertThat(rows.getString(1)).doesNotContain(token.substring(14)).contains(token.substring(3, 13));
        }
        assertThat(glassmap.get("/v1/tokens", glassmap.adminToken()).body())
                .contains(token.substring(3, 13))
                .doesNotContain(token);
    }

    @Test
    void wrongRequestsForTokensAreToldWhatIsWrong() throws Exception {
        HttpResponse<String> noProject = glassmap.send(
                "POST",
                "/v1/tokens",
                glassmap.adminToken(),
                "{\"user\":\"x\",\"projects\":[\"nowhere\"],\"scopes\":[\"read\"]}");
        assertThat(noProject.statusCode()).isEqualTo(422);
        assertThat(noProject.body()).contains("/projects/0").contains("nowhere");
        HttpResponse<String> service =
                glassmap.send("POST", "/v1/tokens", glassmap.adminToken(), "{\"user\":\"x\",\"scopes\":[\"service\"]}");
        assertThat(service.statusCode()).isEqualTo(422);
        HttpResponse<String> twice = glassmap.send("POST", "/v1/projects", glassmap.adminToken(), "{\"name\":\"lab\"}");
        assertThat(twice.statusCode()).isEqualTo(409);
    }

    @Test
    void aServiceActsForAProjectWithItsOwnSecret() throws Exception {
        String project = glassmap.newProject("acting");
        ProjectTokens tokens = glassmap.probe.getBean(ProjectTokens.class);
        String inside = tokens.tokenFor(new org.glassmap.contract.access.ProjectId(project), "ada");
        var request = RunningGateway.request(
                        java.net.URI.create(glassmap.gateway.getEnvironment().getProperty("glassmap.services.structure")
                                + "/v1/structures/who"),
                        inside)
                .build();
        JsonNode seen = glassmap.json(glassmap.http.send(request, HttpResponse.BodyHandlers.ofString()));
        assertThat(seen.get("user").asString()).isEqualTo("ada");
        assertThat(seen.get("project").asString()).isEqualTo(project);
    }

    @Test
    void theInnerDoorIsClosedFromOutsideAndNeedsTheSecretInside() throws Exception {
        String body = "{\"project\":\"project-0123456789abcdef0123456789abcdef\",\"user\":\"x\"}";
        assertThat(glassmap.send("POST", "/internal/token-exchange", glassmap.adminToken(), body)
                        .statusCode())
                .isEqualTo(403);
        assertThat(glassmap.get("/internal/keys", glassmap.adminToken()).statusCode())
                .isEqualTo(403);
        assertThat(exchange("probe-service:wrong", body).statusCode()).isEqualTo(401);
        assertThat(exchange("probe-service:" + RunningGateway.SECRET, body).statusCode())
                .isEqualTo(404); // let in; there is no such project
        var keys = glassmap.http.send(
                HttpRequest.newBuilder(glassmap.inner("/internal/keys")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(keys.body()).contains("\"kty\":\"EC\"").doesNotContain("\"d\":");
        var outerThings = glassmap.http.send(
                RunningGateway.request(glassmap.inner("/v1/me"), glassmap.adminToken())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(outerThings.statusCode()).isEqualTo(401); // no token of the outside counts here
    }

    private HttpResponse<String> exchange(String pair, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(glassmap.inner("/internal/token-exchange"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return glassmap.http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRestartKeepsKeyAndTokens() throws Exception {
        String before = glassmap.http
                .send(
                        HttpRequest.newBuilder(glassmap.inner("/internal/keys")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        try (RunningGateway again = new RunningGateway(database, folder)) {
            String after = again.http
                    .send(
                            HttpRequest.newBuilder(again.inner("/internal/keys"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(after).isEqualTo(before);
            assertThat(again.get("/v1/me", glassmap.adminToken()).statusCode()).isEqualTo(200);
        }
    }
}
