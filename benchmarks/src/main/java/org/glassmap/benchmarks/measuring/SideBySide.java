package org.glassmap.benchmarks.measuring;

import java.util.ArrayList;
import java.util.List;

/**
 * Several ways in turn, so that whatever else the machine does meets all of them alike. What counts is the time the
 * processor gave to the calling thread, not the clock on the wall.
 */
public final class SideBySide {

    private SideBySide() {}

    /** @return of each, in order, the time of one run of its work */
    public static List<Timing> run(Effort effort, List<Runnable> contenders) {
        return run(
                effort,
                effort.rounds(),
                contenders.stream().map(Contender::here).toList());
    }

    /** @return of each, in order, the time of one run of its work */
    public static List<Timing> run(Effort effort, int rounds, List<Contender> contenders) {
        int[] repetitions = new int[contenders.size()];
        for (int c = 0; c < repetitions.length; c++) {
            repetitions[c] = warmedUp(effort, contenders.get(c));
        }
        double[][] seconds = new double[contenders.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int c = 0; c < repetitions.length; c++) {
                seconds[c][round] = contenders.get(c).seconds(repetitions[c]);
            }
        }
        List<Timing> timings = new ArrayList<>();
        for (double[] own : seconds) {
            timings.add(Timing.of(own));
        }
        return timings;
    }

    /** @return how often to repeat the work for one measurement */
    private static int warmedUp(Effort effort, Contender contender) {
        double once = contender.seconds(1);
        for (double spent = once; spent < 1e-3 * effort.warmupMilliseconds(); ) {
            int repetitions = repetitions(once, 20);
            once = contender.seconds(repetitions);
            spent += repetitions * once;
        }
        return repetitions(once, effort.roundMilliseconds());
    }

    private static int repetitions(double seconds, int milliseconds) {
        return (int) Math.max(1, Math.min(1_000_000, 1e-3 * milliseconds / Math.max(seconds, 1e-9)));
    }
}
