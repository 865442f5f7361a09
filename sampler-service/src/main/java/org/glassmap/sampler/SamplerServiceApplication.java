package org.glassmap.sampler;

import org.glassmap.support.clients.ServiceAddresses;
import org.glassmap.support.jobs.JobsConfiguration;
import org.glassmap.support.startup.ServiceApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Searches and campaigns. */
@ServiceApplication(name = "sampler-service", port = 8703, schema = "sampler")
@ConfigurationPropertiesScan
@EnableConfigurationProperties(ServiceAddresses.class)
@Import(JobsConfiguration.class)
public class SamplerServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(SamplerServiceApplication.class, args);
    }
}
