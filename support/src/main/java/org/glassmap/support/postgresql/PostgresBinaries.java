package org.glassmap.support.postgresql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.glassmap.support.files.FolderTree;
import org.tukaani.xz.XZInputStream;

/** The server's programs as they come on the class path (an xz-packed tar, one per platform), unpacked once. */
final class PostgresBinaries {
    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /**
     * Unpacks the programs below {@code folder} unless that was done before. The folder's name is made of the archive's
     * digest, so versions stand side by side; many processes may do this at once.
     */
    static PostgresBinaries unpacked(Path folder) {
        String archive = archiveName();
        try {
            Path home = folder.resolve("postgresql-" + digestOf(archive).substring(0, 12));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(folder);
                Path aside = Files.createTempDirectory(folder, "unpacking-");
                unpack(archive, aside);
                moveIntoPlace(aside, home);
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new PostgresException("PostgreSQL's programs could not be unpacked below " + folder + ": " + e, e);
        }
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    Path home() {
        return home;
    }

    private static String archiveName() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String platform = os.contains("mac") ? "darwin" : "linux";
        String machine = switch (arch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> arch;
        };
        String name = "postgres-" + platform + "-" + machine + ".txz";
        if (PostgresBinaries.class.getClassLoader().getResource(name) == null) {
            throw new PostgresException("There is no managed PostgreSQL for " + os + " on " + arch + " (" + name
                    + " is not on the class path). Start a PostgreSQL of your own and name it to the services"
                    + " with GLASSMAP_DATABASE_URL.");
        }
        return name;
    }

    private static InputStream open(String archive) throws IOException {
        InputStream in = PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
        if (in == null) {
            throw new IOException(archive + " vanished from the class path");
        }
        return new BufferedInputStream(in);
    }

    private static String digestOf(String archive) throws IOException {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(open(archive), sha256)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void unpack(String archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(open(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.resolveSibling("."));
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.resolveSibling("."));
                    Files.copy(tar, path);
                    boolean executable = (entry.getMode() & 0b001_000_000) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
        // Another account than ours may have to read them: see ServerAccount.
        Set<PosixFilePermission> readable = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.setPosixFilePermissions(target, readable);
    }

    private static void moveIntoPlace(Path aside, Path home) throws IOException {
        try {
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            FolderTree.delete(aside); // somebody else was faster, and unpacked the same bytes
        }
    }
}
