package org.glassmap.contract.datasets;

import java.util.List;

/**
 * A frozen set of labels.
 *
 * @param id {@code dataset-<sha-256>} of the sorted label ids
 * @param name of the dataset; {@code name@version} points to the id
 * @param levelOfTheory shared by every label
 * @param elements of all structures, in order of the atomic number
 */
public record DatasetVersion(
        String id,
        String name,
        int version,
        String levelOfTheory,
        int labels,
        long atoms,
        List<String> elements,
        String created) {}
