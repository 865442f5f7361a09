package org.glassmap.standalone.supervision;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;
import org.glassmap.standalone.installation.InstallationSettings;
import org.glassmap.support.postgresql.ManagedPostgres;

/** Brings an installation up, from whatever state it is in. */
public final class Startup {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Installation installation;

    public Startup(Installation installation) {
        this.installation = installation;
    }

    /**
     * Writes the settings down if nothing stands against them.
     *
     * @throws InstallationException if it runs with other ones, or a port is taken by somebody else
     */
    public void require(InstallationSettings wanted) {
        installation.prepare();
        boolean same = wanted.equals(installation.settings()) && Files.exists(installation.settingsFile());
        boolean runs = Processes.living(Role.SUPERVISOR, installation).isPresent()
                || Processes.living(Role.SERVICES, installation).isPresent();
        if (runs && !same) {
            throw new InstallationException("Glassmap is running at "
                    + installation.settings().url() + " with another port or address. Stop it first: ./glassmap down");
        }
        if (!runs) {
            wanted.ports().ofServices().forEach((name, port) -> requireFree(name, port, addressOf(name, wanted)));
            if (ManagedPostgres.running(installation.postgresSettings()).isEmpty()) {
                requireFree("database", wanted.ports().postgresql(), "127.0.0.1");
            }
        }
        if (!same) {
            installation.write(wanted);
        }
    }

    private static String addressOf(String name, InstallationSettings settings) {
        return name.equals("gateway") ? settings.address() : "127.0.0.1";
    }

    private static void requireFree(String name, int port, String address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a port that only lingers is free
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (java.net.BindException e) {
            boolean taken = String.valueOf(e.getMessage()).contains("in use");
            throw new InstallationException(
                    taken
                            ? "Port " + port + " on " + address + ", meant for the " + name
                                    + ", is taken by another program. Stop that program, or choose other ports:"
                                    + " ./glassmap up --port " + (port + 1000) / 100 * 100
                            : "Port " + port + " on " + address + ", meant for the " + name + ", cannot be used: "
                                    + e.getMessage() + ". Is --address one of this machine's own?",
                    e);
        } catch (IOException e) {
            throw new InstallationException("The address " + address + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Starts the supervisor if there is none, and waits until everything answers.
     *
     * @param progress is told of every step, for people
     */
    public void bringUp(Consumer<String> progress) {
        long logStart = size(Role.SUPERVISOR.log(installation));
        ProcessHandle supervisor =
                Processes.living(Role.SUPERVISOR, installation).orElse(null);
        if (supervisor == null) {
            progress.accept("Starting Glassmap in " + installation.folder() + " …");
            supervisor = Processes.adoptOrStart(Role.SUPERVISOR, installation);
        } else {
            progress.accept("Glassmap in " + installation.folder() + " has a supervisor already.");
        }
        awaitHealth(supervisor, logStart, progress);
    }

    private void awaitHealth(ProcessHandle supervisor, long logStart, Consumer<String> progress) {
        SystemStatus status = new SystemStatus(installation);
        long limit = System.nanoTime() + LIMIT.toNanos();
        String told = "";
        while (!status.isUp()) {
            String missing = status.missing();
            if (!missing.isEmpty() && !missing.equals(told)) {
                progress.accept("Waiting for " + missing + " …");
                told = missing;
            }
            Optional<String> trouble = trouble(logStart);
            if (trouble.isPresent()) {
                throw new InstallationException(trouble.get());
            }
            if (!supervisor.isAlive()) {
                throw new InstallationException("The supervisor ended; see " + Role.SUPERVISOR.log(installation));
            }
            if (System.nanoTime() > limit) {
                throw new InstallationException("Not everything came up: " + missing + " is missing. See "
                        + installation.logs() + "; the supervisor goes on trying.");
            }
            Processes.pause(Duration.ofMillis(200));
        }
    }

    /** What keeps the database from starting is known to the supervisor alone, and no retry will help soon. */
    private Optional<String> trouble(long logStart) {
        Path log = Role.SUPERVISOR.log(installation);
        try {
            byte[] all = Files.readAllBytes(log);
            String lately = new String(
                    all,
                    (int) Math.min(logStart, all.length),
                    (int) Math.max(0, all.length - logStart),
                    java.nio.charset.StandardCharsets.UTF_8);
            return lately.lines()
                    .filter(line -> line.contains("PostgreSQL cannot be started: "))
                    .map(line -> line.substring(line.indexOf("cannot be started: ") + "cannot be started: ".length()))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // not written yet
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new InstallationException(file + " cannot be read: " + e, e);
        }
    }
}
