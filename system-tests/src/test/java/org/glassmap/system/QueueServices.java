package org.glassmap.system;

import org.glassmap.gateway.GatewayApplication;
import org.glassmap.structures.StructureServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The gateway and the structure-service in a process of their own, to be killed. */
public final class QueueServices {

    private QueueServices() {}

    /** Arguments before {@code --} are the gateway's, those behind it the structure-service's. */
    public static void main(String[] arguments) {
        int gap = java.util.Arrays.asList(arguments).indexOf("--");
        new SpringApplicationBuilder(GatewayApplication.class).run(java.util.Arrays.copyOfRange(arguments, 0, gap));
        new SpringApplicationBuilder(StructureServiceApplication.class)
                .run(java.util.Arrays.copyOfRange(arguments, gap + 1, arguments.length));
    }
}
