package org.glassmap.potentials.potentials;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How streams of predictions are computed; none of it changes a bit of what they say.
 *
 * @param threads of all streams together; 0, unless set, means as many as there are processors
 * @param folder where frames that are sent in are laid down until they are answered; Java's folder for temporary files
 *     unless set. It needs the room of the largest request
 */
@ConfigurationProperties("glassmap.prediction")
record PredictionProperties(
        @DefaultValue("0") int threads, @Nullable Path folder) {

    PredictionProperties {
        if (threads < 0 || threads > 256) {
            throw new IllegalArgumentException("glassmap.prediction.threads must lie in 0..256, got " + threads);
        }
    }

    Path folderHere() {
        return folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
    }

    int threadsHere() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
