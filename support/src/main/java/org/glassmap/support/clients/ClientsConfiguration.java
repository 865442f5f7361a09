package org.glassmap.support.clients;

import org.glassmap.support.identity.IdentityConfiguration;
import org.glassmap.support.identity.ProjectTokens;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Gives every server its way to call others. */
@AutoConfiguration(after = IdentityConfiguration.class)
@ConditionalOnBean(ProjectTokens.class)
@EnableConfigurationProperties({ClientProperties.class, ServiceAddresses.class})
public class ClientsConfiguration {
    @Bean
    Clients clients(JsonMapper json, ClientProperties properties) {
        return new Clients(json, properties);
    }

    @Bean
    ServiceClients serviceClients(Clients clients, ProjectTokens tokens) {
        return new ServiceClients(clients, tokens);
    }
}
