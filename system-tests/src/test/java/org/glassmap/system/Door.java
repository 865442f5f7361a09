package org.glassmap.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.glassmap.support.contracts.ApiContract;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway as {@code curl} sees it: an address, a token, and whatever comes back, which the API's document must know. */
record Door(URI address, String token) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ApiContract CONTRACT = ApiContract.written();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", "");
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, "application/json", json);
    }

    /** Every POST bears a key of its own; where none is wanted it says nothing. */
    Answer send(String verb, String path, String type, String body) throws IOException, InterruptedException {
        return send(verb, path, type, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String verb, String path, String type, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofMinutes(3))
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", type)
                .method(verb, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        List<String> faults = CONTRACT.faults(
                verb,
                request.uri().getPath(),
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(null),
                response.body().getBytes(StandardCharsets.UTF_8));
        if (!faults.isEmpty()) {
            throw new AssertionError("an answer that openapi.yaml does not know: " + faults);
        }
        List<String> taken = CONTRACT.requestFaults(verb, request.uri().getPath(), response.statusCode(), type, body);
        if (!taken.isEmpty()) {
            throw new AssertionError("a request was taken that openapi.yaml does not know: " + taken);
        }
        return new Answer(response.statusCode(), response.body());
    }

    record Answer(int status, String body) {

        JsonNode json() {
            if (status >= 300) {
                throw new AssertionError(status + " " + body);
            }
            return JSON.readTree(body);
        }

        /** What stands there as text. @param pointer RFC 6901 */
        String at(String pointer) {
            return json().at(pointer).asString();
        }
    }
}
