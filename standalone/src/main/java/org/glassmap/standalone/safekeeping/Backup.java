package org.glassmap.standalone.safekeeping;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;
import org.glassmap.support.postgresql.BaseBackup;
import org.glassmap.support.postgresql.ManagedPostgres;
import org.glassmap.support.postgresql.PostgresException;

/**
 * A folder from which an installation can be made again as it was at one moment, running campaigns included.
 *
 * <p>The database is copied first and the artifacts after it: artifacts are written before the rows that name them and
 * are never changed, so every row in the copy finds its file. The worker's folder is left out; what it was computing is
 * claimed anew when its leases have run out.
 */
public final class Backup {
    private static final String COMPLETE = "glassmap-backup-complete";
    private static final List<String> FILES =
            List.of("settings.properties", "secrets.properties", "admin-token", "worker-token");

    private Backup() {}

    /** @param target must not exist, or be empty */
    public static void take(Installation installation, Path target) {
        requireEmpty(target, "The backup's folder");
        try {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(target.resolve("postgres"));
            copyDatabase(installation, target);
            copyTree(installation.artifacts(), target.resolve("artifacts"));
            for (String name : FILES) {
                Path file = installation.folder().resolve(name);
                if (Files.exists(file)) {
                    Files.copy(file, target.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            Files.writeString(target.resolve(COMPLETE), "");
        } catch (IOException e) {
            throw new InstallationException(
                    "The backup in " + target + " is not complete: " + e + ". Remove it and try again.", e);
        }
    }

    private static void copyDatabase(Installation installation, Path target) throws IOException {
        Path password = installation.postgres().resolve("superuser-password");
        Path copy = target.resolve("postgres").resolve("data");
        var settings = installation.postgresSettings();
        try {
            if (ManagedPostgres.running(settings).isPresent()) {
                try (Connection superuser = ManagedPostgres.connectToRunning(settings, "postgres")) {
                    BaseBackup.take(superuser, installation.postgres().resolve("data"), copy);
                }
            } else {
                try (ManagedPostgres server = ManagedPostgres.start(settings);
                        Connection superuser = server.connect("postgres")) {
                    BaseBackup.take(superuser, server.data(), copy);
                }
            }
        } catch (SQLException e) {
            throw new PostgresException("The database cannot be copied: " + e.getMessage(), e);
        }
        Files.copy(
                password, target.resolve("postgres").resolve("superuser-password"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** @param installation its folder must not exist, or be empty */
    public static void restore(Path backup, Installation installation) {
        if (!Files.exists(backup.resolve(COMPLETE))) {
            throw new InstallationException(backup + " is no complete backup of Glassmap.");
        }
        requireEmpty(installation.folder(), "The data folder");
        try {
            // secrets.properties makes a folder an installation: it comes last
            Files.createDirectories(installation.folder());
            Files.setPosixFilePermissions(installation.folder(), PosixFilePermissions.fromString("rwx--x--x"));
            copyTree(backup.resolve("postgres"), installation.postgres());
            copyTree(backup.resolve("artifacts"), installation.artifacts());
            for (String name : FILES) {
                Path file = backup.resolve(name);
                if (Files.exists(file)) {
                    Files.copy(file, installation.folder().resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new InstallationException(
                    "The backup is not restored: " + e + ". Remove " + installation.folder() + " and try again.", e);
        }
    }

    private static void requireEmpty(Path folder, String what) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var inside = Files.newDirectoryStream(folder)) {
            if (inside.iterator().hasNext()) {
                throw new InstallationException(what + " " + folder + " is not empty. Choose one that is.");
            }
        } catch (IOException e) {
            throw new InstallationException(what + " " + folder + " cannot be looked into: " + e, e);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException e) {
                    return FileVisitResult.CONTINUE; // an upload that has found its place meanwhile
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }
}
