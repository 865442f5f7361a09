package org.glassmap.potentials.peers;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param structure address of the structure-service */
@ConfigurationProperties("glassmap.peers")
public record PeerProperties(
        @DefaultValue("http://127.0.0.1:8701") URI structure) {}
