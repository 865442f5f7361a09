package org.glassmap.contract.calculations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A calculation and, once it has ended, what came of it.
 *
 * @param id {@code calculation-<sha-256>} of structure and method
 * @param result of a success; absent before and on a failure
 * @param failure why it failed for good; absent elsewhere
 */
public record CalculationRecord(
        String id,
        String structure,
        String method,
        CalculationState state,
        int attempts,
        @Nullable CalculationResult result,
        @Nullable String failure) {

    /**
     * @param energy eV, of the final structure
     * @param finalStructure id; equals the calculation's structure for a static
     * @param converged whether a relaxation reached its tolerances; true for a static whose electronic steps did
     * @param labels the steps that became labels, the last one being the final structure's
     * @param evaluations energy and force evaluations, or ionic steps
     * @param spread committee spread of the energy per atom, eV; absent where the engine has none
     */
    public record CalculationResult(
            double energy,
            String finalStructure,
            boolean converged,
            List<String> labels,
            int evaluations,
            @Nullable Double spread) {}
}
