package org.glassmap.support.startup;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Leaves out auto-configurations that are on the class path for the sake of a neighbour in the same JVM.
 *
 * <p>Spring Cloud's gateway would give every server the gateway's routes, and its own switch
 * ({@code spring.cloud.gateway.server.webmvc.enabled=false}) breaks the start; a process without a database would ask for
 * one.
 */
final class AutoConfigurationsOfOthers implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final List<String> OF_ROUTES = List.of("org.springframework.cloud.");
    private static final List<String> OF_DATABASES = List.of(
            "org.springframework.boot.jdbc.",
            "org.springframework.boot.flyway.",
            "org.springframework.boot.data.",
            "org.springframework.boot.hibernate.");

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[names.length];
        boolean isGlassmapServer = environment.containsProperty(ServiceDefaults.SERVICE);
        boolean routes = !isGlassmapServer || environment.getProperty(ServiceDefaults.ROUTES, Boolean.class, false);
        boolean database = !isGlassmapServer
                || !environment.getProperty(ServiceDefaults.SCHEMA, "").isEmpty();
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            wanted[i] = name != null
                    && (routes || !startsWithOneOf(name, OF_ROUTES))
                    && (database || !startsWithOneOf(name, OF_DATABASES));
        }
        return wanted;
    }

    private static boolean startsWithOneOf(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
