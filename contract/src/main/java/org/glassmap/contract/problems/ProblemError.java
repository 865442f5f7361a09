package org.glassmap.contract.problems;

import org.jspecify.annotations.Nullable;

/**
 * One fault in what was sent: where it is, what stands there, and what would help.
 *
 * @param detail the fault, for people
 * @param pointer JSON pointer into the body that was sent, such as {@code /settings/cutoff}
 * @param parameter name of the query, path or header parameter
 * @param frame number of the frame in a file of many, the first is 1
 * @param line number of the line in a text file, the first is 1
 * @param value what stands there, shortened
 * @param remedy what to do about it
 */
public record ProblemError(
        String detail,
        @Nullable String pointer,
        @Nullable String parameter,
        @Nullable Long frame,
        @Nullable Long line,
        @Nullable String value,
        @Nullable String remedy) {
    private static final int LONGEST_VALUE = 200;

    public ProblemError {
        if (value != null && value.length() > LONGEST_VALUE) {
            value = value.substring(0, LONGEST_VALUE) + "…";
        }
    }

    public static ProblemError of(String detail) {
        return new ProblemError(detail, null, null, null, null, null, null);
    }

    public static ProblemError at(String pointer, String detail) {
        return new ProblemError(detail, pointer, null, null, null, null, null);
    }

    public static ProblemError inParameter(String parameter, String detail) {
        return new ProblemError(detail, null, parameter, null, null, null, null);
    }

    public static ProblemError inFrame(long frame, String detail) {
        return new ProblemError(detail, null, null, frame, null, null, null);
    }

    public ProblemError withLine(long line) {
        return new ProblemError(detail, pointer, parameter, frame, line, value, remedy);
    }

    public ProblemError withValue(@Nullable String value) {
        return new ProblemError(detail, pointer, parameter, frame, line, value, remedy);
    }

    public ProblemError withRemedy(@Nullable String remedy) {
        return new ProblemError(detail, pointer, parameter, frame, line, value, remedy);
    }
}
