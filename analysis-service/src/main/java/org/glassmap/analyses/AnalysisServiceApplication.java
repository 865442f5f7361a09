package org.glassmap.analyses;

import org.glassmap.support.clients.ServiceAddresses;
import org.glassmap.support.startup.ServiceApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** What structures and energies mean: phase diagrams and their figures. */
@ServiceApplication(name = "analysis-service", port = 8704, schema = "analysis")
@EnableConfigurationProperties(ServiceAddresses.class)
public class AnalysisServiceApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(AnalysisServiceApplication.class, arguments);
    }
}
