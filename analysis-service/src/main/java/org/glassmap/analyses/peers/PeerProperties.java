package org.glassmap.analyses.peers;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the services are that an analysis asks. */
@ConfigurationProperties("glassmap.peers")
public record PeerProperties(
        @DefaultValue("http://127.0.0.1:8701") URI structure,
        @DefaultValue("http://127.0.0.1:8703") URI sampler) {}
