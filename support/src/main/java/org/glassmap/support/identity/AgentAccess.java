package org.glassmap.support.identity;

import org.springframework.http.HttpMethod;

/**
 * A door that is open to agents' tokens. A server declares one bean for each; everything else is closed to them. Whether
 * the single thing belongs to one of the agent's leases is for the controller to check.
 *
 * @param pattern a path with wildcards, such as {@code /v1/structures/*}
 * @param othersToo true if tokens of other kinds may enter by their scopes, too; false for what only agents do
 */
public record AgentAccess(HttpMethod method, String pattern, boolean othersToo) {}
