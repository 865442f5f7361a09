package org.glassmap.worker.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.glassmap.contract.agents.Lease;
import org.glassmap.support.files.FolderTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The agent's directory, its memory across kills: who it is, the claim under way, and a folder for each lease it holds.
 *
 * <pre>
 * agent.json           the name under which it registered
 * claim.json           a claim whose leases are perhaps not journalled
 * leases/lease-…/      one folder each ({@link LeaseFolder})
 * refused/lease-…/     reports that the store would not take, for a person to look at
 * alive                empty; touched whenever the agent turns to the queue
 * </pre>
 *
 * <p>Every change is on the disk when its method returns. One process holds a directory at a time.
 */
public final class Ledger implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private final Path directory;
    private final JsonMapper json;
    private final FileChannel lock;

    private Ledger(Path directory, JsonMapper json, FileChannel lock) {
        this.directory = directory;
        this.json = json;
        this.lock = lock;
    }

    /** @throws IllegalStateException if another agent holds the directory */
    public static Ledger open(Path directory, JsonMapper json) throws IOException {
        Files.createDirectories(directory.resolve("leases"));
        Files.createDirectories(directory.resolve("refused"));
        FileChannel lock =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(lock)) {
            lock.close();
            throw new IllegalStateException("another agent works in " + directory + "; give each its own directory");
        }
        DurableFile.forceFolder(directory);
        return new Ledger(directory, json, lock);
    }

    private static boolean locked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** The name kept from an earlier start, else this one, kept from now on. */
    public String name(String proposed) throws IOException {
        record Identity(String name) {}
        Path file = directory.resolve("agent.json");
        if (!Files.exists(file)) {
            DurableFile.write(file, json.writeValueAsBytes(new Identity(proposed)));
        }
        return json.readValue(Files.readAllBytes(file), Identity.class).name();
    }

    /** A sign of life for whoever watches from outside. Without room on the disk there is none to give. */
    public void mark() {
        Path file = directory.resolve("alive");
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (FileAlreadyExistsException another) {
            // a thread of ours was faster, which is a sign as good
        } catch (IOException e) {
            log.warn("the mark {} cannot be touched: {}", file, e.toString());
        }
    }

    public void remember(PendingClaim claim) throws IOException {
        DurableFile.write(directory.resolve("claim.json"), json.writeValueAsBytes(claim));
    }

    public Optional<PendingClaim> pendingClaim() throws IOException {
        Path file = directory.resolve("claim.json");
        return Files.exists(file)
                ? Optional.of(json.readValue(Files.readAllBytes(file), PendingClaim.class))
                : Optional.empty();
    }

    /**
     * Journals leases, then forgets the claim that gave them. A lease that is known already is not named again.
     *
     * @return the new ones, in the given order
     */
    public List<LeaseFolder> journal(List<Lease> leases) throws IOException {
        List<LeaseFolder> fresh = new ArrayList<>();
        for (Lease lease : leases) {
            Path folder = folder(lease.id());
            if (!Files.exists(folder) && !Files.exists(refused(lease.id()))) {
                fresh.add(LeaseFolder.create(folder, lease, json));
            }
        }
        DurableFile.delete(directory.resolve("claim.json"));
        return fresh;
    }

    /** All leases on the disk, by id; what a kill left half-made is swept away. */
    public List<LeaseFolder> held() throws IOException {
        List<LeaseFolder> held = new ArrayList<>();
        try (Stream<Path> folders = Files.list(directory.resolve("leases"))) {
            for (Path folder : folders.sorted().toList()) {
                if (folder.getFileName().toString().startsWith("lease-")
                        && !folder.getFileName().toString().contains(".")) {
                    held.add(LeaseFolder.open(folder, json));
                } else {
                    FolderTree.delete(folder);
                }
            }
        }
        return held;
    }

    /** The lease is settled: its folder goes. Moved aside first, so that a kill leaves no half of it. */
    public void forget(LeaseFolder folder) throws IOException {
        Path gone = folder.path().resolveSibling(folder.path().getFileName() + ".gone");
        DurableFile.move(folder.path(), gone);
        FolderTree.delete(gone);
    }

    /** The store will never take this report: it is kept for a person. */
    public Path refuse(LeaseFolder folder) throws IOException {
        Path refused = refused(folder.lease().id());
        DurableFile.move(folder.path(), refused);
        return refused;
    }

    private Path folder(String lease) {
        return directory.resolve("leases").resolve(checked(lease));
    }

    private Path refused(String lease) {
        return directory.resolve("refused").resolve(checked(lease));
    }

    /** Ids come over the wire and become names of folders. */
    private static String checked(String lease) {
        if (!lease.matches("lease-[0-9A-Za-z-]{1,100}")) {
            throw new IllegalArgumentException("'%s' is no lease id".formatted(lease));
        }
        return lease;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
