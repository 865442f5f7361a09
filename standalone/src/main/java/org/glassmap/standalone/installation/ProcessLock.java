package org.glassmap.standalone.installation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The mark of a running process: it holds a lock on a file that names it. The kernel lets go when the process dies in any
 * way, so a number in the file counts only while the lock is held; neither reused numbers nor a clock can mislead.
 */
public final class ProcessLock implements AutoCloseable {
    /** A channel that nobody refers to is closed by the collector, and its lock with it. */
    private static final Set<ProcessLock> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock for this process. @return empty if another one has it */
    public static Optional<ProcessLock> take(Path file) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            ProcessLock lock = new ProcessLock(channel);
            HELD.add(lock);
            return Optional.of(lock);
        } catch (IOException e) {
            throw new InstallationException("The lock " + file + " cannot be taken: " + e, e);
        }
    }

    /** @return the living process that holds the lock, if one does */
    public static Optional<ProcessHandle> holder(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return Optional.empty(); // closing gives it back
            }
            String pid = Files.readString(file).strip();
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
        } catch (IOException | NumberFormatException e) {
            throw new InstallationException("The lock " + file + " cannot be read: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    @Override
    public void close() {
        HELD.remove(this);
        try {
            channel.close();
        } catch (IOException e) {
            throw new InstallationException("a lock cannot be given back: " + e, e);
        }
    }
}
