package org.glassmap.structures.calculations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the queue is.
 *
 * @param beat how often an agent's heartbeat is expected; 20 s unless set
 * @param beatsPerLease a lease outlives so many beats; 3 unless set
 * @param codeBudget attempts that may end with {@code retryable-code} before a calculation has failed; 5 unless set
 * @param infrastructureBudget as codeBudget, of {@code retryable-infrastructure}; 20 unless set. A lost agent counts
 *     towards neither: kills say nothing about a calculation
 * @param pause before a calculation is tried again after a failure, doubled with each, at most 64 times; 5 s unless set
 * @param breakerFailures failures of one agent within breakerWindow that open its breaker; 10 unless set
 * @param breakerWindow 10 min unless set
 * @param breakerPause after it an agent whose breaker is open may try one calculation; 1 min unless set
 * @param sweep how often expired leases are looked for; 1 s unless set
 */
@ConfigurationProperties("glassmap.queue")
record QueueProperties(
        @DefaultValue("20s") Duration beat,
        @DefaultValue("3") int beatsPerLease,
        @DefaultValue("5") int codeBudget,
        @DefaultValue("20") int infrastructureBudget,
        @DefaultValue("5s") Duration pause,
        @DefaultValue("10") int breakerFailures,
        @DefaultValue("10m") Duration breakerWindow,
        @DefaultValue("1m") Duration breakerPause,
        @DefaultValue("1s") Duration sweep) {

    QueueProperties {
        requirePositive("beat", beat);
        requirePositive("pause", pause);
        requirePositive("breaker-window", breakerWindow);
        requirePositive("breaker-pause", breakerPause);
        requirePositive("sweep", sweep);
        requireAtLeastOne("beats-per-lease", beatsPerLease);
        requireAtLeastOne("code-budget", codeBudget);
        requireAtLeastOne("infrastructure-budget", infrastructureBudget);
        requireAtLeastOne("breaker-failures", breakerFailures);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("glassmap.queue.%s must be positive, got %s".formatted(name, value));
        }
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("glassmap.queue.%s must be at least 1, got %d".formatted(name, value));
        }
    }

    double leaseSeconds() {
        return beatsPerLease * beat.toMillis() / 1000.0;
    }

    double beatSeconds() {
        return beat.toMillis() / 1000.0;
    }

    /** Before the attempt after so many failures. */
    double pauseSeconds(int failures) {
        return pause.toMillis() / 1000.0 * (1 << Math.min(6, Math.max(0, failures - 1)));
    }
}
