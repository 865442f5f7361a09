package org.glassmap.worker.dispatch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.glassmap.contract.agents.Lease;

/** The dispatcher of each kind of work. */
public final class Dispatchers {

    private final Dispatcher<Work.Computation> computations;
    private final Dispatcher<Work.Command> commands;

    public Dispatchers(Dispatcher<Work.Computation> computations, Dispatcher<Work.Command> commands) {
        this.computations = computations;
        this.commands = commands;
    }

    public Running start(Work work, Lease lease, Path folder) throws IOException {
        return switch (work) {
            case Work.Computation computation -> computations.start(computation, lease, folder);
            case Work.Command command -> commands.start(command, lease, folder);
        };
    }

    /** What was started in this folder by an earlier life of the agent, and lives or ended with a mark. */
    public Optional<Running> adopt(Lease lease, Path folder) throws IOException, InterruptedException {
        Optional<Running> command = commands.adopt(lease, folder);
        return command.isPresent() ? command : computations.adopt(lease, folder);
    }
}
