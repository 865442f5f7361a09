package org.glassmap.standalone.supervision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.ProcessLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns three children, PostgreSQL, the services' JVM and the worker, and starts each again when it ends or hangs.
 *
 * <p>Its own sudden death harms nothing: the children go on, and the next supervisor finds them by their locks and takes
 * them over. Told to end ({@code SIGTERM}), it stops them in order.
 */
public final class Supervisor {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    private final Installation installation;
    private final Database database;
    private final List<Child> children = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Supervisor(Installation installation) {
        this.installation = installation;
        this.database = new Database(installation);
    }

    /** @param arguments the data folder */
    public static void main(String[] arguments) throws InterruptedException {
        Installation installation = new Installation(Path.of(arguments[0]));
        run(installation);
    }

    /** Supervises until the process is told to end. */
    public static void run(Installation installation) throws InterruptedException {
        installation.prepare();
        Optional<ProcessLock> lock = ProcessLock.take(Role.SUPERVISOR.lock(installation));
        if (lock.isEmpty()) {
            System.err.println("Glassmap in " + installation.folder() + " has a supervisor already.");
            System.exit(ExitCodes.ALREADY_RUNNING);
        }
        Supervisor supervisor = new Supervisor(installation);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stopInOrder, "stop"));
        supervisor.supervise();
    }

    private void supervise() throws InterruptedException {
        log.info("Glassmap in {}", installation.folder());
        Patience patience = Patience.ofEnvironment();
        keep(new Child("PostgreSQL", database::adoptOrStart, Pulses.database(installation), patience));
        keep(new Child(
                "services",
                () -> Processes.adoptOrStart(Role.SERVICES, installation),
                Pulses.services(installation),
                patience));
        keep(new Child("worker", this::adoptOrStartWorker, Pulses.worker(installation), patience));
        LogLimit logs = new LogLimit(List.of(
                Role.SERVICES.log(installation), Role.WORKER.log(installation), Role.SUPERVISOR.log(installation)));
        threads.add(Thread.ofPlatform().name("logs").start(() -> uninterrupted(logs::keep)));
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private ProcessHandle adoptOrStartWorker() {
        WorkerToken.ensure(installation);
        return Processes.adoptOrStart(Role.WORKER, installation);
    }

    private void keep(Child child) {
        children.add(child);
        threads.add(Thread.ofPlatform().start(() -> uninterrupted(child::keepRunning)));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static void uninterrupted(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the process is ending
        }
    }

    /** The worker first, so that it can still report; the database last. */
    private void stopInOrder() {
        children.forEach(Child::stop);
        Processes.living(Role.WORKER, installation).ifPresent(Processes::stop);
        Processes.living(Role.SERVICES, installation).ifPresent(Processes::stop);
        database.stop();
    }
}
