package org.glassmap.support.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BaseBackupTest {
    private static final Path BINARIES = PostgresForTests.programs();

    @Test
    void aCopyTakenWhileRowsAreWrittenHoldsAllThatWasCommittedBeforeItAndNothingByHalves(@TempDir Path folder)
            throws Exception {
        PostgresSettings source = new PostgresSettings(folder.resolve("source"), BINARIES, 0, true);
        PostgresSettings copy = new PostgresSettings(folder.resolve("copy"), BINARIES, 0, true);
        long before;
        try (ManagedPostgres server = ManagedPostgres.start(source);
                Connection writing = server.connect("postgres");
                Connection superuser = server.connect("postgres")) {
            execute(writing, "CREATE TABLE pairs (a bigint, b bigint)");
            execute(writing, "INSERT INTO pairs SELECT i, -i FROM generate_series(1, 20000) i");
            execute(writing, "DELETE FROM pairs WHERE a > 10000");
            before = single(writing, "SELECT count(*) FROM pairs");
            AtomicBoolean done = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> writeUntil(done, writing));
            BaseBackup.take(superuser, server.data(), makeFolder(copy).resolve("data"));
            done.set(true);
            writer.join();
            Files.copy(
                    folder.resolve("source/superuser-password"),
                    folder.resolve("copy/superuser-password"),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (ManagedPostgres server = ManagedPostgres.start(copy);
                Connection reading = server.connect("postgres")) {
            assertThat(single(reading, "SELECT count(*) FROM pairs")).isGreaterThanOrEqualTo(before);
            // each transaction writes two rows that cancel
            assertThat(single(reading, "SELECT sum(a + b) FROM pairs")).isZero();
            assertThat(single(reading, "SELECT count(*) % 2 FROM pairs")).isZero();
            assertThat(single(reading, "SELECT count(*) FROM pg_replication_slots"))
                    .isZero();
        }
    }

    private static Path makeFolder(PostgresSettings settings) throws Exception {
        return Files.createDirectories(settings.directory());
    }

    private static void writeUntil(AtomicBoolean done, Connection connection) {
        try {
            connection.setAutoCommit(false);
            for (long i = 1_000_000; !done.get(); i++) {
                execute(connection, "INSERT INTO pairs VALUES (" + i + ", -" + i + ")");
                execute(connection, "INSERT INTO pairs VALUES (-" + i + ", " + i + ")");
                connection.commit();
            }
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void execute(Connection connection, String sql) throws java.sql.SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long single(Connection connection, String query) throws java.sql.SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
