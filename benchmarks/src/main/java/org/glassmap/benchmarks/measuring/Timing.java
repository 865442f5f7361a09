package org.glassmap.benchmarks.measuring;

import java.util.Arrays;

/**
 * What several measurements of the same work say.
 *
 * @param minimum seconds; what the work takes where nothing disturbs it
 * @param median seconds
 */
public record Timing(double minimum, double median) {

    /** @param seconds at least one, in any order; kept as it is */
    public static Timing of(double[] seconds) {
        if (seconds.length == 0) {
            throw new IllegalArgumentException("a timing needs at least one measurement");
        }
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return new Timing(sorted[0], sorted[sorted.length / 2]);
    }
}
