package org.glassmap.sampler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.sampler.SamplerServiceApplication;
import org.glassmap.support.contracts.ContractForTests;
import org.glassmap.support.identity.IdentityForTests;
import org.glassmap.support.identity.TokensForTests;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.postgresql.DatabaseForTests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(classes = SamplerServiceApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({DatabaseForTests.class, IdentityForTests.class, ContractForTests.class})
class CampaignResourceTest {

    private static final ProjectId PROJECT = TokensForTests.newProject();

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aCampaignThatCannotBeRunIsRefusedBeforeAnythingIsKept() throws Exception {
        String body = JsonMapper.builder().build().writeValueAsString(PlanTest.request(0, 0.3, 1));
        HttpResponse<String> answer = post(body, "key-1");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("/iterations").contains("remedy");
        assertThat(jdbc.sql("select count(*) from job").query(Long.class).single())
                .isZero();
    }

    @Test
    void anUnreadableBodyIsToldAsSuch() throws Exception {
        assertThat(post("{\"seed\": tr", "key-2").statusCode()).isEqualTo(400);
        assertThat(post("[1]", "key-3").statusCode()).isEqualTo(422);
    }

    @Test
    void aCampaignOfAnotherProjectIsNotThere() throws Exception {
        MadeId id = MadeId.make("campaign");
        String other = TokensForTests.newProject().value();
        jdbc.sql("insert into job (id, kind, project) values (?, 'campaign', ?)")
                .params(id.uuid(), other)
                .update();
        jdbc.sql("insert into campaign (id, project, maker, idempotency_key, body_hash, request)"
                        + " values (?, ?, 'eve', 'k', 'h', '{}')")
                .params(id.uuid(), other)
                .update();
        for (String sub :
                new String[] {"", "/iterations", "/candidates", "/dropped", "/points", "/steps", "/events", "/frames"
                }) {
            assertThat(get("/v1/campaigns/" + id + sub).statusCode()).as(sub).isEqualTo(404);
        }
        assertThat(get("/v1/campaigns").body()).isEqualTo("{\"items\":[]}");
        jdbc.sql("delete from campaign").update();
        jdbc.sql("delete from job").update();
    }

    @Test
    void stepsAreToldInTheOrderInWhichTheyEnded() throws Exception {
        MadeId id = MadeId.make("campaign");
        jdbc.sql("insert into job (id, kind, project) values (?, 'campaign', ?)")
                .params(id.uuid(), PROJECT.value())
                .update();
        jdbc.sql("insert into campaign (id, project, maker, idempotency_key, body_hash, request)"
                        + " values (?, ?, 'ada', 'k', 'h', '{}')")
                .params(id.uuid(), PROJECT.value())
                .update();
        jdbc.sql(
                        "insert into campaign_step (campaign, path, output, ended) values"
                                + " (?, 'start/train', '1', '2026-01-01T00:00:09.5Z'), (?, 'start/label', '1', '2026-01-01T00:00:02Z')")
                .params(id.uuid(), id.uuid())
                .update();
        assertThat(get("/v1/campaigns/" + id + "/steps").body())
                .isEqualTo("[{\"path\":\"start/label\",\"ended\":\"2026-01-01T00:00:02Z\"},"
                        + "{\"path\":\"start/train\",\"ended\":\"2026-01-01T00:00:09.500Z\"}]");
        jdbc.sql("delete from campaign_step").update();
        jdbc.sql("delete from campaign").update();
        jdbc.sql("delete from job").update();
    }

    @Test
    void nonsenseInTheAddressIsNamed() throws Exception {
        assertThat(get("/v1/campaigns/campaign-1").statusCode()).isEqualTo(404);
        assertThat(get("/v1/campaigns?cursor=zzz").statusCode()).isEqualTo(422);
        assertThat(get("/v1/campaigns?limit=0").statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body, String key) throws Exception {
        return http.send(
                request("/v1/campaigns")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TokensForTests.member(PROJECT));
    }
}
