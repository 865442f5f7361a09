package org.glassmap.structures.artifacts;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where files are kept.
 *
 * @param directory on one file system; {@code artifacts} in the working directory unless set
 * @param mostBytes of one file; 64 GiB unless set
 */
@ConfigurationProperties("glassmap.artifacts")
record ArtifactProperties(
        @DefaultValue("artifacts") Path directory,
        @DefaultValue("64GB") DataSize mostBytes) {

    ArtifactProperties {
        directory = directory.toAbsolutePath().normalize();
        if (mostBytes.toBytes() < 1) {
            throw new IllegalArgumentException("glassmap.artifacts.most-bytes must be positive, got " + mostBytes);
        }
    }
}
