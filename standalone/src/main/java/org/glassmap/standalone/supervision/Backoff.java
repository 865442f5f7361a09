package org.glassmap.standalone.supervision;

import java.time.Duration;

/**
 * How long to wait before a child is started again: at once the first time, then twice as long each time up to half a
 * minute; one that ran for a minute is trusted anew.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration TRUST = Duration.ofMinutes(1);

    private Duration next = FIRST;

    /** @param ran how long the child lived this time */
    Duration afterRunOf(Duration ran) {
        if (ran.compareTo(TRUST) >= 0) {
            next = FIRST;
        }
        Duration pause = next;
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
        return pause;
    }
}
