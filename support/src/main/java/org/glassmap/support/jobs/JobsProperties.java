package org.glassmap.support.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are woken.
 *
 * @param threads jobs that run at once, 1 to 64
 * @param pollingInterval how soon a job that another process has made is seen, at most 1 s
 * @param heartbeatInterval a runner that misses four is taken for dead, 100 ms to 1 min
 * @param retryDelay before a job is woken again whose database or peer was away
 */
@ConfigurationProperties("glassmap.jobs")
public record JobsProperties(
        @DefaultValue("2") int threads,
        @DefaultValue("200ms") Duration pollingInterval,
        @DefaultValue("1s") Duration heartbeatInterval,
        @DefaultValue("1s") Duration retryDelay) {

    public JobsProperties {
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("glassmap.jobs.threads must lie in 1..64, got " + threads);
        }
        requireWithin("polling-interval", pollingInterval, Duration.ofMillis(10), Duration.ofSeconds(1));
        requireWithin("heartbeat-interval", heartbeatInterval, Duration.ofMillis(100), Duration.ofMinutes(1));
        requireWithin("retry-delay", retryDelay, Duration.ZERO, Duration.ofMinutes(10));
    }

    private static void requireWithin(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "glassmap.jobs.%s must lie in %s..%s, got %s".formatted(name, least, most, value));
        }
    }
}
