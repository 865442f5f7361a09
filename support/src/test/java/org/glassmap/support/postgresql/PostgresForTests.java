package org.glassmap.support.postgresql;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassmap.support.files.FolderTree;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The one PostgreSQL of a test JVM: a container where a Docker engine answers, else a managed server in a temporary
 * folder. The environment variable {@code GLASSMAP_TEST_POSTGRES} decides otherwise: {@code docker}, {@code embedded},
 * or {@code auto}.
 */
public final class PostgresForTests {
    private static final String FOLDER = "glassmap-test-postgresql-";
    private static final Pattern OF_A_PROCESS = Pattern.compile(FOLDER + "(\\d{1,18})");

    private interface Server {
        String url(String database);

        String superuser();

        String superuserPassword();
    }

    private static final class Holder {
        static final PostgresForTests SERVER = new PostgresForTests(started());
    }

    private final Server server;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresForTests(Server server) {
        this.server = server;
    }

    public static PostgresForTests server() {
        return Holder.SERVER;
    }

    /** @return a database that nobody used before, with the schema and role of a service */
    public TestDatabase newDatabase(String schema) {
        String database = "test_" + databases.incrementAndGet();
        String password = "of-" + schema;
        try (Connection connection = superuser(server.url("postgres"))) {
            ServiceSchema.createDatabase(connection, database);
            try (Connection inside = superuser(server.url(database))) {
                new ServiceSchema(schema).grant(inside, password);
            }
        } catch (SQLException e) {
            throw new AssertionError("no database for the test", e);
        }
        return new TestDatabase(server.url(database), schema, password);
    }

    Connection superuser(String url) throws SQLException {
        return DriverManager.getConnection(url, server.superuser(), server.superuserPassword());
    }

    private static Server started() {
        String choice = System.getenv().getOrDefault("GLASSMAP_TEST_POSTGRES", "auto");
        return switch (choice.toLowerCase(Locale.ROOT)) {
            case "docker" -> container();
            case "embedded" -> embedded();
            case "auto" -> dockerAnswers() ? container() : embedded();
            default ->
                throw new IllegalArgumentException(
                        "GLASSMAP_TEST_POSTGRES must be auto, docker or embedded, got " + choice);
        };
    }

    private static boolean dockerAnswers() {
        Logger log = (Logger) LoggerFactory.getLogger("org.testcontainers");
        Level before = log.getLevel();
        log.setLevel(Level.OFF); // its probing prints stack traces where there is no engine
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } finally {
            log.setLevel(before);
        }
    }

    @SuppressWarnings("resource") // lives as long as this JVM; its reaper takes it away
    private static Server container() {
        PostgreSQLContainer container = new PostgreSQLContainer(DockerImageName.parse("postgres:18"));
        container.withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
        container.start();
        return new Server() {
            @Override
            public String url(String database) {
                return "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432) + "/"
                        + database;
            }

            @Override
            public String superuser() {
                return container.getUsername();
            }

            @Override
            public String superuserPassword() {
                return container.getPassword();
            }
        };
    }

    /** Where every test of this machine unpacks PostgreSQL's programs, once. */
    public static Path programs() {
        return Path.of(System.getProperty("java.io.tmpdir"), "glassmap-postgresql");
    }

    private static Server embedded() {
        try {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            sweep(temporary);
            Path folder = temporary.resolve(FOLDER + ProcessHandle.current().pid());
            ManagedPostgres postgres = ManagedPostgres.start(new PostgresSettings(folder, programs(), 0, false));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(postgres, folder)));
            return new Server() {
                @Override
                public String url(String database) {
                    return postgres.url(database);
                }

                @Override
                public String superuser() {
                    return ManagedPostgres.SUPERUSER;
                }

                @Override
                public String superuserPassword() {
                    return postgres.superuserPassword();
                }
            };
        } catch (IOException e) {
            throw new AssertionError("no PostgreSQL for the tests", e);
        }
    }

    private static void discard(ManagedPostgres postgres, Path folder) {
        try {
            postgres.close();
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new AssertionError("the test database stays in " + folder, e);
        }
    }

    /** Takes away what test JVMs left that were killed. */
    private static void sweep(Path temporary) throws IOException {
        try (var folders = Files.newDirectoryStream(temporary, FOLDER + "*")) {
            for (Path folder : folders) {
                Matcher process = OF_A_PROCESS.matcher(folder.getFileName().toString());
                if (process.matches()
                        && ProcessHandle.of(Long.parseLong(process.group(1))).isEmpty()) {
                    Postmaster.living(folder.resolve("data"))
                            .ifPresent(orphan -> orphan.stop(java.time.Duration.ofSeconds(10)));
                    FolderTree.delete(folder);
                }
            }
        }
    }
}
