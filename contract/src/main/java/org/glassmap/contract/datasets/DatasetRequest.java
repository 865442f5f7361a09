package org.glassmap.contract.datasets;

import java.util.List;

/**
 * The next version of a dataset.
 *
 * @param labels ids, all of one level of theory, each once; the order does not matter
 */
public record DatasetRequest(List<String> labels) {}
