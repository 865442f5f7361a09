package org.glassmap.worker.dispatch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.glassmap.contract.agents.Lease;

/**
 * Starts work, watches it, cancels it.
 *
 * @param <W> the kind of work it knows
 */
public interface Dispatcher<W extends Work> {

    Running start(W work, Lease lease, Path folder) throws IOException;

    /**
     * After a restart of the agent: what was started for this lease before and lives, or has ended with a mark.
     * Empty means that nothing was started, or that it died without a mark: it may be started again, and the folder is
     * empty for that.
     */
    Optional<Running> adopt(Lease lease, Path folder) throws IOException, InterruptedException;
}
