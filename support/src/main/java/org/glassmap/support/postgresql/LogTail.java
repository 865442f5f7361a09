package org.glassmap.support.postgresql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the server wrote into its log lately. */
final class LogTail {
    private static final int LIMIT = 4_000;

    private LogTail() {}

    static long size(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    static String of(Path log) throws IOException {
        return since(log, 0);
    }

    /** The end of what was written after {@code start}, at most some thousand characters. */
    static String since(Path log, long start) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            channel.position(Math.max(start, channel.size() - LIMIT));
            ByteBuffer bytes = ByteBuffer.allocate(LIMIT);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // read on until the end
            }
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        }
    }
}
