package org.glassmap.support.jobs;

import java.util.UUID;

/** Thrown at a runner's write when another runner has the job, or the job has ended: stop, change nothing. */
public final class JobOvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobOvertakenException(UUID job, long epoch) {
        super("runner %d of job %s was overtaken".formatted(epoch, job));
    }
}
