package org.glassmap.support.jobs;

/** Thrown where another service does not answer. An outage is no failure of the job: it waits, and says why. */
public final class PeerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PeerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
