package org.glassmap.support.jobs;

/** Thrown by a body that has heard the wish to cancel and has stopped. */
public final class JobCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobCancelledException() {
        super("cancelled");
    }
}
