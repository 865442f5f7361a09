package org.glassmap.support.clients;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.glassmap.support.problems.RemoteProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.ResourceAccessException;

/** Does something again, with growing pauses, while the server is away or asks for a pause. */
public final class Repetition {
    private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private Repetition() {}

    /**
     * Asks until there is an answer, a refusal, or no patience left.
     *
     * @param may whether what failed like this may be asked again at all
     * @throws ResourceAccessException if the server was away for all that time
     * @throws RemoteProblemException what the server said last
     */
    public static <T extends @Nullable Object> T whileAway(
            Duration patience, Predicate<RuntimeException> may, Supplier<T> exchange) {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return exchange.get();
            } catch (ResourceAccessException | RemoteProblemException e) {
                boolean worthwhile = isAway(e) && may.test(e) && System.nanoTime() - start < patience.toNanos();
                if (!worthwhile) {
                    throw e;
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static boolean isAway(RuntimeException failure) {
        return !(failure instanceof RemoteProblemException remote)
                || AWAY.contains(remote.document().status());
    }

    /** Half of the pause is by chance, so that clients of one server that was away do not all come at once. */
    private static void sleep(Duration pause) {
        long millis = pause.toMillis();
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to try again", e);
        }
    }
}
