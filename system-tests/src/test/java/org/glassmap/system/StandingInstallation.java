package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.glassmap.standalone.demo.Demo;
import org.glassmap.standalone.demo.GatewayClient;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.Ports;
import org.glassmap.standalone.supervision.Processes;
import org.glassmap.standalone.supervision.Role;
import org.glassmap.standalone.supervision.Shutdown;
import org.glassmap.support.postgresql.ManagedPostgres;
import org.jspecify.annotations.Nullable;

/**
 * An installation as {@code ./glassmap up} makes it: a supervisor, PostgreSQL, the services' JVM and a worker, each a
 * process of its own on the class path of this build, on ports and in a folder that nobody else has.
 */
final class StandingInstallation implements AutoCloseable {

    private static int nextPorts = 23_000;

    private final Installation installation;
    private final int port;
    private final Map<String, String> environment;
    private final Path folder;

    private StandingInstallation(Path folder, int port, Map<String, String> environment) {
        this.folder = folder;
        this.installation = new Installation(folder.resolve("home"));
        this.port = port;
        this.environment = environment;
    }

    /**
     * Brings one up.
     *
     * @param folder new, for data and output
     * @param threads of searches and trainings, and calculations at a time
     */
    static StandingInstallation up(Path folder, int threads) throws Exception {
        return up(folder, threads, Map.of());
    }

    /** @param environment of its processes */
    static StandingInstallation up(Path folder, int threads, Map<String, String> environment) throws Exception {
        StandingInstallation standing = standing(folder, threads, environment);
        try {
            standing.up();
            return standing;
        } catch (Exception | AssertionError e) {
            standing.close();
            throw e;
        }
    }

    /**
     * Makes one of a backup and brings it up.
     *
     * @param environment of its processes
     */
    static StandingInstallation restored(Path backup, Path folder, int threads, Map<String, String> environment)
            throws Exception {
        StandingInstallation standing = standing(folder, threads, environment);
        try {
            standing.command("restore", backup.toString());
            standing.up();
            return standing;
        } catch (Exception | AssertionError e) {
            standing.close();
            throw e;
        }
    }

    private static StandingInstallation standing(Path folder, int threads, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(folder);
        String number = Integer.toString(threads);
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("GLASSMAP_WORKER_SLOTS", number);
        all.put("GLASSMAP_SEARCH_THREADS", number);
        all.put("GLASSMAP_TRAINING_THREADS", number);
        return new StandingInstallation(folder, sevenFreePorts(), all);
    }

    /** What an operator types; finds what runs and starts what does not. */
    void up() throws Exception {
        command("up", "--port", Integer.toString(port));
    }

    void backup(Path to) throws Exception {
        command("backup", to.toString());
    }

    private void command(String... words) throws Exception {
        Launcher.Said said = new Launcher(installation.folder(), environment).say(words);
        assertThat(said.exit()).as(said.text()).isZero();
    }

    URI address() {
        return URI.create(installation.settings().url());
    }

    String adminToken() {
        return installation.adminTokenText().orElseThrow();
    }

    /** Runs {@code demo --quick}. @return the campaign's digest */
    String quickDemo(long seed, PrintStream out) {
        GatewayClient glassmap = new GatewayClient(address(), adminToken());
        return Demo.of(glassmap, true, seed, folder.resolve("out"), out, false).run();
    }

    /** Waits until its one campaign has succeeded. */
    void awaitCampaign(Duration patience) throws Exception {
        long limit = System.nanoTime() + patience.toNanos();
        String state = "RUNNING";
        while (state.equals("RUNNING") && System.nanoTime() < limit) {
            Thread.sleep(200);
            state = rows("select state from sampler.job where kind = 'campaign'")
                    .getFirst();
        }
        assertThat(state).isEqualTo("SUCCEEDED");
    }

    /** @return the process that does this, if it lives just now */
    Optional<ProcessHandle> living(Victim victim) {
        return switch (victim) {
            case SUPERVISOR -> Processes.living(Role.SUPERVISOR, installation);
            case SERVICES -> Processes.living(Role.SERVICES, installation);
            case WORKER -> Processes.living(Role.WORKER, installation);
            case POSTGRESQL -> ManagedPostgres.running(installation.postgresSettings());
        };
    }

    enum Victim {
        SUPERVISOR,
        SERVICES,
        WORKER,
        POSTGRESQL
    }

    /** @return the rows, each as one text; throws where the database is away */
    List<String> rows(String query) throws SQLException {
        try (Connection connection =
                        ManagedPostgres.connectToRunning(installation.postgresSettings(), Installation.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    @Nullable String value = result.getString(column);
                    row.add(value == null ? "–" : value);
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        }
    }

    long count(String query) throws SQLException {
        return Long.parseLong(rows(query).getFirst());
    }

    /** All physics that lies in the database: of each kind how many there are, and a hash over them in order. */
    Map<String, String> contents() throws SQLException {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("structures", "select hash from structure.structure order by hash");
        queries.put("methods", "select hash from structure.method order by hash");
        queries.put("labels", "select hash from structure.label order by hash");
        queries.put("datasets", "select hash, labels from structure.dataset order by hash");
        queries.put("calculations", "select hash, state from structure.calculation order by hash");
        queries.put(
                "results",
                "select calculation, energy, converged, evaluations, final_structure, labels from structure.result"
                        + " where standing = 'accepted' order by calculation");
        queries.put("artifacts", "select hash from structure.artifact order by hash");
        queries.put("potentials", "select id from potential.potential order by id");
        queries.put(
                "trainings",
                "select state, potential from potential.training t join potential.job j on j.id = t.id"
                        + " order by potential");
        queries.put("steps", "select path from sampler.campaign_step order by path collate \"C\"");
        queries.put(
                "candidates",
                "select number, step, chain, fraction, rank, unrelaxed_energy, removed, relaxed, label, calculation,"
                        + " energy_above_hull, dropped from sampler.candidate order by number");
        queries.put(
                "points",
                "select calculation, name, structure, label from sampler.campaign_point"
                        + " order by calculation collate \"C\"");
        queries.put("campaigns", "select state, digest from sampler.campaign c join sampler.job j on j.id = c.id");
        queries.put("diagrams", "select digest from analysis.phase_diagram order by digest");
        Map<String, String> contents = new LinkedHashMap<>();
        for (Map.Entry<String, String> query : queries.entrySet()) {
            List<String> rows = rows(query.getValue());
            contents.put(query.getKey(), rows.size() + " × " + sha256(rows));
        }
        return contents;
    }

    private static String sha256(List<String> rows) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            rows.forEach(row -> digest.update((row + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Below the range from which the system itself gives ports; never the same twice. */
    static synchronized int sevenFreePorts() {
        for (int base = nextPorts; base < 30_000; base += 10) {
            int first = base;
            nextPorts = base + 10;
            if (IntStream.range(0, 7).allMatch(k -> isFree(first + k))) {
                return new Ports(base).base();
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

    @Override
    public void close() {
        new Shutdown(installation).bringDown();
    }
}
