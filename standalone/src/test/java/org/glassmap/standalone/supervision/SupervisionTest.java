package org.glassmap.standalone.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationSettings;
import org.glassmap.standalone.installation.Ports;
import org.glassmap.standalone.safekeeping.Backup;
import org.glassmap.support.postgresql.ManagedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole system as processes, and what becomes of it when they are killed. */
@Timeout(600)
class SupervisionTest {
    @TempDir
    Path folder;

    private Installation installation = new Installation(Path.of("unset"));
    private Installation restored = new Installation(Path.of("unset"));

    @AfterEach
    void down() {
        new Shutdown(installation).bringDown();
        new Shutdown(restored).bringDown();
    }

    @Test
    void whateverIsKilledComesBackAndABackupStartsAsTheSame() throws Exception {
        installation = new Installation(folder.resolve("home"));
        restored = new Installation(folder.resolve("restored"));
        Startup startup = new Startup(installation);
        startup.require(freeSettings());
        startup.bringUp(step -> {});
        createProject("before");

        killServicesWorkerAndDatabase();
        awaitUp();
        assertThat(projects(installation)).contains("\"before\"");

        ProcessHandle services = living(Role.SERVICES);
        kill(living(Role.SUPERVISOR));
        assertThat(projects(installation)).contains("\"before\""); // its death harms nothing
        startup.bringUp(step -> {});
        assertThat(living(Role.SERVICES)).isEqualTo(services); // adopted, not started anew

        Path backup = folder.resolve("backup");
        Backup.take(installation, backup);
        createProject("after");
        assertThat(new Shutdown(installation).bringDown()).isTrue();
        assertThat(new SystemStatus(installation).states().values()).allMatch("down"::equals);
        assertThat(new Shutdown(installation).bringDown()).isFalse();

        Backup.restore(backup, restored);
        Startup again = new Startup(restored);
        again.require(restored.settings());
        again.bringUp(step -> {});
        assertThat(projects(restored)).contains("\"before\"").doesNotContain("\"after\"");
    }

    private void killServicesWorkerAndDatabase() throws Exception {
        ProcessHandle database =
                ManagedPostgres.running(installation.postgresSettings()).orElseThrow();
        kill(living(Role.SERVICES));
        kill(database);
        kill(living(Role.WORKER));
    }

    private ProcessHandle living(Role role) {
        return Processes.living(role, installation).orElseThrow();
    }

    private static void kill(ProcessHandle process) throws Exception {
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().get(20, TimeUnit.SECONDS);
    }

    private void awaitUp() throws InterruptedException {
        SystemStatus status = new SystemStatus(installation);
        long limit = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        Map<String, String> states = status.states();
        while (!status.isUp() && System.nanoTime() < limit) {
            Thread.sleep(200);
            states = status.states();
        }
        assertThat(status.isUp()).as(states.toString()).isTrue();
    }

    private void createProject(String name) throws Exception {
        HttpResponse<String> made =
                send(installation, "POST", HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private static String projects(Installation installation) throws Exception {
        return send(installation, "GET", HttpRequest.BodyPublishers.noBody()).body();
    }

    private static HttpResponse<String> send(Installation installation, String method, HttpRequest.BodyPublisher body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(installation.settings().url() + "/v1/projects"))
                .header(
                        "Authorization",
                        "Bearer " + installation.adminTokenText().orElseThrow())
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Seven in a row that nobody has; below the range from which the system itself gives ports. */
    private static InstallationSettings freeSettings() {
        for (int base = 21_000; base < 30_000; base += 10) {
            Ports ports = new Ports(base);
            if (java.util.stream.IntStream.range(base, base + 7).allMatch(SupervisionTest::isFree)) {
                return new InstallationSettings(ports, "127.0.0.1");
            }
        }
        throw new AssertionError("no seven free ports in a row");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
