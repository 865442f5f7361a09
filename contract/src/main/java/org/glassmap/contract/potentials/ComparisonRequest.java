package org.glassmap.contract.potentials;

import org.jspecify.annotations.Nullable;

/**
 * @param dataset id, {@code name@version}, or a name for its newest version
 * @param other a second potential to be held against the same labels
 * @param key attribute of the labels by whose values errors are told apart; absent: no groups
 */
public record ComparisonRequest(
        String dataset, @Nullable String other, @Nullable String key) {}
