package org.glassmap.benchmarks.measuring;

/** How long is measured: as much as numbers need, a first look, or just enough to see that nothing is broken. */
public enum Effort {
    FULL(8, 20, 100, 3000),
    SHORT(4, 8, 60, 1200),
    SMOKE(0, 1, 1, 0);

    private final int warmups;
    private final int rounds;
    private final int roundMilliseconds;
    private final int warmupMilliseconds;

    Effort(int warmups, int rounds, int roundMilliseconds, int warmupMilliseconds) {
        this.warmups = warmups;
        this.rounds = rounds;
        this.roundMilliseconds = roundMilliseconds;
        this.warmupMilliseconds = warmupMilliseconds;
    }

    /** Iterations of half a second each that JMH throws away. */
    public int warmups() {
        return warmups;
    }

    /** Measurements, of which the smallest and the median are told. */
    public int rounds() {
        return rounds;
    }

    /** Least length of one measurement. */
    public int roundMilliseconds() {
        return roundMilliseconds;
    }

    /** Of each contender of a side-by-side run: long enough for the last compilation. */
    public int warmupMilliseconds() {
        return warmupMilliseconds;
    }

    /** {@code small} when it is only to be seen that it runs. */
    public int size(int usual, int small) {
        return this == SMOKE ? small : usual;
    }
}
