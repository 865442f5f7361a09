package org.glassmap.system;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.support.postgresql.ManagedPostgres;
import org.glassmap.support.postgresql.PostgresForTests;
import org.glassmap.support.postgresql.PostgresSettings;
import org.glassmap.support.postgresql.ServiceSchema;
import org.glassmap.worker.WorkerApplication;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, the services and a worker, each a process that can be killed without warning and started again. */
final class KillableSystem implements AutoCloseable {

    enum Part {
        WORKER,
        SERVICES,
        POSTGRESQL
    }

    private static final Duration START = Duration.ofMinutes(5);

    private final Path folder;
    private final int[] ports = new int[4];
    private final HttpClient http = HttpClient.newHttpClient();
    private ManagedPostgres postgres;
    private @Nullable Process services;
    private @Nullable Process worker;

    private KillableSystem(Path folder) throws Exception {
        this.folder = folder;
        for (int k = 0; k < ports.length; k++) {
            ports[k] = freePort();
        }
        this.postgres = startPostgres();
        try {
            prepareDatabase();
            this.services = startServices();
            Files.writeString(folder.resolve("agent-token"), Tokens.agent(address(), adminToken()));
            this.worker = startWorker();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** @param folder for data, tokens, artifacts and logs */
    static KillableSystem started(Path folder) throws Exception {
        return new KillableSystem(folder);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + ports[0]);
    }

    String adminToken() throws IOException {
        return Files.readString(folder.resolve("admin-token")).strip();
    }

    /** Kill −9, then the start that an operator or a supervisor would make. */
    void killAndStart(Part part) throws Exception {
        switch (part) {
            case WORKER -> {
                kill(worker);
                worker = startWorker();
            }
            case SERVICES -> {
                kill(services);
                services = startServices();
            }
            case POSTGRESQL -> {
                ProcessHandle postmaster = postgres.process();
                postmaster.destroyForcibly();
                postmaster.onExit().join();
                postgres.leave();
                postgres = startPostgres();
            }
        }
    }

    private ManagedPostgres startPostgres() {
        return ManagedPostgres.start(
                new PostgresSettings(folder.resolve("postgresql"), PostgresForTests.programs(), ports[1], true));
    }

    private void prepareDatabase() throws Exception {
        try (Connection superuser = postgres.connect("postgres")) {
            ServiceSchema.createDatabase(superuser, "glassmap");
        }
        try (Connection superuser = postgres.connect("glassmap")) {
            new ServiceSchema("access").grant(superuser, "of-access");
            new ServiceSchema("structure").grant(superuser, "of-structure");
        }
    }

    private Process startServices() throws Exception {
        String database = "--glassmap.database.url=" + postgres.url("glassmap");
        Process process = java(
                QueueServices.class.getName(),
                List.of(
                        "--server.port=" + ports[0],
                        database,
                        "--glassmap.database.password=of-access",
                        "--glassmap.access.inner-port=" + ports[2],
                        "--glassmap.access.admin-token-file=" + folder.resolve("admin-token"),
                        "--glassmap.services.structure=http://127.0.0.1:" + ports[3],
                        "--",
                        "--server.port=" + ports[3],
                        database,
                        "--glassmap.database.password=of-structure",
                        "--glassmap.identity.gateway=http://127.0.0.1:" + ports[2],
                        "--glassmap.artifacts.directory=" + folder.resolve("artifacts")));
        awaitAnswer(ports[0], "/health", process); // 503 where only some of the services run
        awaitAnswer(ports[3], "/actuator/health", process);
        return process;
    }

    private Process startWorker() throws IOException {
        return java(
                WorkerApplication.class.getName(),
                List.of(
                        "--glassmap.worker.gateway=" + address(),
                        "--glassmap.worker.directory=" + folder.resolve("worker"),
                        "--glassmap.worker.token-file=" + folder.resolve("agent-token"),
                        "--glassmap.worker.slots=2"));
    }

    private Process java(String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                new File(System.getProperty("java.home"), "bin/java").getPath(),
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.vector", // the same kernel here and there: the last bit is compared
                "-XX:TieredStopAtLevel=1", // they live for a minute
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(arguments);
        File log = folder.resolve(main.substring(main.lastIndexOf('.') + 1) + ".log")
                .toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private void awaitAnswer(int port, String path, Process process) throws Exception {
        long deadline = System.nanoTime() + START.toNanos();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                http.send(request, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("the services did not start; see the logs in " + folder);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        try {
            kill(worker);
            kill(services);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        postgres.close();
    }

    private static void kill(@Nullable Process process) throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
