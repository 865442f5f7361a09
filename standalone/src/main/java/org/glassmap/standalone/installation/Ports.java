package org.glassmap.standalone.installation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of an installation: seven in a row, all on loopback but the first, which is bound to the address that
 * colleagues use.
 *
 * @param base the gateway's
 */
public record Ports(int base) {
    public static final Ports DEFAULT = new Ports(8700);

    public Ports {
        if (base < 1024 || base > 65_529) {
            throw new IllegalArgumentException(
                    "the first of the seven ports must be between 1024 and 65529, got " + base);
        }
    }

    public int gateway() {
        return base;
    }

    public int structure() {
        return base + 1;
    }

    public int potential() {
        return base + 2;
    }

    public int sampler() {
        return base + 3;
    }

    public int analysis() {
        return base + 4;
    }

    public int postgresql() {
        return base + 5;
    }

    /** Where services ask the gateway for keys and tokens. */
    public int inner() {
        return base + 6;
    }

    /** Those of the services' JVM, with the name of what listens there. */
    public Map<String, Integer> ofServices() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("gateway", gateway());
        ports.put("structure-service", structure());
        ports.put("potential-service", potential());
        ports.put("sampler-service", sampler());
        ports.put("analysis-service", analysis());
        ports.put("gateway's inner door", inner());
        return ports;
    }
}
