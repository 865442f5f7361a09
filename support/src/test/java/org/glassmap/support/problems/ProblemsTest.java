package org.glassmap.support.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.glassmap.contract.problems.Problem;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.identity.IdentityForTests;
import org.glassmap.support.identity.TokensForTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(classes = SampleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(IdentityForTests.class)
@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    @Test
    void aValueThatATypeRefusesIsNamedWithItsPlace() throws Exception {
        ProblemDocument told = problem(
                post("{\"name\":\"a\",\"stages\":[{\"cutoff\":1.5,\"steps\":3},{\"cutoff\":-1.0,\"steps\":3}]}"),
                RequestProblem.INVALID_REQUEST);
        assertThat(told.detail()).isEqualTo("cutoff must be positive, got -1.0 Å");
        assertThat(told.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.pointer()).isEqualTo("/stages/1"));
        assertThat(told.instance()).isEqualTo(URI.create("/v1/jobs"));
    }

    @Test
    void aWrongKindOfValueIsNamedWithItsPlace() throws Exception {
        ProblemDocument told = problem(
                post("{\"name\":\"a\",\"stages\":[{\"cutoff\":\"wide\",\"steps\":3}]}"),
                RequestProblem.INVALID_REQUEST);
        assertThat(told.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.pointer()).isEqualTo("/stages/0/cutoff"));
    }

    @Test
    void brokenJsonIsNamedWithItsLine() throws Exception {
        ProblemDocument told = problem(post("{\n\"name\":\"a\",\n!}"), RequestProblem.UNREADABLE_REQUEST);
        assertThat(told.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.line()).isEqualTo(3));
    }

    @Test
    void anEmptyBodyIsUnreadable() throws Exception {
        problem(post(""), RequestProblem.UNREADABLE_REQUEST);
    }

    @Test
    void theMostSpecialRuleTells() throws Exception {
        ProblemDocument hot = problem(get("/v1/ovens/hot"), RequestProblem.TOO_MANY_REQUESTS);
        assertThat(hot.detail()).isEqualTo("let it cool");
        assertThat(hot.errors()).singleElement().satisfies(error -> {
            assertThat(error.frame()).isEqualTo(7);
            assertThat(error.line()).isEqualTo(3);
            assertThat(error.remedy()).isEqualTo("wait");
        });
        ProblemDocument cold = problem(get("/v1/ovens/cold"), RequestProblem.CONFLICT);
        assertThat(cold.detail()).isEqualTo("too cold");
    }

    @Test
    void theInsideStaysInsideAndTheTraceIdLeadsToTheLog(CapturedOutput output) throws Exception {
        HttpResponse<InputStream> answer = get("/v1/ovens/secret");
        String trace = answer.headers().firstValue("Trace-Id").orElseThrow();
        String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(body).doesNotContain("sesame").doesNotContain("IllegalState").contains(trace);
        assertThat(output.getOut()).contains("password=sesame").contains(trace);
    }

    @Test
    void aTraceThatCameInGoesOn() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpRequest request = request("/v1/ovens/gone")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .build();
        ProblemDocument told =
                problem(http.send(request, HttpResponse.BodyHandlers.ofInputStream()), RequestProblem.NOT_FOUND);
        assertThat(told.traceId()).isEqualTo(trace);
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        problem(get("/v1/nowhere"), RequestProblem.NOT_FOUND);
    }

    @Test
    void aWrongMethodIsToldWhichOnesThereAre() throws Exception {
        HttpResponse<InputStream> answer = get("/v1/jobs");
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
        problem(answer, RequestProblem.METHOD_NOT_ALLOWED);
    }

    @Test
    void aFormatThatIsNotReadIsUnsupported() throws Exception {
        HttpRequest request = request("/v1/jobs")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString("a,b"))
                .build();
        problem(http.send(request, HttpResponse.BodyHandlers.ofInputStream()), RequestProblem.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void aFormatThatIsNotWrittenIsNotAcceptable() throws Exception {
        HttpRequest request =
                request("/v1/picture?width=3").header("Accept", "text/csv").build();
        problem(http.send(request, HttpResponse.BodyHandlers.ofInputStream()), RequestProblem.NOT_ACCEPTABLE);
    }

    @Test
    void aProblemIsToldEvenToThoseWhoWantAPicture() throws Exception {
        HttpRequest request =
                request("/v1/picture?width=wide").header("Accept", "image/png").build();
        ProblemDocument told = problem(
                http.send(request, HttpResponse.BodyHandlers.ofInputStream()), RequestProblem.UNREADABLE_REQUEST);
        assertThat(told.errors()).singleElement().satisfies(error -> {
            assertThat(error.parameter()).isEqualTo("width");
            assertThat(error.value()).isEqualTo("wide");
        });
    }

    @Test
    void aMissingParameterIsUnreadable() throws Exception {
        problem(get("/v1/picture"), RequestProblem.UNREADABLE_REQUEST);
    }

    @Test
    void anIdThatIsNoneIsToldInTheTypesOwnWords() throws Exception {
        ProblemDocument told = problem(get("/v1/projects/7"), RequestProblem.UNREADABLE_REQUEST);
        assertThat(told.detail()).contains("32 hexadecimal digits").contains("got 7");
    }

    @Test
    void faultsAreToldInTheWordsOfTheWebAndNotOfTheProgram() throws Exception {
        assertThat(problem(get("/v1/nothing/here"), RequestProblem.NOT_FOUND).detail())
                .startsWith("There is nothing at /v1/nothing/here");
        assertThat(problem(get("/v1/picture"), RequestProblem.UNREADABLE_REQUEST)
                        .detail())
                .isEqualTo("The parameter width is missing.");
        HttpRequest delete = request("/v1/picture").DELETE().build();
        HttpResponse<InputStream> answer = http.send(delete, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
        assertThat(problem(answer, RequestProblem.METHOD_NOT_ALLOWED).detail())
                .isEqualTo("DELETE is not done here; GET is.");
        ProblemDocument list = problem(post("[1]"), RequestProblem.INVALID_REQUEST);
        assertThat(list.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.detail()).isEqualTo("must be an object"));
    }

    @Test
    void aFullDiskIsToldAsSuch() throws Exception {
        problem(get("/v1/full"), RequestProblem.STORAGE_FULL);
        problem(get("/v1/full-database"), RequestProblem.STORAGE_FULL);
    }

    @Test
    void whatTheContainerTurnsAwayIsAProblemDocumentToo() throws Exception {
        String answer = raw("GET /v1/[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("/problems/unreadable-request")
                .doesNotContain("Tomcat");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TokensForTests.member(TokensForTests.newProject()));
    }

    private HttpResponse<InputStream> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpResponse<InputStream> post(String body) throws Exception {
        HttpRequest request = request("/v1/jobs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private ProblemDocument problem(HttpResponse<InputStream> answer, Problem expected) throws IOException {
        String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(body).isEqualTo(expected.status());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        ProblemDocument document = json.readValue(body, ProblemDocument.class);
        assertThat(document.type()).isEqualTo(expected.type());
        assertThat(document.status()).isEqualTo(expected.status());
        assertThat(Objects.requireNonNull(document.traceId()))
                .isEqualTo(answer.headers().firstValue("Trace-Id").orElseThrow());
        return document;
    }
}
