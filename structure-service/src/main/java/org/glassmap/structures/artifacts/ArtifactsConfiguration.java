package org.glassmap.structures.artifacts;

import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArtifactProperties.class)
class ArtifactsConfiguration {

    @Bean
    ArtifactFiles artifactFiles(ArtifactProperties properties) throws IOException {
        return new ArtifactFiles(properties.directory(), properties.mostBytes().toBytes());
    }
}
