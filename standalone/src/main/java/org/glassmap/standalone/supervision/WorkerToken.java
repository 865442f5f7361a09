package org.glassmap.standalone.supervision;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.glassmap.contract.access.IssuedToken;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Gets the local worker its agent's token, once, from the gateway. */
final class WorkerToken {
    private static final String REQUEST =
            "{\"user\":\"local-worker\",\"label\":\"the worker beside the services\",\"scopes\":[\"agent\"]}";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(WorkerToken.class);

    private WorkerToken() {}

    /** Waits for the gateway if need be. */
    static void ensure(Installation installation) {
        while (!Files.exists(installation.workerToken())) {
            try {
                ask(installation);
            } catch (InstallationException e) {
                log.info("The worker waits for its token: {}", e.getMessage());
                Processes.pause(PAUSE);
            }
        }
    }

    private static void ask(Installation installation) {
        Optional<String> admin = installation.adminTokenText();
        if (admin.isEmpty()) {
            throw new InstallationException("the gateway has not written the admin's token yet");
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(installation.settings().url() + "/v1/tokens"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + admin.get())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new InstallationException("the gateway gives the worker no token: " + answer.body());
            }
            IssuedToken issued = JsonMapper.builder().build().readValue(answer.body(), IssuedToken.class);
            Installation.writeSecret(installation.workerToken(), issued.secret() + "\n");
        } catch (IOException e) {
            throw new InstallationException(
                    "the gateway does not answer yet (" + e.getClass().getSimpleName() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InstallationException("interrupted while asking for the worker's token", e);
        }
    }
}
