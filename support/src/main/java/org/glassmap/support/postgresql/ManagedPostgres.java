package org.glassmap.support.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.glassmap.support.files.FolderTree;

/**
 * A PostgreSQL server of our own, on loopback, with a password, checksums and (for kept data) every commit on the disk.
 *
 * <p>The server is a process that outlives the one that started it: whoever starts it on the same folder next finds it
 * through {@code postmaster.pid} and adopts it if it answers on the wanted port; otherwise it is stopped in order and
 * started again. A server that was killed recovers from its log at the next start.
 */
public final class ManagedPostgres implements AutoCloseable {
    public static final String SUPERUSER = "postgres";

    /** Recovery after a crash replays the log; longer than this means that something else is wrong. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** The class of SQL states that mean that nobody answered. */
    private static final String CONNECTION_EXCEPTION = "08";

    private final PostgresSettings settings;
    private final Postmaster postmaster;
    private final String password;
    private final boolean adopted;
    private final DirectoryLock lock;

    private ManagedPostgres(
            PostgresSettings settings, Postmaster postmaster, String password, boolean adopted, DirectoryLock lock) {
        this.settings = settings;
        this.postmaster = postmaster;
        this.password = password;
        this.adopted = adopted;
        this.lock = lock;
    }

    /**
     * Starts the server, or adopts the one that lives on this folder; answers when it takes queries.
     *
     * @throws PostgresException saying what is in the way: another launcher, a taken port, a platform without programs
     */
    public static ManagedPostgres start(PostgresSettings settings) {
        DirectoryLock lock = DirectoryLock.take(settings.lockFile());
        try {
            Optional<Postmaster> living = Postmaster.living(settings.data());
            if (living.isPresent()) {
                String password = Files.readString(settings.passwordFile()).strip();
                if (isWanted(living.get(), settings) && answers(living.get().port(), password)) {
                    return new ManagedPostgres(settings, living.get(), password, true, lock);
                }
                living.get().stop(STOP_LIMIT);
            }
            return new ManagedPostgres(settings, launch(settings), readPassword(settings), false, lock);
        } catch (IOException e) {
            lock.close();
            throw new PostgresException("PostgreSQL could not be started in " + settings.directory() + ": " + e, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** @return the server's process on this folder, whoever started it, if it lives */
    public static Optional<ProcessHandle> running(PostgresSettings settings) {
        return Postmaster.living(settings.data()).map(Postmaster::handle);
    }

    /**
     * Whether a server lives on this folder and says nothing at all to who knocks: that it is starting, recovering, full
     * or ending is an answer, too. Waits for some seconds.
     */
    public static boolean isMute(PostgresSettings settings) {
        Optional<Postmaster> living = Postmaster.living(settings.data());
        if (living.isEmpty()) {
            return false; // nobody to be judged here, be it that the folder was moved
        }
        try (Connection connection =
                DriverManager.getConnection(url(living.get().port(), SUPERUSER), login(readPassword(settings)))) {
            return !connection.isValid(5);
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState()).startsWith(CONNECTION_EXCEPTION);
        } catch (IOException e) {
            throw new PostgresException("The password of PostgreSQL cannot be read: " + e, e);
        }
    }

    /** Stops in order what runs on this folder without a launcher. @return false if nothing did */
    public static boolean stopRunning(PostgresSettings settings) {
        Optional<Postmaster> living = Postmaster.living(settings.data());
        living.ifPresent(server -> server.stop(STOP_LIMIT));
        return living.isPresent();
    }

    /**
     * A connection as superuser to the server that runs on this folder, in the hands of whatever launcher.
     *
     * @throws PostgresException if none runs
     */
    public static Connection connectToRunning(PostgresSettings settings, String database) throws SQLException {
        Postmaster server = Postmaster.living(settings.data())
                .orElseThrow(() -> new PostgresException("No PostgreSQL runs in " + settings.directory()));
        try {
            return DriverManager.getConnection(url(server.port(), database), SUPERUSER, readPassword(settings));
        } catch (IOException e) {
            throw new PostgresException("The password of PostgreSQL cannot be read: " + e, e);
        }
    }

    private static boolean isWanted(Postmaster postmaster, PostgresSettings settings) {
        return settings.port() == 0 || settings.port() == postmaster.port();
    }

    private static String readPassword(PostgresSettings settings) throws IOException {
        return Files.readString(settings.passwordFile()).strip();
    }

    private static Postmaster launch(PostgresSettings settings) throws IOException {
        PostgresBinaries binaries = PostgresBinaries.unpacked(settings.binaries());
        ServerAccount account = ServerAccount.forFolder(settings.data());
        Files.createDirectories(settings.directory());
        account.requireReach(settings.directory());
        account.requireReach(binaries.home());
        if (!Files.exists(settings.data())) {
            initialise(settings, binaries, account);
        }
        int port = settings.port() == 0 ? freePort() : settings.port();
        requireFree(port);
        return startServer(settings, binaries, account, port);
    }

    /** Made aside and moved into place, so that a kill while it is made leaves nothing that looks like a database. */
    private static void initialise(PostgresSettings settings, PostgresBinaries binaries, ServerAccount account)
            throws IOException {
        Path aside = settings.directory().resolve("data.new");
        FolderTree.delete(aside);
        Files.createDirectory(
                aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Path handedOver = aside.resolveSibling("password.new");
        SecretFile.write(settings.passwordFile(), HexFormat.of().formatHex(secret));
        Files.copy(
                settings.passwordFile(),
                handedOver,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        if (account.isSomebodyElse()) {
            FolderTree.giveTo(aside, account.uid());
            FolderTree.giveTo(handedOver, account.uid());
        }
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + aside,
                "--username=" + SUPERUSER,
                "--pwfile=" + handedOver,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C", // texts sort by their bytes, the same on every machine
                "--data-checksums"));
        if (!settings.durable()) {
            command.add("--no-sync");
        }
        Process initdb = processBuilder(account.command(command), settings).start();
        int exit = waitFor(initdb);
        Files.deleteIfExists(handedOver);
        if (exit != 0) {
            throw new PostgresException("initdb ended with " + exit + ":\n" + LogTail.of(settings.logFile()));
        }
        Files.move(aside, settings.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Postmaster startServer(
            PostgresSettings settings, PostgresBinaries binaries, ServerAccount account, int port) throws IOException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            long logStart = LogTail.size(settings.logFile());
            Process process = processBuilder(
                            Sessions.detached(account.command(serverCommand(settings, binaries, port))), settings)
                    .start();
            Postmaster postmaster = new Postmaster(process.toHandle(), port);
            if (becomesReady(postmaster, readPassword(settings), limit)) {
                return postmaster;
            }
            String said = LogTail.since(settings.logFile(), logStart);
            // The backends of a server that was killed need a moment to notice, and hold its memory until then.
            boolean predecessorIsDying = said.contains("pre-existing shared memory block");
            if (!predecessorIsDying || System.nanoTime() > limit) {
                postmaster.stop(STOP_LIMIT);
                throw new PostgresException("PostgreSQL did not start. It said:\n" + said);
            }
            pause(Duration.ofMillis(200));
        }
    }

    private static List<String> serverCommand(PostgresSettings settings, PostgresBinaries binaries, int port) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("postgres").toString(), "-D", settings.data().toString()));
        List<String> options = new ArrayList<>(List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "shared_buffers=128MB",
                "max_wal_size=1GB",
                "timezone=UTC",
                "log_timezone=UTC",
                "log_line_prefix=%m [%p] %u ",
                "password_encryption=scram-sha-256"));
        if (!settings.durable()) {
            options.addAll(List.of("fsync=off", "full_page_writes=off", "synchronous_commit=off"));
        }
        for (String option : options) {
            command.add("-c");
            command.add(option);
        }
        return command;
    }

    private static ProcessBuilder processBuilder(List<String> command, PostgresSettings settings) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(settings.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(settings.logFile().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        return builder;
    }

    private static boolean becomesReady(Postmaster postmaster, String password, long limit) {
        while (postmaster.handle().isAlive()) {
            if (answers(postmaster.port(), password)) {
                return true;
            }
            if (System.nanoTime() > limit) {
                return false;
            }
            pause(Duration.ofMillis(50));
        }
        return false;
    }

    private static boolean answers(int port, String password) {
        try (Connection connection = DriverManager.getConnection(url(port, SUPERUSER), login(password))) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false; // not yet, or not ours
        }
    }

    private static Properties login(String password) {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        return properties;
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a port that only lingers from the last server is free
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (IOException e) {
            throw new PostgresException(
                    "Port " + port + " on 127.0.0.1, meant for PostgreSQL, is taken by another program."
                            + " Stop that program, or choose other ports with --port.",
                    e);
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while PostgreSQL was being set up", e);
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while PostgreSQL was starting", e);
        }
    }

    /** @return the JDBC address of a database in this server */
    public String url(String database) {
        return url(postmaster.port(), database);
    }

    public int port() {
        return postmaster.port();
    }

    public Path data() {
        return settings.data();
    }

    public String superuserPassword() {
        return password;
    }

    /** @return the postmaster's process, ours or adopted */
    public ProcessHandle process() {
        return postmaster.handle();
    }

    /** True if the server was running already when we came. */
    public boolean adopted() {
        return adopted;
    }

    /** Completes when the server ends, for whatever reason. */
    public CompletableFuture<ProcessHandle> exit() {
        return postmaster.handle().onExit();
    }

    /** @return a connection as superuser, to be closed by the caller */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, password);
    }

    /** Gives the folder back and lets the server run on, to be adopted by whoever starts it next. */
    public void leave() {
        lock.close();
    }

    /** Stops the server in order. */
    @Override
    public void close() {
        postmaster.stop(STOP_LIMIT);
        lock.close();
    }
}
