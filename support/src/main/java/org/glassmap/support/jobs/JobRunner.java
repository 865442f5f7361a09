package org.glassmap.support.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.support.problems.DatabaseAway;
import org.glassmap.support.problems.DiskFull;
import org.glassmap.support.problems.RemoteProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.client.ResourceAccessException;

/** Runs a job's body and writes down how it ended. The one place of a service that catches whatever a body throws. */
final class JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /**
     * What a server answers that is there but not ready, or that stands before one that is away; 401 among them: our token
     * was good when it was fetched, and no job is to fail because a clock was set on its way; and 507: somebody will make
     * room.
     */
    private static final Set<Integer> AWAY = Set.of(401, 429, 502, 503, 504, 507);

    private final JobStore store;
    private final Map<String, JobBody> bodies;

    JobRunner(JobStore store, List<JobBody> bodies) {
        this.store = store;
        this.bodies = bodies.stream().collect(Collectors.toMap(JobBody::kind, Function.identity()));
    }

    /** @throws RuntimeException where the job must be woken again: the database or a peer is away */
    void advance(UUID id) {
        JobBody body = body(id);
        Optional<Job> job = store.take(id);
        if (job.isPresent()) {
            run(body, job.get());
        }
    }

    private JobBody body(UUID id) {
        String kind = store.kind(id).orElseThrow(() -> new IllegalStateException("no job " + id));
        return Optional.ofNullable(bodies.get(kind))
                .orElseThrow(() -> new IllegalStateException("no body for jobs of kind " + kind));
    }

    private void run(JobBody body, Job job) {
        try {
            job.requireNotCancelled();
            body.run(job);
            job.end(JobState.SUCCEEDED, null);
        } catch (JobCancelledException e) {
            job.end(JobState.CANCELLED, null);
        } catch (JobOvertakenException e) {
            LOG.info("{}", e.getMessage());
        } catch (ResourceAccessException e) {
            store.waiting(job.id(), "another service does not answer: " + e.getMessage());
            throw e;
        } catch (RemoteProblemException e) {
            if (!AWAY.contains(e.document().status())) {
                fail(job, e);
                return;
            }
            store.waiting(job.id(), "another service is not ready: " + e.getMessage());
            throw e;
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted() || DatabaseAway.isToldBy(e) || DiskFull.isToldBy(e)) {
                throw e; // the process is stopping, or the database is, or there is no room: the next runner goes on
            }
            fail(job, e);
        }
    }

    private static void fail(Job job, RuntimeException e) {
        LOG.error("job {} failed", job.id(), e);
        job.end(JobState.FAILED, reason(e));
    }

    private static String reason(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
