package org.glassmap.standalone.supervision;

import java.time.Duration;

/**
 * How long a child may show no sign of life. It is counted in looks, not by a clock: a supervisor that stood still itself,
 * with the whole machine perhaps, has not looked, and has nothing to reproach others with.
 *
 * @param between two looks; a look itself takes up to some seconds where nothing answers
 * @param looks in vain, one after the other, after which a child that had shown signs of life is ended
 * @param looksAtStart the same for one that has not shown any yet: it may wait for what it needs
 */
record Patience(Duration between, int looks, int looksAtStart) {

    /** Set in the environment for tests, and for machines that are slower than ours. */
    static final String SECONDS = "GLASSMAP_SILENCE_SECONDS";

    private static final Duration BETWEEN = Duration.ofSeconds(5);

    Patience {
        if (between.isNegative() || between.isZero()) {
            throw new IllegalArgumentException("there must be time between two looks, got " + between);
        }
        if (looks < 1 || looksAtStart < looks) {
            throw new IllegalArgumentException(
                    "looks must be at least 1, and as many at the start, got %d and %d".formatted(looks, looksAtStart));
        }
    }

    /** A minute and a half, and a quarter of an hour at the start, unless the environment says otherwise. */
    static Patience ofEnvironment() {
        String seconds = System.getenv(SECONDS);
        int silence = seconds == null ? 90 : Integer.parseInt(seconds);
        int looks = Math.max(1, (int) (silence / BETWEEN.toSeconds()));
        return new Patience(BETWEEN, looks, 10 * looks);
    }
}
