package org.glassmap.support.postgresql;

import java.nio.file.Path;

/**
 * Where a managed server lives and how careful it is.
 *
 * @param directory holds the data, the superuser's password and the lock; one launcher at a time
 * @param binaries where the programs are unpacked, one folder per version; may be shared by many directories
 * @param port TCP port on loopback; 0 takes a free one at every start
 * @param durable true: every commit is on the disk when it returns; false only for data that a test throws away
 */
public record PostgresSettings(Path directory, Path binaries, int port, boolean durable) {
    public PostgresSettings {
        directory = directory.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, got " + port);
        }
    }

    Path data() {
        return directory.resolve("data");
    }

    Path passwordFile() {
        return directory.resolve("superuser-password");
    }

    Path lockFile() {
        return directory.resolve("lock");
    }

    Path logFile() {
        return directory.resolve("postgresql.log");
    }
}
