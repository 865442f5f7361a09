package org.glassmap.worker.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.glassmap.contract.agents.Lease;
import org.glassmap.contract.agents.LeaseReport;
import org.glassmap.support.files.FolderTree;
import tools.jackson.databind.json.JsonMapper;

/**
 * A lease's own folder: {@code lease.json} from the moment it is journalled, {@code work/} where its engine reads and
 * writes, {@code report.json} once it has ended. The folder goes when the report was accepted.
 */
public final class LeaseFolder {

    private static final String LEASE = "lease.json";
    private static final String REPORT = "report.json";
    private static final String WORK = "work";

    private final Path folder;
    private final Lease lease;
    private final JsonMapper json;

    private LeaseFolder(Path folder, Lease lease, JsonMapper json) {
        this.folder = folder;
        this.lease = lease;
        this.json = json;
    }

    /** Made aside and moved into place: a folder of that name always holds its lease. */
    static LeaseFolder create(Path folder, Lease lease, JsonMapper json) throws IOException {
        Path aside = folder.resolveSibling(folder.getFileName() + ".new");
        FolderTree.delete(aside);
        Files.createDirectory(aside);
        DurableFile.write(aside.resolve(LEASE), json.writeValueAsBytes(lease));
        DurableFile.move(aside, folder);
        return new LeaseFolder(folder, lease, json);
    }

    static LeaseFolder open(Path folder, JsonMapper json) throws IOException {
        return new LeaseFolder(folder, json.readValue(Files.readAllBytes(folder.resolve(LEASE)), Lease.class), json);
    }

    public Lease lease() {
        return lease;
    }

    public Path path() {
        return folder;
    }

    /** Where the engine works; made when first asked for. */
    public Path work() {
        Path work = folder.resolve(WORK);
        try {
            Files.createDirectories(work);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + work + " cannot be made", e);
        }
        return work;
    }

    /** On the disk when this returns. A report that is there already stays: what was reported once is the truth. */
    public void writeReport(LeaseReport report) throws IOException {
        if (!Files.exists(folder.resolve(REPORT))) {
            DurableFile.write(folder.resolve(REPORT), json.writeValueAsBytes(report));
        }
    }

    /** What came of the lease; empty while it has not ended. */
    public Optional<LeaseReport> report() throws IOException {
        Path report = folder.resolve(REPORT);
        return Files.exists(report)
                ? Optional.of(json.readValue(Files.readAllBytes(report), LeaseReport.class))
                : Optional.empty();
    }
}
