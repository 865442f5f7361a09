package org.glassmap.standalone.supervision;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps log files from growing without bounds. The children append to them and hold them open, so a full one is copied
 * aside and emptied in place; a line written in between may be lost.
 */
final class LogLimit {
    private static final Logger log = LoggerFactory.getLogger(LogLimit.class);
    private static final long LARGEST = 50L << 20;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final List<Path> files;

    LogLimit(List<Path> files) {
        this.files = List.copyOf(files);
    }

    void keep() throws InterruptedException {
        while (true) {
            for (Path file : files) {
                try {
                    cut(file, LARGEST);
                } catch (IOException e) {
                    log.warn("{} cannot be cut: {}", file, e.toString());
                }
            }
            Thread.sleep(PERIOD);
        }
    }

    static void cut(Path file, long largest) throws IOException {
        if (Files.exists(file) && Files.size(file) > largest) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }
}
