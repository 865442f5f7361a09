package org.glassmap.structures.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.support.ids.MadeId;

/**
 * Files on a disk, named by the sha-256 of their bytes. A file is written aside, forced to the disk and only then
 * renamed: under its name there is all of it or nothing, whenever the power goes.
 */
final class ArtifactFiles {

    private static final int CHUNK = 1 << 16;

    private final Path directory;
    private final long mostBytes;

    ArtifactFiles(Path directory, long mostBytes) throws IOException {
        this.directory = directory;
        this.mostBytes = mostBytes;
        Files.createDirectories(aside());
    }

    private Path aside() {
        return directory.resolve("incoming");
    }

    /** Where the file of a hash is, or would be. */
    Path path(String hash) {
        return folder(hash).resolve(hash);
    }

    private Path folder(String hash) {
        return directory.resolve(hash.substring(0, 2));
    }

    /**
     * Keeps a stream under its hash.
     *
     * @return bytes kept
     * @throws InvalidInputException if the bytes hash to something else, or are too many
     * @throws IOException if the stream or the disk fails; nothing is left behind
     */
    long keep(String hash, InputStream in) throws IOException {
        Path written = aside().resolve(MadeId.make("artifact").toString());
        try {
            long bytes = write(hash, in, written);
            Files.createDirectories(folder(hash));
            Files.move(written, path(hash), StandardCopyOption.ATOMIC_MOVE);
            force(folder(hash));
            force(directory);
            return bytes;
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private long write(String hash, InputStream in, Path to) throws IOException {
        MessageDigest digest = ContentId.sha256();
        long bytes = 0;
        try (FileChannel file = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(file);
            byte[] chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                bytes += n;
                if (bytes > mostBytes) {
                    throw new InvalidInputException(
                            "sha256",
                            hash,
                            "names a file that is too long",
                            "send at most %d bytes".formatted(mostBytes));
                }
                digest.update(chunk, 0, n);
                out.write(chunk, 0, n);
            }
            file.force(true);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(hash)) {
            throw new InvalidInputException(
                    "sha256",
                    hash,
                    "is not the hash of the %d bytes that came, which is %s".formatted(bytes, found),
                    "send the whole file again, or name it by its own hash");
        }
        return bytes;
    }

    /** The rename itself is on the disk only when the folder is. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
