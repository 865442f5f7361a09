package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.glassmap.support.postgresql.ServiceSchema;
import org.glassmap.support.postgresql.TestDatabase;
import org.glassmap.system.Door.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The six as six processes with the environment that {@code docker-compose.yml} gives their containers; only names of
 * hosts, ports and folders are this machine's. From crystals to the hull, and one calculation by the worker.
 */
@Timeout(1200) // six JVMs start beside whatever else a busy machine does
class SixProcessesTest {

    private static final Duration START_LIMIT = Duration.ofMinutes(12);
    private static final Map<String, Integer> CONTAINER_PORTS = ports();

    @TempDir
    Path folder;

    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<Integer, Integer> ports = new TreeMap<>();
    private TestDatabase database;
    private ComposeFile compose;

    private static Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("gateway", 8700);
        ports.put("structure-service", 8701);
        ports.put("potential-service", 8702);
        ports.put("sampler-service", 8703);
        ports.put("analysis-service", 8704);
        return ports;
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes.values()) {
            process.destroy();
        }
        for (Process process : processes.values()) {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void fromCrystalsToTheHullAndOneCalculationInSixProcesses() throws Exception {
        compose = ComposeFile.read();
        assertThat(compose.mainClasses()).hasSize(6);
        prepare();
        for (String server : CONTAINER_PORTS.keySet()) {
            start(server);
        }
        Door admin = new Door(URI.create("http://127.0.0.1:" + ports.get(8700)), variables.get("ADMIN_TOKEN"));
        awaitHealth(admin);
        Answer token = admin.post("/v1/tokens", "{\"user\": \"worker\", \"scopes\": [\"agent\"]}");
        Files.writeString(folder.resolve("agent-token"), token.at("/secret"));
        start("worker");

        hull(admin);
        String calculation = calculation(admin);
        JsonNode result = admin.get("/v1/calculations/" + calculation).json();
        assertThat(result.at("/state").asString()).isEqualTo("succeeded");
        assertThat(result.at("/result/converged").asBoolean()).isTrue();
        assertThat(processes.values()).allMatch(Process::isAlive);
    }

    private void prepare() throws Exception {
        database = TestDatabase.fresh("access");
        try (var superuser = database.superuser()) {
            for (String schema : List.of("structure", "potential", "sampler", "analysis")) {
                new ServiceSchema(schema).grant(superuser, "of-" + schema);
                variables.put(schema.toUpperCase(java.util.Locale.ROOT) + "_PASSWORD", "of-" + schema);
            }
        }
        variables.put("ACCESS_PASSWORD", database.password());
        for (String service : List.of("POTENTIAL", "SAMPLER", "ANALYSIS")) {
            variables.put(service + "_SECRET", "secret of " + service);
        }
        variables.put("ADMIN_TOKEN", "gm_0123456789_" + "0123456789ab".repeat(4));
        List<ServerSocket> sockets = new ArrayList<>();
        for (int port : List.of(8700, 8701, 8702, 8703, 8704, 8706)) {
            sockets.add(new ServerSocket(0));
            ports.put(port, sockets.getLast().getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
    }

    private void start(String container) throws IOException {
        Path home = Files.createDirectories(folder.resolve(container));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Xmx400m",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                compose.mainClasses().get(container));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log.txt").toFile());
        compose.environment(container, variables)
                .forEach((name, value) -> builder.environment().put(name, here(value, home)));
        if (CONTAINER_PORTS.containsKey(container)) {
            builder.environment()
                    .put(
                            "SERVER_PORT",
                            ports.get(CONTAINER_PORTS.get(container)).toString());
        }
        if (container.equals("gateway")) {
            builder.environment()
                    .put("GLASSMAP_ACCESS_INNERPORT", ports.get(8706).toString());
        }
        processes.put(container, builder.start());
    }

    /** What a container's setting means on this machine. */
    private String here(String value, Path home) {
        String here = value.replace("jdbc:postgresql://postgres:5432/glassmap", database.url())
                .replace("/var/lib/glassmap", home.toString())
                .replace(
                        "/run/secrets/agent-token",
                        folder.resolve("agent-token").toString())
                .replace("0.0.0.0", "127.0.0.1");
        for (String server : CONTAINER_PORTS.keySet()) {
            for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
                here = here.replace("http://" + server + ":" + port.getKey(), "http://127.0.0.1:" + port.getValue());
            }
        }
        return here;
    }

    private void awaitHealth(Door admin) throws Exception {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < limit) {
            for (Map.Entry<String, Process> process : processes.entrySet()) {
                assertThat(process.getValue().isAlive())
                        .as("%s runs; its log: %s", process.getKey(), logOf(process.getKey()))
                        .isTrue();
            }
            try {
                if (admin.get("/health").status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not there yet
            }
            Thread.sleep(500);
        }
        throw new AssertionError("not everything came up: " + admin.get("/health"));
    }

    private String logOf(String container) throws IOException {
        String log = Files.readString(folder.resolve(container).resolve("log.txt"), StandardCharsets.UTF_8);
        return log.substring(Math.max(0, log.length() - 3000));
    }

    private static void hull(Door admin) throws Exception {
        String method = admin.post(
                        "/v1/methods",
                        "{\"engine\": \"stated\", \"kind\": \"static\","
                                + " \"settings\": {\"levelOfTheory\": \"SevenNet-0 (PBE-like)\"}}")
                .at("/id");
        Answer outcomes = admin.send(
                "POST",
                "/v1/labels?method=" + method + "&name=crystals.extxyz",
                "chemical/x-extxyz",
                Files.readAllBytes(Repository.root().resolve("data/crystals/crystals.extxyz")));
        assertThat(outcomes.status()).as(outcomes.body()).isEqualTo(200);
        List<String> labels = new ArrayList<>();
        for (String line : outcomes.body().lines().toList()) {
            labels.add(JsonMapper.builder().build().readTree(line).at("/label").asString());
        }
        assertThat(labels).hasSize(8);
        JsonNode diagram = admin.post("/v1/phase-diagrams", "{\"labels\": [\"" + String.join("\", \"", labels) + "\"]}")
                .json();
        double gamma = Double.POSITIVE_INFINITY; // the lowest of the three Li3PS4
        for (JsonNode point : diagram.get("points")) {
            if (Math.abs(point.get("fraction").asDouble() - 0.75) < 1e-9) {
                gamma = Math.min(gamma, point.get("formationEnergy").asDouble());
            }
        }
        assertThat(gamma)
                .isCloseTo(-0.119, org.assertj.core.data.Offset.offset(0.005)); // the stored labels, in eV/atom
        assertThat(admin.get("/v1/phase-diagrams/" + diagram.get("id").asString() + "?format=svg")
                        .body())
                .contains("<svg");
    }

    /** Of a crystal, by the potential that is kept; waits until it has ended. @return its id */
    private static String calculation(Door admin) throws Exception {
        byte[] teacher = Files.readAllBytes(Repository.root().resolve("data/teacher/teacher.potential"));
        String hash = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(teacher));
        assertThat(admin.send("PUT", "/v1/artifacts/" + hash, "application/octet-stream", teacher)
                        .status())
                .isBetween(200, 201);
        String method = admin.post(
                        "/v1/methods",
                        "{\"engine\": \"potential\", \"kind\": \"static\", \"settings\": {\"potential\": \"artifact-"
                                + hash + "\"}}")
                .at("/id");
        String structure = admin.get("/v1/structures?formula=Li2S").at("/items/0/id");
        String calculation = admin.post(
                        "/v1/calculations", "{\"structure\": \"%s\", \"method\": \"%s\"}".formatted(structure, method))
                .at("/id");
        String state = "ready";
        for (long limit = System.nanoTime() + START_LIMIT.toNanos(); System.nanoTime() < limit; ) {
            state = admin.get("/v1/calculations/" + calculation + "?wait=20s").at("/state");
            if (List.of("succeeded", "failed", "cancelled").contains(state)) {
                return calculation;
            }
        }
        throw new AssertionError(calculation + " is still " + state);
    }
}
