package org.glassmap.worker.engines;

import java.util.List;
import org.glassmap.contract.agents.LeaseReport;
import org.jspecify.annotations.Nullable;

/** How a lease ends, in the words of the wire. */
public enum Outcome {
    SUCCESS("success"),
    RETRYABLE_INFRASTRUCTURE("retryable-infrastructure"),
    RETRYABLE_CODE("retryable-code"),
    FATAL_INPUT("fatal-input"),
    CANCELLED("cancelled");

    private static final int LONGEST_MESSAGE = 4000;

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** A report without result. */
    public LeaseReport because(String message, @Nullable String program) {
        return new LeaseReport(word, false, 0, List.of(), program, shortened(message), List.of(), List.of());
    }

    /** The end of a message says most. */
    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE
                ? message
                : "…" + message.substring(message.length() - LONGEST_MESSAGE);
    }
}
