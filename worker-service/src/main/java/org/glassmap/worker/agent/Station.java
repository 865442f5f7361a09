package org.glassmap.worker.agent;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.glassmap.contract.agents.AgentsApi;
import org.glassmap.support.problems.RemoteProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;

/**
 * The queue as the agent sees it: it answers, it refuses for good, or it is away. Away is never a failure of a
 * calculation: what was asked is asked again, less and less often, for as long as the agent lives.
 */
final class Station {

    private static final Logger log = LoggerFactory.getLogger(Station.class);

    static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** The queue understood and will never answer otherwise. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Something asked of the queue. */
    @FunctionalInterface
    interface Question<T> {
        T ask(AgentsApi queue);
    }

    private final AgentsApi queue;
    private final Runnable turnedTo;

    /** @param turnedTo run whenever the queue is turned to, and when it has answered or not */
    Station(AgentsApi queue, Runnable turnedTo) {
        this.queue = queue;
        this.turnedTo = turnedTo;
    }

    /** Asks until there is an answer. */
    <T> T persistently(String what, Question<T> question) throws RefusedException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            Attempt<T> attempt = attempt(question);
            if (attempt.answer() != null) {
                return attempt.answer();
            }
            log.warn("{} did not work ({}); again in {} s", what, attempt.obstacle(), pause.toMillis() / 1000.0);
            Thread.sleep(pause);
            pause = longer(pause);
        }
    }

    /** Asks once. */
    <T> Attempt<T> attempt(Question<T> question) throws RefusedException {
        turnedTo.run();
        try {
            return new Attempt<>(question.ask(queue), null);
        } catch (RemoteProblemException e) {
            if (isFinal(e.document().status())) {
                throw new RefusedException(String.valueOf(e.getMessage()), e);
            }
            return new Attempt<>(null, String.valueOf(e.getMessage()));
        } catch (RestClientException | UncheckedIOException e) { // nobody there, half a body, no token yet
            return new Attempt<>(null, String.valueOf(e.getMessage()));
        } finally {
            turnedTo.run();
        }
    }

    /** @param obstacle why there is no answer yet; absent where there is one */
    record Attempt<T>(@Nullable T answer, @Nullable String obstacle) {}

    static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** A token that is refused today may be made good tomorrow; so may a limit. What was asked may not. */
    private static boolean isFinal(int status) {
        return status >= 400
                && status < 500
                && status != 401
                && status != 403
                && status != 408
                && status != 425
                && status != 429;
    }
}
