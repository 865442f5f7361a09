package org.glassmap.sampler.campaigns;

import org.jspecify.annotations.Nullable;

/**
 * The remembered error of a potential on frames it never saw, against the reference method.
 *
 * @param energy RMSE per atom, eV; absent without probes
 * @param force RMSE of a component, eV/Å; absent without probes
 * @param kernel by which it was evaluated; absent without probes, and in what was remembered before kernels were
 */
record Probed(
        @Nullable Double energy,
        @Nullable Double force,
        @Nullable String kernel) {}
