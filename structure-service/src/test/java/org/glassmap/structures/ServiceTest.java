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
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.support.clients.Clients;
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

/** The service behind a real port, over a real PostgreSQL; one context for all tests. Each test has its own project. */
@SpringBootTest(
        classes = StructureServiceApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"structure-service.queue.sweep=100ms", "structure-service.queue.pause=1ms"})
@Import({DatabaseForTests.class, IdentityForTests.class})
@Timeout(60)
public abstract class ServiceTest {

    @LocalServerPort
    protected int port;

    @Autowired
    protected Clients clients;

    @Autowired
    protected JdbcClient database;

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

    protected HttpResponse<String> post(String path, String mediaType, byte[] body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", mediaType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
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
