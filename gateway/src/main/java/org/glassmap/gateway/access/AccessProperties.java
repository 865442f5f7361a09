package org.glassmap.gateway.access;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who gets in first, and which services may act for projects.
 *
 * @param adminTokenFile where an admin's token is written at the start if the file is not there, mode 600; none: not
 *     written
 * @param adminToken an admin's token given from outside (a secret of the cluster); none: nothing is given
 * @param firstProject the project made at the first start
 * @param serviceSecrets the secret of each service by its name, such as {@code sampler-service}
 * @param innerPort where the services reach keys and token exchange; never to be published
 * @param innerAddress what that port binds to
 * @param requestsAtOnce of one token, those that wait included; 500 unless set
 */
@ConfigurationProperties("glassmap.access")
record AccessProperties(
        @Nullable Path adminTokenFile,
        @Nullable String adminToken,
        @DefaultValue("lab") String firstProject,
        @DefaultValue Map<String, String> serviceSecrets,
        @DefaultValue("8706") int innerPort,
        @DefaultValue("127.0.0.1") String innerAddress,
        @DefaultValue("500") int requestsAtOnce) {
    AccessProperties {
        if (requestsAtOnce < 1) {
            throw new IllegalArgumentException(
                    "glassmap.access.requests-at-once must be at least 1, got " + requestsAtOnce);
        }
        serviceSecrets = Map.copyOf(serviceSecrets);
    }

    @Override
    public String toString() {
        return "AccessProperties[innerPort=" + innerPort + "]"; // secrets must not get into a log
    }
}
