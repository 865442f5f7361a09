package org.glassmap.potentials;

import org.glassmap.support.clients.ServiceAddresses;
import org.glassmap.support.jobs.JobsConfiguration;
import org.glassmap.support.startup.ServiceApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Trainings, potentials and what they predict. */
@ServiceApplication(name = "potential-service", port = 8702, schema = "potential")
@ConfigurationPropertiesScan
@EnableConfigurationProperties(ServiceAddresses.class)
@Import(JobsConfiguration.class)
public class PotentialServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(PotentialServiceApplication.class, args);
    }
}
