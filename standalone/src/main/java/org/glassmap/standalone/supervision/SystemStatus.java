package org.glassmap.standalone.supervision;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.glassmap.contract.access.HealthDocument;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.support.postgresql.ManagedPostgres;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What of an installation is up, asked anew each time. */
public final class SystemStatus {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Installation installation;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    public SystemStatus(Installation installation) {
        this.installation = installation;
    }

    /** By name, in the order in which things come up; a state for each, beginning with {@code up} or {@code down}. */
    public Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        states.put("supervisor", process(Processes.living(Role.SUPERVISOR, installation)));
        states.put("PostgreSQL", process(ManagedPostgres.running(installation.postgresSettings())));
        Optional<ProcessHandle> services = Processes.living(Role.SERVICES, installation);
        Optional<HealthDocument> health = services.isPresent() ? health() : Optional.empty();
        states.put("gateway", health.isPresent() ? process(services) : "down");
        for (String service : Installation.SERVICES) {
            String name = service.replace("-service", "");
            String up = health.map(document -> document.services().getOrDefault(name, "down"))
                    .orElse("down");
            states.put(service, up);
        }
        Optional<ProcessHandle> worker = Processes.living(Role.WORKER, installation);
        boolean ready = worker.isPresent() && Files.exists(installation.workerToken());
        states.put("worker", ready ? process(worker) : "down");
        return states;
    }

    public boolean isUp() {
        return missing().isEmpty();
    }

    /** The names of what is down, for people; empty if all is up. */
    public String missing() {
        return states().entrySet().stream()
                .filter(state -> !state.getValue().startsWith("up"))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static String process(Optional<ProcessHandle> process) {
        return process.map(living -> "up (process " + living.pid() + ")").orElse("down");
    }

    private Optional<HealthDocument> health() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(installation.settings().url() + "/health"))
                .timeout(LIMIT)
                .build();
        try {
            String body =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return Optional.of(JSON.readValue(body, HealthDocument.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty(); // not up, or not ours
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
