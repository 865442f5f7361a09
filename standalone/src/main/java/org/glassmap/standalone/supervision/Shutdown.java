package org.glassmap.standalone.supervision;

import java.time.Duration;
import java.util.Optional;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.support.postgresql.ManagedPostgres;

/** Brings an installation down in order, with a supervisor or without. */
public final class Shutdown {
    /** The supervisor waits for its children, each of which may take its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Installation installation;

    public Shutdown(Installation installation) {
        this.installation = installation;
    }

    /** @return false if nothing was running */
    public boolean bringDown() {
        Optional<ProcessHandle> supervisor = Processes.living(Role.SUPERVISOR, installation);
        supervisor.ifPresent(process -> {
            process.destroy();
            if (!Processes.ended(process, PATIENCE)) {
                process.destroyForcibly();
            }
        });
        // What a supervisor that was killed has left.
        Optional<ProcessHandle> worker = Processes.living(Role.WORKER, installation);
        worker.ifPresent(Processes::stop);
        Optional<ProcessHandle> services = Processes.living(Role.SERVICES, installation);
        services.ifPresent(Processes::stop);
        boolean database = ManagedPostgres.stopRunning(installation.postgresSettings());
        return supervisor.isPresent() || worker.isPresent() || services.isPresent() || database;
    }
}
