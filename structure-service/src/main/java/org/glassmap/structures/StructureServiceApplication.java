package org.glassmap.structures;

import org.glassmap.support.startup.ServiceApplication;
import org.springframework.boot.SpringApplication;

/** What is known, and the queue of what is to be computed. */
@ServiceApplication(name = "structure-service", port = 8701, schema = "structure")
public class StructureServiceApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(StructureServiceApplication.class, arguments);
    }
}
