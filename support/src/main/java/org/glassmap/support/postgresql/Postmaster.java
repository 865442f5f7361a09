package org.glassmap.support.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running server, whoever started it.
 *
 * @param handle the postmaster's process
 * @param port the TCP port it listens on
 */
record Postmaster(ProcessHandle handle, int port) {
    /**
     * The server that {@code postmaster.pid} in the data folder speaks of, if it lives. The file outlives a server that
     * was killed, and its number may since belong to any other process: the process must be a postgres that was started
     * on this very folder.
     */
    static Optional<Postmaster> living(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            if (lines.size() < 4) {
                return Optional.empty(); // it is still writing the file, or died while it did
            }
            long pid = Long.parseLong(lines.get(0).trim());
            int port = Integer.parseInt(lines.get(3).trim());
            return ProcessHandle.of(pid)
                    .filter(handle -> isServerOf(handle, data))
                    .map(handle -> new Postmaster(handle, port));
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new PostgresException(
                    data.resolve("postmaster.pid") + " is not a file of PostgreSQL's; remove it if no server runs", e);
        } catch (IOException e) {
            throw new PostgresException(data.resolve("postmaster.pid") + " cannot be read: " + e, e);
        }
    }

    private static boolean isServerOf(ProcessHandle handle, Path data) {
        ProcessHandle.Info info = handle.info();
        return handle.isAlive()
                && info.arguments()
                        .map(arguments -> List.of(arguments).contains(data.toString()))
                        .or(() -> info.commandLine().map(line -> line.contains(data.toString())))
                        .orElse(false);
    }

    /** Stops it in order (clients are disconnected, everything is written), by force if that takes too long. */
    void stop(Duration patience) {
        signal("INT");
        if (!ended(patience)) {
            signal("QUIT"); // at once, leaving recovery to the next start
            if (!ended(Duration.ofSeconds(10))) {
                handle.destroyForcibly();
                ended(Duration.ofSeconds(10));
            }
        }
    }

    private boolean ended(Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new PostgresException("waiting for PostgreSQL to stop failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while PostgreSQL was stopping", e);
        }
    }

    /** Java itself can only send TERM, which would wait for every client to leave by itself. */
    private void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + handle.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new PostgresException("PostgreSQL (process " + handle.pid() + ") could not be signalled: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while PostgreSQL was stopping", e);
        }
    }
}
