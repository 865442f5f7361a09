package org.glassmap.structures.calculations;

import org.glassmap.support.identity.AgentAccess;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(QueueProperties.class)
class QueueConfiguration {

    /** Rings when there may be something to claim. */
    @Bean
    Bell arrivals() {
        return new Bell();
    }

    /** Rings when a calculation has ended. */
    @Bean
    Bell endings() {
        return new Bell();
    }

    @Bean
    Patience patience(JdbcClient database, QueueProperties queue) {
        return new Patience(database, queue, System::nanoTime);
    }

    @Bean
    AgentAccess agentsRegister() {
        return new AgentAccess(HttpMethod.POST, "/v1/agents", false);
    }

    @Bean
    AgentAccess agentsClaim() {
        return new AgentAccess(HttpMethod.POST, "/v1/agents/*/claims", false);
    }

    @Bean
    AgentAccess agentsBeat() {
        return new AgentAccess(HttpMethod.POST, "/v1/agents/*/heartbeat", false);
    }

    @Bean
    AgentAccess agentsReport() {
        return new AgentAccess(HttpMethod.PUT, "/v1/agents/*/reports/*", false);
    }

    @Bean
    AgentAccess agentsRecall() {
        return new AgentAccess(HttpMethod.GET, "/v1/agents/*/leases", false);
    }

    @Bean
    AgentAccess agentsReadStructures() {
        return new AgentAccess(HttpMethod.GET, "/v1/structures/*", true);
    }

    @Bean
    AgentAccess agentsReadMethods() {
        return new AgentAccess(HttpMethod.GET, "/v1/methods/*", true);
    }

    @Bean
    AgentAccess agentsReadArtifacts() {
        return new AgentAccess(HttpMethod.GET, "/v1/artifacts/*", true);
    }

    @Bean
    AgentAccess agentsPutArtifacts() {
        return new AgentAccess(HttpMethod.PUT, "/v1/artifacts/*", true);
    }
}
