package org.glassmap.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.structures.ItemOutcome;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.support.clients.Clients;
import org.glassmap.support.contracts.ContractForTests;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.identity.IdentityForTests;
import org.glassmap.support.identity.TokensForTests;
import org.glassmap.support.postgresql.DatabaseForTests;
import org.glassmap.support.problems.RemoteProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The service behind a real port, over a real PostgreSQL; one context for all tests. Each test has its own project. */
@SpringBootTest(
        classes = StructureServiceApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "glassmap.queue.sweep=100ms",
            "glassmap.queue.pause=1ms",
            "glassmap.artifacts.directory=target/test-artifacts/${random.uuid}"
        })
@Import({DatabaseForTests.class, IdentityForTests.class, ContractForTests.class})
@Timeout(300) // a machine may be busy with other things
public abstract class ServiceTest {

    @LocalServerPort
    protected int port;

    @Autowired
    protected Clients clients;

    @Autowired
    protected JdbcClient database;

    @Autowired
    protected JsonMapper json;

    protected final ProjectId project = TokensForTests.newProject();
    protected final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    protected static String member(ProjectId project) {
        return TokensForTests.of(new Caller("ada", project, Set.of(Scope.READ, Scope.WRITE)));
    }

    protected URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** A client of this test's project. */
    protected <T> T client(Class<T> api) {
        return client(api, member(project));
    }

    protected <T> T client(Class<T> api, String token) {
        return clients.client(api, at(""), () -> token);
    }

    protected HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(
                request.header("Authorization", "Bearer " + member(project)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    protected HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).header("Accept", accept));
    }

    /** Puts a file under its hash; answers with the id. */
    protected String artifact(byte[] bytes) throws IOException, InterruptedException {
        String hash = ContentId.of(ContentKind.ARTIFACT, bytes).hash();
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(at("/v1/artifacts/" + hash)).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return "artifact-" + hash;
    }

    protected HttpResponse<String> post(String path, String mediaType, byte[] body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", mediaType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** Posts a file; answers with what became of each frame. */
    protected List<ItemOutcome> upload(String path, String mediaType, byte[] body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(path, mediaType, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        return outcomes(answer.body());
    }

    protected List<ItemOutcome> outcomes(String lines) {
        return lines.lines()
                .map(line -> json.readValue(line, ItemOutcome.class))
                .toList();
    }

    protected static ProblemDocument problem(ThrowingCallable call) {
        RemoteProblemException thrown = catchThrowableOfType(RemoteProblemException.class, call);
        assertThat(thrown).as("a problem").isNotNull();
        return thrown.document();
    }

    /** Two atoms in a cube of 4 Å, {@code shift} Å apart from the usual place. */
    protected static StructureDocument pair(double shift) {
        return new StructureDocument(
                List.of("Li", "S"), new double[][] {{4, 0, 0}, {0, 4, 0}, {0, 0, 4}}, null, new double[][] {
                    {0, 0, 0}, {2 + shift, 2, 2}
                });
    }

    protected String structure(StructureDocument document) {
        return client(StructuresApi.class).post(document).id();
    }

    protected String structure(double shift) {
        return structure(pair(shift));
    }

    protected String stated(String level) {
        return method("stated", "static", Map.of("levelOfTheory", level));
    }

    protected String method(String engine, String kind, Map<String, Object> settings) {
        return client(MethodsApi.class)
                .post(new MethodDocument(engine, kind, settings))
                .id();
    }

    /** A method that agents can compute, unlike any other test's. */
    protected String vasp(String kind, @Nullable Map<String, Object> incar) {
        return method(
                "vasp",
                kind,
                Map.of(
                        "incar",
                        incar == null ? Map.of() : incar,
                        "potcars",
                        Map.of(
                                "Li", Map.of("title", "PAW_PBE Li_sv 10Sep2004"),
                                "S", Map.of("title", "PAW_PBE S 06Sep2000"))));
    }
}
