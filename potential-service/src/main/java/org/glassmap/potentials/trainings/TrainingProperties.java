package org.glassmap.potentials.trainings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How trainings run; none of it changes a bit of what they give.
 *
 * @param threads of one training, 1 to 256
 * @param checkpointInterval the most work a crash costs, besides the epoch at hand; 100 ms to 10 min
 */
@ConfigurationProperties("glassmap.training")
record TrainingProperties(
        @DefaultValue("2") int threads, @DefaultValue("5s") Duration checkpointInterval) {

    TrainingProperties {
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("glassmap.training.threads must lie in 1..256, got " + threads);
        }
        if (checkpointInterval.compareTo(Duration.ofMillis(100)) < 0
                || checkpointInterval.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "glassmap.training.checkpoint-interval must lie in 100ms..10m, got " + checkpointInterval);
        }
    }
}
