package org.glassmap.gateway;

import org.glassmap.support.clients.ServiceAddresses;
import org.glassmap.support.startup.ServiceApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The one door of Glassmap. */
@ServiceApplication(name = "gateway", port = 8700, schema = "access", routes = true)
@ConfigurationPropertiesScan
@EnableConfigurationProperties(ServiceAddresses.class)
public class GatewayApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(GatewayApplication.class, arguments);
    }
}
