package org.glassmap.standalone.installation;

/** Something on this machine is in the way. The message says what, and what helps; no stack trace is needed. */
public final class InstallationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InstallationException(String message) {
        super(message);
    }

    public InstallationException(String message, Throwable cause) {
        super(message, cause);
    }
}
