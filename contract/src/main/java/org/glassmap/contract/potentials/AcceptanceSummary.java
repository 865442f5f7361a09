package org.glassmap.contract.potentials;

import java.util.List;

/**
 * The newest acceptance of a potential that has come to its end.
 *
 * @param id {@code acceptance-<hex>}; {@code GET /v1/acceptances/{id}} tells all parts
 * @param failed the parts that did not pass, each with its finding
 */
public record AcceptanceSummary(String id, boolean passed, List<String> failed) {}
