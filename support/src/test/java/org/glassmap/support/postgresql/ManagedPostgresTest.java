package org.glassmap.support.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ManagedPostgresTest {
    private static final Path BINARIES = PostgresForTests.programs();

    @TempDir
    Path folder;

    private PostgresSettings settings;

    @BeforeEach
    void settings() {
        settings = new PostgresSettings(folder, BINARIES, 0, true);
    }

    @AfterEach
    void nothingIsLeftRunning() {
        Postmaster.living(settings.data()).ifPresent(left -> left.stop(java.time.Duration.ofSeconds(10)));
    }

    @Test
    void keptDataIsCheckedAndOnTheDiskWhenACommitReturns() throws Exception {
        try (ManagedPostgres postgres = ManagedPostgres.start(settings)) {
            assertThat(setting(postgres, "fsync")).isEqualTo("on");
            assertThat(setting(postgres, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(postgres, "data_checksums")).isEqualTo("on");
            assertThat(setting(postgres, "lc_collate")).isIn("C", null);
            assertThat(setting(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void nobodyComesInWithoutThePassword() throws Exception {
        try (ManagedPostgres postgres = ManagedPostgres.start(settings)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(postgres.url("postgres"), "postgres", "guess"))
                    .withMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("superuser-password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aServerThatOutlivedItsLauncherIsAdopted() throws Exception {
        ManagedPostgres first = ManagedPostgres.start(settings);
        write(first, 1);
        first.leave();
        try (ManagedPostgres second = ManagedPostgres.start(settings)) {
            assertThat(second.adopted()).isTrue();
            assertThat(second.process()).isEqualTo(first.process());
            assertThat(written(second)).isEqualTo(1);
        }
        assertThat(first.process().isAlive()).isFalse();
    }

    @Test
    void anOrphanOnAnotherPortIsStoppedInOrderAndStartedAnew() throws Exception {
        ManagedPostgres first = ManagedPostgres.start(settings);
        write(first, 2);
        first.leave();
        int wanted = freePort();
        try (ManagedPostgres second = ManagedPostgres.start(new PostgresSettings(folder, BINARIES, wanted, true))) {
            assertThat(second.adopted()).isFalse();
            assertThat(second.port()).isEqualTo(wanted);
            assertThat(written(second)).isEqualTo(2);
        }
    }

    @Test
    void whatWasCommittedSurvivesTheKillOfLauncherAndServer() throws Exception {
        ManagedPostgres first = ManagedPostgres.start(settings);
        write(first, 3);
        first.process().destroyForcibly();
        first.exit().get(20, TimeUnit.SECONDS);
        first.leave();
        try (ManagedPostgres second = ManagedPostgres.start(settings)) {
            assertThat(second.adopted()).isFalse();
            assertThat(written(second)).isEqualTo(3);
        }
    }

    @Test
    void anInitialisationThatWasCutShortIsMadeAnew() throws Exception {
        Files.createDirectories(folder.resolve("data.new/base"));
        Files.writeString(folder.resolve("data.new/PG_VERSION"), "18\n");
        try (ManagedPostgres postgres = ManagedPostgres.start(settings)) {
            assertThat(setting(postgres, "fsync")).isEqualTo("on");
        }
    }

    @Test
    void aSecondLauncherIsToldWhoIsThere() {
        try (ManagedPostgres first = ManagedPostgres.start(settings)) {
            assertThat(first.process().isAlive()).isTrue();
            assertThatExceptionOfType(PostgresException.class)
                    .isThrownBy(() -> ManagedPostgres.start(settings))
                    .withMessageContaining("another launcher (process "
                            + ProcessHandle.current().pid() + ")")
                    .withMessageContaining("--data");
        }
    }

    @Test
    void aTakenPortIsNamedTogetherWithTheRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            PostgresSettings onTaken = new PostgresSettings(folder, BINARIES, taken.getLocalPort(), true);
            assertThatExceptionOfType(PostgresException.class)
                    .isThrownBy(() -> ManagedPostgres.start(onTaken))
                    .withMessageContaining("Port " + taken.getLocalPort())
                    .withMessageContaining("--port");
        }
    }

    @Test
    void aStaleFileWithTheNumberOfAnotherLivingProcessDoesNotFoolTheStart() throws Exception {
        try (ManagedPostgres postgres = ManagedPostgres.start(settings)) {
            write(postgres, 4);
        }
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n1\n5432\n\n127.0.0.1\n");
        try (ManagedPostgres postgres = ManagedPostgres.start(settings)) {
            assertThat(postgres.adopted()).isFalse();
            assertThat(written(postgres)).isEqualTo(4);
        }
    }

    private static void write(ManagedPostgres postgres, int value) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (value integer)");
            statement.execute("INSERT INTO kept VALUES (" + value + ")");
        }
    }

    private static int written(ManagedPostgres postgres) throws SQLException {
        return Integer.parseInt(single(postgres, "SELECT value FROM kept"));
    }

    private static String setting(ManagedPostgres postgres, String name) throws SQLException {
        return single(postgres, "SELECT current_setting('" + name + "', true)");
    }

    private static String single(ManagedPostgres postgres, String query) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
