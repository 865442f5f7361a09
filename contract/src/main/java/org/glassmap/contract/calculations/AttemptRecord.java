package org.glassmap.contract.calculations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One lease of a calculation, kept for ever.
 *
 * @param outcome {@code success}, {@code continue}, {@code retryable-infrastructure}, {@code retryable-code},
 *     {@code fatal-input}, {@code cancelled}, {@code lost}, {@code duplicate}; absent while it runs
 * @param corrections what was changed before this attempt, in words
 * @param program name and version of what computed, with its kernel where it has several; absent where none ended
 */
public record AttemptRecord(
        int number,
        String lease,
        String agent,
        @Nullable String schedulerJob,
        String phase,
        String started,
        @Nullable String ended,
        @Nullable String outcome,
        @Nullable String message,
        List<String> corrections,
        @Nullable String program) {}
