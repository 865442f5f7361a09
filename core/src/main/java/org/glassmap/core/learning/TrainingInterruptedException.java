package org.glassmap.core.learning;

/** Thrown when the thread that runs an epoch is interrupted; the epoch did not happen, its interrupt flag is set. */
public final class TrainingInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TrainingInterruptedException(InterruptedException cause) {
        super("training was interrupted within an epoch; resume from the last state", cause);
    }
}
