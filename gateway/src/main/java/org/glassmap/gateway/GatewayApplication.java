package org.glassmap.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The one door of Glassmap. */
@SpringBootApplication
public class GatewayApplication {
    public static void main(String[] arguments) {
        System.setProperty("spring.config.name", "gateway");
        SpringApplication.run(GatewayApplication.class, arguments);
    }
}
