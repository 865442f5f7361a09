package org.glassmap.contract.campaigns;

import org.glassmap.contract.potentials.AcceptanceSummary;
import org.jspecify.annotations.Nullable;

/**
 * What one iteration brought.
 *
 * @param name {@code start}, {@code iteration-n} or {@code sweep}
 * @param labels in the dataset after it
 * @param potential trained on them
 * @param trainingEnergy RMSE per atom, eV, mean of the members
 * @param probeEnergy RMSE per atom on the probes against the reference method, eV; absent without probes
 * @param probeForce RMSE of a component on the probes, eV/Å; absent without probes
 * @param candidates that were relaxed by the potential
 * @param dropped with a stated reason
 * @param acceptance of the potential; absent where the campaign asks for none
 * @param kernel by which the errors on the probes were computed; absent without probes
 */
public record IterationRecord(
        String name,
        int labels,
        String dataset,
        String potential,
        double trainingEnergy,
        @Nullable Double trainingForce,
        @Nullable Double probeEnergy,
        @Nullable Double probeForce,
        int candidates,
        int dropped,
        @Nullable AcceptanceSummary acceptance,
        @Nullable String kernel) {}
