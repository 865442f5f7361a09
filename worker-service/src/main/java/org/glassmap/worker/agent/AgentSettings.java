package org.glassmap.worker.agent;

import java.util.List;

/**
 * @param name under which it registers unless its directory remembers another
 * @param tags ordered; work that asks for one goes to agents that carry it
 * @param slots calculations at a time
 * @param ahead leases held beside those at work, so that no slot waits for the network; 0 where a calculation is long
 */
public record AgentSettings(String name, List<String> tags, int slots, int ahead) {

    public AgentSettings {
        tags = List.copyOf(tags);
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "name must be 1 to 100 letters, digits, dots, dashes, got '%s'".formatted(name));
        }
        if (slots < 1 || slots > 1000) {
            throw new IllegalArgumentException("slots must lie in 1..1000, got " + slots);
        }
        if (ahead < 0 || ahead > 1000) {
            throw new IllegalArgumentException("ahead must lie in 0..1000, got " + ahead);
        }
    }
}
