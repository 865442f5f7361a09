package org.glassmap.analyses.phasediagrams;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import org.glassmap.analyses.AnalysisServiceApplication;
import org.glassmap.analyses.peers.Peers;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.phasediagrams.PhaseDiagramRecord;
import org.glassmap.contract.phasediagrams.PhaseDiagramRequest;
import org.glassmap.support.contracts.ApiContract;
import org.glassmap.support.contracts.ContractForTests;
import org.glassmap.support.identity.IdentityForTests;
import org.glassmap.support.identity.TokensForTests;
import org.glassmap.support.postgresql.DatabaseForTests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The service's own door and its own database; the energies come from a stand-in for the structure-service. */
@SpringBootTest(classes = AnalysisServiceApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({DatabaseForTests.class, IdentityForTests.class, PhaseDiagramsHttpTest.Energies.class, ContractForTests.class})
class PhaseDiagramsHttpTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Energies {
        @Bean
        @Primary
        DiagramSources crystalsOfTheLine(Peers peers) {
            return new DiagramSources(peers) {
                @Override
                DiagramInput gather(PhaseDiagramRequest request, ProjectId project, String user) {
                    return new DiagramInput("level-1", "SevenNet-0 (PBE-like)", LineCrystals.entries(), null);
                }
            };
        }
    }

    private static final String REQUEST = "{\"dataset\": \"crystals@1\", \"title\": \"Crystals of Li2S–P2S5\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ProjectId project = TokensForTests.newProject();

    @LocalServerPort
    int port;

    @Autowired
    JsonMapper json;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Test
    void theDocumentTellsOfExactlyWhatIsServed() {
        assertThat(ApiContract.written().routes(Set.of("phase-diagrams"))).isEqualTo(ApiContract.served(mapping));
    }

    @Test
    void aDiagramIsMadeOnceForAKeyAndReadBack() throws Exception {
        PhaseDiagramRecord made = made("key-1", REQUEST);
        assertThat(made.points()).hasSize(8);
        assertThat(made("key-1", REQUEST)).isEqualTo(made);
        HttpResponse<String> read = get("/v1/phase-diagrams/" + made.id(), "application/json");
        assertThat(json.readValue(read.body(), PhaseDiagramRecord.class)).isEqualTo(made);
        assertThat(made("key-2", REQUEST).digest()).isEqualTo(made.digest());
    }

    @Test
    void aKeyWithAnotherBodyIsRefused() throws Exception {
        made("key-3", REQUEST);
        HttpResponse<String> other = post("key-3", "{\"dataset\": \"others@1\"}");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("/problems/idempotency-key-reused");
    }

    @Test
    void exactlyOneSourceIsWanted() throws Exception {
        assertThat(post("key-4", "{}").statusCode()).isEqualTo(422);
        HttpResponse<String> two = post("key-5", "{\"dataset\": \"a@1\", \"campaign\": \"campaign-1\"}");
        assertThat(two.statusCode()).isEqualTo(422);
        assertThat(two.body()).contains("one of labels, dataset and campaign");
        assertThat(post("key-6", "{\"dataset\": \"a@1\", \"convention\": \"naive\"}")
                        .body())
                .contains("/convention");
    }

    @Test
    void itIsDrawnAsAccepted() throws Exception {
        String path = "/v1/phase-diagrams/" + made("key-7", REQUEST).id();
        HttpResponse<String> svg = get(path, "image/svg+xml");
        assertThat(svg.statusCode()).isEqualTo(200);
        assertThat(svg.headers().firstValue("Content-Type").orElseThrow()).startsWith("image/svg+xml");
        assertThat(svg.body()).contains("γ-Li₃PS₄").contains("Crystals of Li₂S–P₂S₅");
        HttpResponse<String> png = get(path, "image/png");
        assertThat(png.headers().firstValue("Content-Type").orElseThrow()).isEqualTo("image/png");
        assertThat(get(path + "?format=svg", "*/*").body()).isEqualTo(svg.body());
        assertThat(get(path + "?format=png", "*/*").headers().firstValue("Content-Type"))
                .contains("image/png");
        assertThat(get(path, "*/*").headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
    }

    @Test
    void aPictureThatIsKnownIsNotSentAgain() throws Exception {
        String path = "/v1/phase-diagrams/" + made("key-8", REQUEST).id();
        String tag = get(path, "image/png").headers().firstValue("ETag").orElseThrow();
        HttpRequest again = request(path, TokensForTests.member(project))
                .header("Accept", "image/png")
                .header("If-None-Match", tag)
                .build();
        assertThat(http.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(304);
    }

    @Test
    void anotherProjectSeesNothingOfIt() throws Exception {
        String id = made("key-9", REQUEST).id();
        String stranger = TokensForTests.member(TokensForTests.newProject());
        for (String accept : new String[] {"application/json", "image/svg+xml", "image/png"}) {
            HttpRequest request = request("/v1/phase-diagrams/" + id, stranger)
                    .header("Accept", accept)
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        }
        HttpRequest list = request("/v1/phase-diagrams", stranger).build();
        assertThat(http.send(list, HttpResponse.BodyHandlers.ofString()).body()).contains("\"items\":[]");
    }

    @Test
    void theListingGoesOnWhereItStopped() throws Exception {
        for (int i = 0; i < 5; i++) {
            made("page-" + i, REQUEST);
        }
        Page<PhaseDiagramRecord> first = page("/v1/phase-diagrams?limit=3");
        Page<PhaseDiagramRecord> second = page("/v1/phase-diagrams?limit=3&cursor=" + first.next());
        assertThat(first.items()).hasSize(3);
        assertThat(second.items()).hasSize(2);
        assertThat(second.next()).isNull();
        assertThat(get("/v1/phase-diagrams?limit=0", "application/json").statusCode())
                .isEqualTo(422);
    }

    private Page<PhaseDiagramRecord> page(String path) throws Exception {
        return json.readValue(get(path, "application/json").body(), new TypeReference<>() {});
    }

    private PhaseDiagramRecord made(String key, String body) throws Exception {
        HttpResponse<String> response = post(key, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readValue(response.body(), PhaseDiagramRecord.class);
    }

    private HttpResponse<String> post(String key, String body) throws Exception {
        HttpRequest request = request("/v1/phase-diagrams", TokensForTests.member(project))
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        HttpRequest request = request(path, TokensForTests.member(project))
                .header("Accept", accept)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }
}
