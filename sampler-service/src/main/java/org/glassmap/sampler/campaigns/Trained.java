package org.glassmap.sampler.campaigns;

import org.jspecify.annotations.Nullable;

/**
 * The remembered output of a training.
 *
 * @param labels in the dataset
 * @param energy RMSE per atom of the training part, eV, mean of the members
 * @param force RMSE of a component, eV/Å
 */
record Trained(
        String training,
        String dataset,
        int labels,
        String potential,
        String artifact,
        double energy,
        @Nullable Double force) {}
