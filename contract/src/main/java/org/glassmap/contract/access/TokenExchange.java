package org.glassmap.contract.access;

/**
 * A service asks to act for a project. Sent to {@code POST /internal/token-exchange} with the service's own secret as
 * {@code Authorization: Basic}; not reachable from outside.
 *
 * @param user on whose behalf, for the record: whoever started the job
 */
public record TokenExchange(ProjectId project, String user) {}
