package org.glassmap.support.identity;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a server finds the gateway's inner door, and how it shows itself there.
 *
 * @param gateway inner address of the gateway, {@code http://127.0.0.1:8706} unless set
 * @param secret the server's own, for exchanging it against a project's token; none: it cannot act for a project
 */
@ConfigurationProperties("glassmap.identity")
public record IdentityProperties(
        @DefaultValue("http://127.0.0.1:8706") URI gateway,
        @Nullable String secret) {
    URI keys() {
        return gateway.resolve("/internal/keys");
    }

    @Override
    public String toString() {
        return "IdentityProperties[gateway=" + gateway + "]"; // the secret must not get into a log
    }
}
