package org.glassmap.contract.agents;

import java.util.List;
import org.glassmap.contract.structures.StructureDocument;
import org.jspecify.annotations.Nullable;

/**
 * How a lease ended. Repeatable: the same report is answered the same.
 *
 * @param outcome {@code success}, {@code continue}, {@code retryable-infrastructure}, {@code retryable-code},
 *     {@code fatal-input} or {@code cancelled}
 * @param steps of a success: those the method makes labels of, in order, the last one final; empty elsewhere
 * @param program name and version of what computed; no part of any identity
 * @param message for a person; the last lines of the log on a failure
 * @param artifacts hashes of files already put
 */
public record LeaseReport(
        String outcome,
        boolean converged,
        int evaluations,
        List<Step> steps,
        @Nullable String program,
        @Nullable String message,
        List<String> corrections,
        List<String> artifacts) {

    /**
     * @param index of the ionic step, from 0
     * @param energy eV
     * @param forces eV/Å, {@code [n][3]}
     * @param stress eV/Å³, {@code [3][3]}, tension positive; absent in open space
     * @param spread committee spread of the energy per atom, eV; absent where the engine has none
     */
    public record Step(
            int index,
            StructureDocument structure,
            double energy,
            double[][] forces,
            double @Nullable [][] stress,
            @Nullable Double spread) {}
}
