package org.glassmap.contract.access;

import java.util.Map;

/**
 * How the system is; the answer of {@code GET /health}, which needs no token.
 *
 * @param status {@code up} if all services are, else {@code down}
 * @param services {@code up} or {@code down} for each
 */
public record HealthDocument(String status, Map<String, String> services) {}
