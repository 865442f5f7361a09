package org.glassmap.support.postgresql;

/** The managed server cannot be had. The message says what is in the way and what helps. */
public final class PostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PostgresException(String message) {
        super(message);
    }

    public PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
