package org.glassmap.support.postgresql;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A copy of a running server's data folder from which a server can start, by PostgreSQL's low-level backup interface
 * (documentation, "Making a Base Backup Using the Low Level API"). Files are copied while they change; the log written
 * meanwhile is copied last, and recovery makes one state of both. It needs no program beside the server itself.
 */
public final class BaseBackup {
    private static final Pattern LOG_SEGMENT = Pattern.compile("[0-9A-F]{24}");

    /** Folders whose contents belong to the running server only; the folders themselves must be there. */
    private static final Set<String> EMPTY_IN_COPY = Set.of(
            "pg_wal",
            "pg_dynshmem",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> NOT_IN_COPY =
            Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init", "backup_label", "tablespace_map");

    private BaseBackup() {}

    /**
     * Copies the data folder of the server on the other end of the connection.
     *
     * @param superuser to that server; nobody else may use it meanwhile
     * @param data the server's data folder
     * @param target made here
     */
    public static void take(Connection superuser, Path data, Path target) throws SQLException, IOException {
        Files.copy(data, target, StandardCopyOption.COPY_ATTRIBUTES); // its owner tells as whom the server ran
        try (Statement statement = superuser.createStatement()) {
            // A slot of this session keeps the server from recycling the log that the copy will need.
            statement.execute("SELECT pg_create_physical_replication_slot('glassmap_backup', true, true)");
            String firstSegment =
                    single(statement, "SELECT pg_walfile_name(pg_backup_start('glassmap', fast => true))");
            copyFiles(data, target);
            try (ResultSet stop = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                stop.next();
                Files.writeString(target.resolve("backup_label"), stop.getString(1));
            }
            copyLog(data.resolve("pg_wal"), target.resolve("pg_wal"), firstSegment);
            statement.execute("SELECT pg_drop_replication_slot('glassmap_backup')");
        }
    }

    private static String single(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void copyFiles(Path data, Path target) throws IOException {
        Files.walkFileTree(data, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path relative = data.relativize(folder);
                if (isScratch(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!relative.toString().isEmpty()) {
                    Files.copy(folder, target.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                }
                boolean emptyInCopy = relative.getNameCount() == 1 && EMPTY_IN_COPY.contains(relative.toString());
                return emptyInCopy ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!NOT_IN_COPY.contains(file.getFileName().toString()) && !isScratch(file)) {
                    copyUnlessGone(file, target.resolve(data.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // dropped meanwhile: the log says so, too
                }
                throw e;
            }
        });
    }

    private static boolean isScratch(Path path) {
        return path.getFileName().toString().startsWith("pgsql_tmp");
    }

    private static void copyUnlessGone(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
            Files.deleteIfExists(copy); // dropped meanwhile
        }
    }

    private static void copyLog(Path log, Path copy, String firstSegment) throws IOException {
        Files.createDirectories(copy.resolve("archive_status"));
        try (var segments = Files.newDirectoryStream(log)) {
            for (Path segment : segments) {
                String name = segment.getFileName().toString();
                if (LOG_SEGMENT.matcher(name).matches() && name.compareTo(firstSegment) >= 0) {
                    copyUnlessGone(segment, copy.resolve(name));
                }
            }
        }
    }
}
