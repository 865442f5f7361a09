package org.glassmap.support.startup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The settings that all servers share, below everything that a server's own file, the environment or a command line says.
 *
 * <p>Read through the environment: {@code GLASSMAP_DATABASE_URL}, {@code GLASSMAP_DATABASE_PASSWORD},
 * {@code GLASSMAP_ADDRESS} (what to bind to, loopback unless set).
 */
final class ServiceDefaults implements EnvironmentPostProcessor, Ordered {
    static final String SCHEMA = "glassmap.schema";
    static final String ROUTES = "glassmap.routes";
    static final String SERVICE = "glassmap.service";

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1; // the file's name must be known before it is sought
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        ServiceApplication service = declaredBy(application);
        if (service != null) {
            // Under this name Spring keeps them at the very end; any other source would stand above the server's file.
            DefaultPropertiesPropertySource.addOrMerge(defaultsOf(service), environment.getPropertySources());
        }
    }

    private static @Nullable ServiceApplication declaredBy(SpringApplication application) {
        for (Object source : application.getAllSources()) {
            if (source instanceof Class<?> type) {
                ServiceApplication service = AnnotatedElementUtils.findMergedAnnotation(type, ServiceApplication.class);
                if (service != null) {
                    return service;
                }
            }
        }
        return null; // Spring Cloud's bootstrap context, for one
    }

    private static Map<String, Object> defaultsOf(ServiceApplication service) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put(SERVICE, service.name());
        defaults.put(SCHEMA, service.schema());
        defaults.put(ROUTES, service.routes());
        defaults.put("spring.config.name", service.name());
        defaults.put("spring.application.name", service.name());
        defaults.put("spring.main.banner-mode", "off");
        defaults.put("spring.threads.virtual.enabled", true);
        defaults.put("spring.jmx.enabled", false);
        defaults.put("logging.pattern.correlation", "[%X{traceId:-}] ");
        defaults.put("spring.jackson.default-property-inclusion", "non_null");
        // No resource takes a form, but curl calls every body one: the filter would swallow what it puts.
        defaults.put("spring.mvc.formcontent.filter.enabled", false);
        defaults.put("server.port", service.port());
        defaults.put("server.address", "${glassmap.address:127.0.0.1}");
        defaults.put("server.shutdown", "graceful");
        defaults.put("spring.lifecycle.timeout-per-shutdown-phase", "10s");
        defaults.put("management.endpoints.web.exposure.include", "health");
        if (!service.schema().isEmpty()) {
            defaults.putAll(databaseDefaultsOf(service.schema()));
        }
        return defaults;
    }

    private static Map<String, Object> databaseDefaultsOf(String schema) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("spring.datasource.url", "${glassmap.database.url:jdbc:postgresql://127.0.0.1:8705/glassmap}");
        defaults.put("spring.datasource.username", schema);
        defaults.put("spring.datasource.password", "${glassmap.database.password:}");
        defaults.put("spring.datasource.hikari.maximum-pool-size", 12);
        defaults.put("spring.datasource.hikari.minimum-idle", 2);
        defaults.put("spring.datasource.hikari.connection-timeout", 10_000);
        defaults.put("spring.flyway.locations", "classpath:db/" + schema);
        defaults.put("spring.flyway.schemas", schema);
        defaults.put("spring.flyway.default-schema", schema);
        defaults.put("spring.flyway.create-schemas", false); // the launcher or the installation makes it, with its role
        defaults.put("spring.flyway.connect-retries", 10);
        return defaults;
    }
}
