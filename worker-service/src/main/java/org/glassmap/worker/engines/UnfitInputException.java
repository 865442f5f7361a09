package org.glassmap.worker.engines;

/** The method or the structure can never be computed, by no agent and at no time. */
public final class UnfitInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnfitInputException(String message) {
        super(message);
    }

    public UnfitInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
