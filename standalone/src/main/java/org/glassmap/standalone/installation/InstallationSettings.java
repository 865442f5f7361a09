package org.glassmap.standalone.installation;

/**
 * What the user chose for an installation; kept in its folder, so that later commands know.
 *
 * @param address what the gateway binds to: loopback, or an address that colleagues reach
 */
public record InstallationSettings(Ports ports, String address) {
    public static final InstallationSettings DEFAULT = new InstallationSettings(Ports.DEFAULT, "127.0.0.1");

    public InstallationSettings {
        if (address.isBlank()) {
            throw new IllegalArgumentException("the address must not be empty; 127.0.0.1 is this machine only");
        }
    }

    public InstallationSettings with(Ports other) {
        return new InstallationSettings(other, address);
    }

    /** The address at which this machine itself reaches the gateway. */
    public String url() {
        boolean everywhere = address.equals("0.0.0.0") || address.equals("::");
        String host = everywhere ? "127.0.0.1" : address.contains(":") ? "[" + address + "]" : address;
        return "http://" + host + ":" + ports.gateway();
    }
}
