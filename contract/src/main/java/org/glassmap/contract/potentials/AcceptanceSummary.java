package org.glassmap.contract.potentials;

/**
 * The newest acceptance of a potential that has come to its end.
 *
 * @param id {@code acceptance-<hex>}; {@code GET /v1/acceptances/{id}} tells all parts
 */
public record AcceptanceSummary(String id, boolean passed) {}
