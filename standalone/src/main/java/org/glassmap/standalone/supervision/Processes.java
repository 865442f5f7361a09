package org.glassmap.standalone.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;
import org.glassmap.standalone.installation.ProcessLock;

/** Finds, starts and stops the JVMs of an installation. */
public final class Processes {
    private static final Duration TO_SHOW_UP = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofSeconds(40);

    private Processes() {}

    public static Optional<ProcessHandle> living(Role role, Installation installation) {
        return ProcessLock.holder(role.lock(installation));
    }

    /** The living process of this role, or a new one as soon as it holds its lock. */
    public static ProcessHandle adoptOrStart(Role role, Installation installation) {
        Optional<ProcessHandle> living = living(role, installation);
        if (living.isPresent()) {
            return living.get();
        }
        ProcessHandle started = JavaProcess.start(role, installation);
        long limit = System.nanoTime() + TO_SHOW_UP.toNanos();
        while (started.isAlive() && System.nanoTime() < limit) {
            Optional<ProcessHandle> holder = living(role, installation);
            if (holder.isPresent()) {
                return holder.get();
            }
            pause(Duration.ofMillis(100));
        }
        // It may have lost a race for the lock: then the winner is what we want.
        return living(role, installation)
                .orElseThrow(() -> new InstallationException(
                        "The " + role.word() + " ended at once; see " + role.log(installation)));
    }

    /** Stops it in order, by force if that takes too long. */
    public static void stop(ProcessHandle process) {
        process.destroy();
        if (!ended(process, TO_END)) {
            process.destroyForcibly();
            ended(process, Duration.ofSeconds(10));
        }
    }

    static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InstallationException("interrupted while waiting", e);
        }
    }
}
