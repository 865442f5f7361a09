package org.glassmap.support.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service's jobs, as its controllers see them. */
public final class Jobs {

    /** Due whatever the clock says: a clock that was set back must not keep a job waiting. */
    private static final Instant NOW = Instant.EPOCH.plusSeconds(1);

    private final JobStore store;
    private final Scheduler scheduler;
    private final OneTimeTask<Void> advance;
    private final TransactionTemplate transaction;

    Jobs(JobStore store, Scheduler scheduler, OneTimeTask<Void> advance, TransactionTemplate transaction) {
        this.store = store;
        this.scheduler = scheduler;
        this.advance = advance;
        this.transaction = transaction;
    }

    /** Makes the job and sees to it that a runner takes it; joins the caller's transaction where there is one. */
    public void submit(UUID id, String kind, String project) {
        transaction.executeWithoutResult(status -> {
            store.insert(id, kind, project);
            scheduler.scheduleIfNotExists(advance.instance(id.toString()), NOW);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    scheduler.triggerCheckForDueExecutions();
                }
            });
        });
    }

    public Optional<JobStatus> status(UUID id) {
        return store.status(id);
    }

    /** Answers when the job has ended, or with its state when the time is up. */
    public Optional<JobStatus> awaitEnd(UUID id, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Optional<JobStatus> status = store.status(id);
        while (status.isPresent() && !status.get().state().ended() && System.nanoTime() < deadline) {
            if (!slept(Duration.ofMillis(100))) {
                break;
            }
            status = store.status(id);
        }
        return status;
    }

    /** A wish: the job ends as cancelled when its runner has heard it. */
    public void cancel(UUID id) {
        store.wishCancel(id);
    }

    /** At most 1000, in order. */
    public List<JobEvent> eventsAfter(UUID id, long number) {
        return store.eventsAfter(id, number);
    }

    private static boolean slept(Duration duration) {
        try {
            Thread.sleep(duration);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
