package org.glassmap.standalone.supervision;

import java.nio.file.Path;
import java.util.Optional;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.ProcessLock;
import org.glassmap.worker.WorkerApplication;

/** The one local worker, a process of its own beside the services. */
final class WorkerProcess {
    private WorkerProcess() {}

    public static void main(String[] arguments) {
        Installation installation = new Installation(Path.of(arguments[0]));
        Optional<ProcessLock> lock = ProcessLock.take(Role.WORKER.lock(installation));
        if (lock.isEmpty()) {
            System.err.println("The worker of " + installation.folder() + " is running already.");
            System.exit(ExitCodes.ALREADY_RUNNING);
        }
        WorkerApplication.start(
                "--glassmap.worker.gateway=" + installation.settings().url(),
                "--glassmap.worker.directory=" + installation.worker(),
                "--glassmap.worker.token-file=" + installation.workerToken(),
                "--glassmap.worker.name=local");
    }
}
