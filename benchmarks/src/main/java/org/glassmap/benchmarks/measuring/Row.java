package org.glassmap.benchmarks.measuring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param what is done
 * @param size of it, such as {@code 1024 atoms}
 * @param value the smallest measurement, in {@code unit}; for rates the largest
 * @param median in {@code unit}
 * @param microsecondsPerAtom absent where there are no atoms
 * @param ratios to what ran in the same run
 * @param limit what keeps it from being faster, in a phrase
 */
public record Row(
        String what,
        String size,
        double value,
        double median,
        String unit,
        @Nullable Double microsecondsPerAtom,
        List<Ratio> ratios,
        String limit) {

    public Row {
        ratios = List.copyOf(ratios);
    }

    /**
     * @param against the other side
     * @param value how many times the other side's cost, or how many times faster, or how many times its error, as {@code meaning}
     *     says
     * @param meaning {@code times faster}, {@code times the cost} or {@code times the error}
     * @param must what is asked for; absent where nothing is
     */
    public record Ratio(
            String against,
            @Nullable Double value,
            String meaning,
            @Nullable Double must) {

        public static Ratio faster(String against, double value) {
            return new Ratio(against, value, "times faster", null);
        }

        public static Ratio faster(String against, double value, double must) {
            return new Ratio(against, value, "times faster", must);
        }

        public static Ratio cost(String against, double value, @Nullable Double must) {
            return new Ratio(against, value, "times the cost", must);
        }

        /** How many times the other side's error. */
        public static Ratio error(String against, double value, @Nullable Double must) {
            return new Ratio(against, value, "times the error", must);
        }

        /** The other side is not there. */
        public static Ratio missing(String against, double must) {
            return new Ratio(against, null, "times faster", must);
        }
    }

    /** A time, shown in milliseconds. */
    public static Row milliseconds(String what, String size, Timing timing, String limit) {
        return new Row(what, size, 1e3 * timing.minimum(), 1e3 * timing.median(), "ms", null, List.of(), limit);
    }

    /** The time of a whole structure, shown in microseconds for it and for each of its atoms. */
    public static Row perAtom(String what, int atoms, Timing timing, String limit) {
        return new Row(
                what,
                atoms + " atoms",
                1e6 * timing.minimum(),
                1e6 * timing.median(),
                "µs",
                1e6 * timing.minimum() / atoms,
                List.of(),
                limit);
    }

    public Row with(Ratio... others) {
        return new Row(what, size, value, median, unit, microsecondsPerAtom, List.of(others), limit);
    }
}
