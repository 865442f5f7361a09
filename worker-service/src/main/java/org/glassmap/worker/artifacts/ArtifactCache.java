package org.glassmap.worker.artifacts;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.glassmap.worker.ledger.DurableFile;

/** Files by their hash: fetched once, believed only when they hash to their name. */
public final class ArtifactCache {

    private static final Pattern ID = Pattern.compile("artifact-[0-9a-f]{64}");

    private final Path folder;
    private final ArtifactSource source;
    private final Map<String, Object> underWay = new ConcurrentHashMap<>();

    public ArtifactCache(Path folder, ArtifactSource source) {
        this.folder = folder;
        this.source = source;
    }

    /**
     * The file on this machine. Two that ask at once fetch it once.
     *
     * @throws IllegalArgumentException if the text is no artifact id
     * @throws ArtifactSource.UnknownArtifactException if the store has no such file
     * @throws IOException if it cannot be had just now, or what came hashes to something else
     */
    public Path fetch(String artifact) throws IOException {
        if (!ID.matcher(artifact).matches()) {
            throw new IllegalArgumentException("'%s' is no artifact id".formatted(artifact));
        }
        Path file = folder.resolve(artifact);
        synchronized (underWay.computeIfAbsent(artifact, key -> new Object())) {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                download(artifact, file);
            }
        }
        return file;
    }

    private void download(String artifact, Path file) throws IOException {
        Path aside = folder.resolve(artifact + ".new");
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(source.open(artifact), digest);
                FileChannel channel = FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            in.transferTo(out);
            out.flush();
            channel.force(true);
        }
        String came = "artifact-" + HexFormat.of().formatHex(digest.digest());
        if (!came.equals(artifact)) {
            Files.delete(aside);
            throw new IOException("asked for %s, what came is %s".formatted(artifact, came));
        }
        DurableFile.move(aside, file);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
