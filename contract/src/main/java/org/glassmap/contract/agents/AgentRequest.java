package org.glassmap.contract.agents;

import java.util.List;

/**
 * Registration of a worker. The same name answers with the same agent.
 *
 * @param name stable across restarts, unique in the project
 * @param tags ordered; work that asks for a tag goes to agents that carry it
 * @param capabilities engines it can run: {@code potential}, {@code vasp}
 */
public record AgentRequest(String name, List<String> tags, List<String> capabilities) {}
