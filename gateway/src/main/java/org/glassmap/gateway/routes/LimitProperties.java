package org.glassmap.gateway.routes;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a request may bring.
 *
 * @param body the largest body, 32 MB unless set
 * @param upload the largest body that is streamed in, 16 GB unless set
 * @param uploads where bodies are streamed in: paths with wildcards
 */
@ConfigurationProperties("glassmap.limits")
record LimitProperties(
        @DefaultValue("32MB") DataSize body,
        @DefaultValue("16GB") DataSize upload,

        @DefaultValue({"/v1/artifacts/**", "/v1/labels/**", "/v1/structures/**", "/v1/potentials/**"})
        List<String> uploads) {
    LimitProperties {
        if (body.toBytes() <= 0 || upload.toBytes() <= 0) {
            throw new IllegalArgumentException(
                    "glassmap.limits.body and .upload must be positive, got " + body + " and " + upload);
        }
        uploads = List.copyOf(uploads);
    }
}
