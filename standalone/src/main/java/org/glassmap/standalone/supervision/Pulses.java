package org.glassmap.standalone.supervision;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.Ports;
import org.glassmap.support.postgresql.ManagedPostgres;
import org.jspecify.annotations.Nullable;

/** Where the pulse of each child is felt. */
final class Pulses {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Pulses() {}

    /**
     * Every server answers something. The question bears no token: it is refused before any database is asked, so that a
     * database that hangs is no fault of theirs.
     */
    static Pulse services(Installation installation) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
        return () -> {
            Ports ports = installation.settings().ports();
            List<CompletableFuture<Boolean>> answers = List.of(
                            installation.settings().url(),
                            "http://127.0.0.1:" + ports.structure(),
                            "http://127.0.0.1:" + ports.potential(),
                            "http://127.0.0.1:" + ports.sampler(),
                            "http://127.0.0.1:" + ports.analysis())
                    .stream()
                    .map(address -> answers(http, URI.create(address + "/v1")))
                    .toList();
            return answers.stream().allMatch(CompletableFuture::join);
        };
    }

    private static CompletableFuture<Boolean> answers(HttpClient http, URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenApply(answer -> true)
                .exceptionally(failure -> false);
    }

    /** The agent marks a file whenever it turns to the queue, answered or not. Marks are compared, not read as times. */
    static Pulse worker(Installation installation) {
        return new Pulse() {
            private @Nullable FileTime last;

            @Override
            public boolean isFelt() {
                FileTime now = mark(installation.workerMark());
                boolean felt = now != null && !now.equals(last);
                last = now;
                return felt;
            }
        };
    }

    private static @Nullable FileTime mark(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null; // it has made none yet
        }
    }

    /** It takes a login, or says why it does not just now. */
    static Pulse database(Installation installation) {
        return () -> !ManagedPostgres.isMute(installation.postgresSettings());
    }
}
