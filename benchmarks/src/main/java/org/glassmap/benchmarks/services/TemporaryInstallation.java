package org.glassmap.benchmarks.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationSettings;
import org.glassmap.standalone.installation.Ports;
import org.glassmap.standalone.supervision.Shutdown;
import org.glassmap.standalone.supervision.Startup;

/** What {@code ./glassmap up} brings up, in a folder and on ports of its own; gone when it is closed. */
final class TemporaryInstallation implements AutoCloseable {

    private final Path folder;
    private final Installation installation;

    private TemporaryInstallation(Path folder) {
        this.folder = folder;
        this.installation = new Installation(folder.resolve("home"));
    }

    static TemporaryInstallation up(Consumer<String> told) {
        TemporaryInstallation temporary = new TemporaryInstallation(newFolder());
        try {
            Startup startup = new Startup(temporary.installation);
            startup.require(new InstallationSettings(sevenFreePorts(), "127.0.0.1"));
            startup.bringUp(told);
            return temporary;
        } catch (RuntimeException e) {
            temporary.close();
            throw e;
        }
    }

    URI address() {
        return URI.create(installation.settings().url());
    }

    String adminToken() {
        return installation.adminTokenText().orElseThrow();
    }

    Path folder() {
        return folder;
    }

    /** PostgreSQL may have to run as another user, who must pass through. */
    private static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("glassmap-bench");
            return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for an installation", e);
        }
    }

    private static Ports sevenFreePorts() {
        for (int base = 21_000; base < 23_000; base += 10) {
            int first = base;
            if (IntStream.range(0, 7).allMatch(k -> isFree(first + k))) {
                return new Ports(base);
            }
        }
        throw new IllegalStateException("no seven free ports in a row");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        new Shutdown(installation).bringDown();
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
