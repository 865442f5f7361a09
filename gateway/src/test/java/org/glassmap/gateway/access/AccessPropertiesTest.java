package org.glassmap.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class AccessPropertiesTest {
    @Test
    void containersAreToldThroughTheEnvironment() {
        AccessProperties properties = boundFrom(Map.of(
                "GLASSMAP_ACCESS_SERVICESECRETS_SAMPLER-SERVICE", "one",
                "GLASSMAP_ACCESS_INNERADDRESS", "0.0.0.0",
                "GLASSMAP_ACCESS_ADMINTOKENFILE", "/run/token"));
        assertThat(properties.serviceSecrets()).containsExactlyEntriesOf(Map.of("sampler-service", "one"));
        assertThat(properties.innerAddress()).isEqualTo("0.0.0.0");
        assertThat(properties.innerPort()).isEqualTo(8706);
        assertThat(properties.adminTokenFile()).isEqualTo(Path.of("/run/token"));
        assertThat(properties.toString()).doesNotContain("one");
    }

    private static AccessProperties boundFrom(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return new Binder(ConfigurationPropertySources.get(attached(environment)))
                .bind("glassmap.access", AccessProperties.class)
                .get();
    }

    private static StandardEnvironment attached(StandardEnvironment environment) {
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
