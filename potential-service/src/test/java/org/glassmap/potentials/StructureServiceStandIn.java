package org.glassmap.potentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.glassmap.contract.access.ExchangedToken;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.support.ids.Sha256;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks what this service hears of the structure-service and of the gateway's inner door, over real HTTP: datasets made
 * of frames, files by their hash, token exchange. The real ones are met in the system tests.
 */
@NullUnmarked
public final class StructureServiceStandIn implements AutoCloseable {

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpServer server;
    private final Map<String, DatasetVersion> datasets = new ConcurrentHashMap<>();
    private final Map<String, byte[]> frames = new ConcurrentHashMap<>();
    private final Map<String, byte[]> artifacts = new ConcurrentHashMap<>();
    private final Map<String, StructureDocument> structures = new ConcurrentHashMap<>();
    private volatile boolean away;
    private volatile boolean takesNothing;

    public StructureServiceStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** While true, everything but the token exchange answers 503. */
    public void away(boolean now) {
        away = now;
    }

    /** While true, files that are put are answered by 503. */
    public void takesNothing(boolean now) {
        takesNothing = now;
    }

    /** A version 1 of a dataset whose labels are named after their places. */
    public DatasetVersion dataset(String name, List<Frame> labelled) {
        TreeSet<Species> elements = new TreeSet<>();
        StringBuilder text = new StringBuilder();
        long atoms = 0;
        int number = 0;
        for (Frame frame : labelled) {
            elements.addAll(frame.structure().species());
            atoms += frame.structure().size();
            try {
                ExtendedXyz.write(frame.withMetadata("label", "label-%064x".formatted(number++)), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return dataset(
                name,
                text.toString(),
                labelled.size(),
                atoms,
                elements.stream().map(Species::symbol).toList());
    }

    /** As {@link #dataset(String, List)}, whatever the text says. */
    public DatasetVersion dataset(String name, String text, int labels, long atoms, List<String> elements) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String id = "dataset-" + Sha256.of(bytes);
        DatasetVersion version = new DatasetVersion(
                id, name, 1, "method-" + "0".repeat(64), labels, atoms, elements, Instant.EPOCH.toString());
        frames.put(id, bytes);
        datasets.put(id, version);
        datasets.put(name, version);
        datasets.put(name + "@1", version);
        return version;
    }

    public void structure(String id, StructureDocument document) {
        structures.put(id, document);
    }

    public Map<String, byte[]> artifacts() {
        return new LinkedHashMap<>(artifacts);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        boolean named = exchange.getRequestHeaders().getFirst("Authorization") != null;
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/internal/token-exchange")) {
                send(
                        exchange,
                        200,
                        new ExchangedToken("on-behalf", Instant.now().plusSeconds(300)));
            } else if (!named) {
                problem(exchange, RequestProblem.NOT_FOUND, "nobody asks");
            } else if (away || takesNothing && exchange.getRequestMethod().equals("PUT")) {
                problem(exchange, RequestProblem.UNAVAILABLE, "away for a test");
            } else {
                answer(exchange, path);
            }
        }
    }

    private void answer(HttpExchange exchange, String[] path) throws IOException {
        String key = path.length > 3 ? path[3] : "";
        switch (exchange.getRequestMethod() + " " + path[2] + (path.length > 4 ? " " + path[4] : "")) {
            case "GET datasets" -> found(exchange, datasets.get(key));
            case "GET datasets frames" -> bytes(exchange, "chemical/x-extxyz", frames.get(key));
            case "GET structures" -> found(exchange, structures.get(key));
            case "GET artifacts" -> bytes(exchange, "application/octet-stream", artifacts.get(key));
            case "PUT artifacts" -> put(exchange, key);
            default ->
                problem(
                        exchange,
                        RequestProblem.NOT_FOUND,
                        exchange.getRequestURI().toString());
        }
    }

    private void put(HttpExchange exchange, String hash) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        if (!Sha256.of(bytes).equals(hash)) {
            problem(exchange, RequestProblem.INVALID_REQUEST, "the bytes hash to something else");
            return;
        }
        artifacts.put("artifact-" + hash, bytes);
        exchange.sendResponseHeaders(201, -1);
    }

    private void found(HttpExchange exchange, Object what) throws IOException {
        if (what == null) {
            problem(exchange, RequestProblem.NOT_FOUND, exchange.getRequestURI().toString());
        } else {
            send(exchange, 200, what);
        }
    }

    private void bytes(HttpExchange exchange, String type, byte[] bytes) throws IOException {
        if (bytes == null) {
            problem(exchange, RequestProblem.NOT_FOUND, exchange.getRequestURI().toString());
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0); // chunked
        exchange.getResponseBody().write(bytes);
    }

    private void problem(HttpExchange exchange, RequestProblem problem, String detail) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        write(
                exchange,
                problem.status(),
                new ProblemDocument(problem.type(), problem.title(), problem.status(), detail, null, null, List.of()));
    }

    private void send(HttpExchange exchange, int status, Object body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        write(exchange, status, body);
    }

    private void write(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
