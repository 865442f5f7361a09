package org.glassmap.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.glassmap.gateway.probe.ProbeApplication;
import org.glassmap.support.postgresql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StreamingTest {
    @TempDir
    static Path folder;

    static RunningGateway glassmap;

    @BeforeAll
    static void start() throws Exception {
        glassmap = new RunningGateway(
                TestDatabase.fresh("access"),
                folder,
                "--glassmap.limits.body=1KB",
                "--glassmap.limits.upload=40MB",
                "--glassmap.access.requests-at-once=80");
    }

    @AfterAll
    static void stop() {
        ProbeApplication.Valve.open();
        glassmap.close();
    }

    @Test
    void anEventArrivesBeforeTheNextOneIsWritten() throws Exception {
        firstLineArrivesAlone("/v1/campaigns/c/events", "id: 1");
    }

    @Test
    void aLineOfNdjsonArrivesBeforeTheNextOneIsWritten() throws Exception {
        firstLineArrivesAlone("/v1/labels/stream", "{\"i\":1}");
    }

    private static void firstLineArrivesAlone(String path, String line) throws Exception {
        ProbeApplication.Valve.close();
        long start = System.nanoTime();
        HttpResponse<InputStream> answer = glassmap.open(path, glassmap.adminToken());
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(reader.readLine()).isEqualTo(line);
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(1) * 3);
            ProbeApplication.Valve.open();
            assertThat(reader.lines().toList().toString()).contains("2");
        }
    }

    @Test
    void aLongPollIsWaitedFor() throws Exception {
        double seconds = Double.parseDouble(System.getProperty("glassmap.test.long-poll", "3"));
        assertThat(glassmap.get("/v1/trainings/t?seconds=" + seconds, glassmap.adminToken())
                        .body())
                .isEqualTo("done");
    }

    @Test
    void aTokenWithTooManyRequestsUnderWayIsToldToWait() throws Exception {
        String token = glassmap.newToken("{\"user\":\"loop\",\"scopes\":[\"read\"],\"projects\":[\"lab\"]}");
        HttpRequest poll = RunningGateway.request(glassmap.uri("/v1/trainings/t?seconds=4"), token)
                .build();
        List<CompletableFuture<HttpResponse<String>>> polls = java.util.stream.Stream.generate(
                        () -> glassmap.http.sendAsync(poll, HttpResponse.BodyHandlers.ofString()))
                .limit(100)
                .toList();
        CompletableFuture.allOf(polls.toArray(CompletableFuture[]::new)).join();
        List<HttpResponse<String>> refused = polls.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.statusCode() != 200)
                .toList();
        assertThat(refused).hasSizeBetween(1, 20).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(glassmap.json(answer).get("type").asString()).endsWith("/too-many-requests");
        });
        assertThat(glassmap.get("/v1/me", token).statusCode()).isEqualTo(200); // all of them have been given back
    }

    @Test
    void manyLongPollsWaitSideBySide() throws Exception {
        long start = System.nanoTime();
        var polls = java.util.stream.IntStream.range(0, 60)
                .mapToObj(i -> {
                    try {
                        return glassmap.http.sendAsync(
                                RunningGateway.request(glassmap.uri("/v1/trainings/t?seconds=3"), glassmap.adminToken())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
        for (var poll : polls) {
            assertThat(poll.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        // one after the other it would be 180 s
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(60));
    }

    @Test
    void bodiesGoThroughUntouched() throws Exception {
        String body = "{\"a\":1.0E-9,\"b\":\"ü\"}";
        HttpResponse<String> answer = glassmap.send("POST", "/v1/methods", glassmap.adminToken(), body);
        assertThat(glassmap.json(answer).get("b").asString()).isEqualTo("ü");
        assertThat(answer.headers().allValues("Trace-Id")).hasSize(1);
        assertThat(answer.headers().allValues("Content-Type")).hasSize(1);
    }

    @Test
    void theProblemOfAServiceIsTheProblemOfTheGateway() throws Exception {
        HttpResponse<String> answer = glassmap.send("DELETE", "/v1/methods", glassmap.adminToken(), "");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(glassmap.json(answer).get("detail").asString()).isEqualTo("methods stay");
        assertThat(glassmap.json(answer).get("traceId").asString())
                .isEqualTo(answer.headers().firstValue("Trace-Id").orElseThrow());
    }

    @Test
    void aServiceThatIsAwayIsToldAsAProblem() throws Exception {
        HttpResponse<String> answer = glassmap.get("/v1/phase-diagrams/x", glassmap.adminToken());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("/problems/unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> answer =
                glassmap.send("POST", "/v1/methods", glassmap.adminToken(), "{\"a\":\"" + "x".repeat(2000) + "\"}");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("/problems/too-large").contains("1024");
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefused() throws Exception {
        HttpRequest request = RunningGateway.request(glassmap.uri("/v1/methods"), glassmap.adminToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[5000]))) // its length is not told
                .build();
        HttpResponse<String> answer = glassmap.http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.body()).contains("/problems/too-large");
    }

    @Test
    void aBodyThatCurlCallsAFormArrivesWhole() throws Exception {
        for (String method : new String[] {"PUT", "POST"}) {
            HttpRequest request = RunningGateway.request(
                            glassmap.uri("/v1/artifacts/up?project=lab"), glassmap.adminToken())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method(method, HttpRequest.BodyPublishers.ofString("a=1&b=%zz"))
                    .build();
            HttpResponse<String> answer = glassmap.http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).as(method).isEqualTo("{\"bytes\":9}");
        }
    }

    @Test
    void uploadsMayBeLarger() throws Exception {
        HttpRequest request = RunningGateway.request(glassmap.uri("/v1/artifacts/up"), glassmap.adminToken())
                .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[30_000_000]))
                .build();
        HttpResponse<String> answer = glassmap.http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("30000000");
    }
}
