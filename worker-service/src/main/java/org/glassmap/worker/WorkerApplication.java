package org.glassmap.worker;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The agent beside the cluster. It opens no port: everything it does, it asks for. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkerProperties.class)
@Import(WorkerConfiguration.class)
public class WorkerApplication {

    public static void main(String[] arguments) {
        start(arguments);
    }

    /** Configuration comes from {@code worker-service.yaml}, the environment and the command line. */
    public static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(WorkerApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=worker-service", "spring.main.banner-mode=off")
                .run(arguments);
    }
}
