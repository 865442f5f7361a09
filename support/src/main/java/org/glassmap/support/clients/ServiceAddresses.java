package org.glassmap.support.clients;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the services are, as seen from the other servers ({@code glassmap.services.structure} and so on). */
@ConfigurationProperties("glassmap.services")
public record ServiceAddresses(
        @DefaultValue("http://127.0.0.1:8701") URI structure,
        @DefaultValue("http://127.0.0.1:8702") URI potential,
        @DefaultValue("http://127.0.0.1:8703") URI sampler,
        @DefaultValue("http://127.0.0.1:8704") URI analysis) {}
