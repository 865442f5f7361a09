package org.glassmap.potentials.trainings;

import org.jspecify.annotations.Nullable;

/** Thrown where a dataset cannot be trained on: names the label, what is wrong with it and what would be right. */
final class UnusableDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
