package org.glassmap.standalone.demo;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.glassmap.contract.structures.ItemOutcome;
import org.glassmap.support.clients.ClientProperties;
import org.glassmap.support.clients.Clients;
import org.glassmap.support.clients.Repetition;
import org.glassmap.support.ids.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Glassmap as a user sees it: one address and a token. */
public final class GatewayClient {

    private static final MediaType EXTENDED_XYZ = MediaType.parseMediaType("chemical/x-extxyz");

    /** For a server that restarts. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Clients clients;
    private final URI address;
    private final String token;
    private final RestClient rest;
    private final JsonMapper json = JsonMapper.builder().build();

    /** Waits up to five minutes for a server that restarts. */
    public GatewayClient(URI address, String token) {
        this.clients = new Clients(json, new ClientProperties(Duration.ofSeconds(60), PATIENCE));
        this.address = address;
        this.token = token;
        this.rest = clients.rest(address, () -> token);
    }

    <T> T api(Class<T> contract) {
        return clients.client(contract, address, () -> token);
    }

    /** Posts structures as one file; their ids in order.
     *
     * @throws IllegalStateException naming the first frame that was refused
     */
    List<String> postStructures(String extendedXyz) {
        return outcomes("/v1/structures", extendedXyz).stream()
                .map(outcome -> Objects.requireNonNull(outcome.structure()))
                .toList();
    }

    /** Posts labelled frames as one file; outcomes in order. */
    List<ItemOutcome> postLabels(String method, String name, String extendedXyz) {
        return outcomes("/v1/labels?method=" + method + "&name=" + name, extendedXyz);
    }

    private List<ItemOutcome> outcomes(String path, String extendedXyz) {
        String answer = repeatedly(() -> rest.post()
                .uri(path)
                .contentType(EXTENDED_XYZ)
                .accept(MediaType.APPLICATION_NDJSON)
                .body(extendedXyz.getBytes(StandardCharsets.UTF_8))
                .retrieve()
                .body(String.class));
        List<ItemOutcome> outcomes = new ArrayList<>();
        for (String line : answer.lines().toList()) {
            ItemOutcome outcome = json.readValue(line, ItemOutcome.class);
            if (outcome.error() != null) {
                throw new IllegalStateException("frame %d was refused: %s"
                        .formatted(outcome.index() + 1, outcome.error().detail()));
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    /** Its id. */
    String putArtifact(byte[] bytes) {
        String hash = Sha256.of(bytes);
        repeatedly(() -> rest.put()
                .uri("/v1/artifacts/{hash}", hash)
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(bytes)
                .retrieve()
                .toBodilessEntity());
        return "artifact-" + hash;
    }

    /** What stands at an address, in the form asked for. */
    byte[] get(String path, String accept) {
        return repeatedly(() -> rest.get()
                .uri(path)
                .accept(MediaType.parseMediaType(accept))
                .retrieve()
                .body(byte[].class));
    }

    /** All that this client sends may be sent again: it reads, or what it posts is known by its content. */
    private static <T> T repeatedly(Supplier<@Nullable T> exchange) {
        return Objects.requireNonNull(Repetition.whileAway(PATIENCE, failure -> true, exchange));
    }
}
