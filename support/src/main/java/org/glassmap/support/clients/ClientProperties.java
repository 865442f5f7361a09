package org.glassmap.support.clients;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long calls between servers may take.
 *
 * @param answerLimit from request to the beginning of the answer; more than the longest long-poll (25 s). 60 s unless set
 * @param patience how long a server that is away is tried again. 30 s unless set
 */
@ConfigurationProperties("glassmap.clients")
public record ClientProperties(
        @DefaultValue("60s") Duration answerLimit,
        @DefaultValue("30s") Duration patience) {
    public ClientProperties {
        if (answerLimit.isNegative() || answerLimit.isZero()) {
            throw new IllegalArgumentException("glassmap.clients.answer-limit must be positive, got " + answerLimit);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("glassmap.clients.patience must not be negative, got " + patience);
        }
    }
}
