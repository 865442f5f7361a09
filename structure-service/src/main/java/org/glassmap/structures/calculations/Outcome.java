package org.glassmap.structures.calculations;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.glassmap.structures.contents.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** How an agent says that a lease ended. */
enum Outcome {
    SUCCESS("success"),
    /** The wall time was reached; the files to go on from are there. */
    CONTINUE("continue"),
    RETRYABLE_INFRASTRUCTURE("retryable-infrastructure"),
    RETRYABLE_CODE("retryable-code"),
    FATAL_INPUT("fatal-input"),
    CANCELLED("cancelled");

    /** The agent fell silent before it had submitted anything. */
    static final String LOST = "lost";

    /** Another result was there already. */
    static final String DUPLICATE = "duplicate";

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** @throws InvalidInputException if there is no such outcome */
    static Outcome read(@Nullable String word) {
        for (Outcome outcome : values()) {
            if (outcome.word.equals(word)) {
                return outcome;
            }
        }
        throw new InvalidInputException(
                "/outcome",
                word,
                "is no outcome",
                "give one of " + Arrays.stream(values()).map(Outcome::word).collect(Collectors.joining(", ")));
    }
}
