package org.glassmap.contract.potentials;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Potentials held against the labels of a dataset.
 *
 * @param dataset id of the frozen version
 * @param potentials in the order asked for
 * @param difference of the two from each other, as root mean squares; absent for one
 * @param kernel by which all was predicted
 */
public record Comparison(
        String dataset, List<Judged> potentials, @Nullable Errors difference, String kernel) {

    /**
     * Root mean squares.
     *
     * @param frames how many
     * @param energy per atom, eV
     * @param force of a component, eV/Å; absent where no label has forces
     * @param stress of a component, eV/Å³; absent where no label has a stress
     */
    public record Errors(
            int frames,
            double energy,
            @Nullable Double force,
            @Nullable Double stress) {}

    /**
     * @param groups errors by the value of the key, in the order of the values
     * @param worst the labels with the largest errors of the energy per atom, the worst first; ten at most
     */
    public record Judged(String potential, Errors errors, Map<String, Errors> groups, List<Worst> worst) {}

    /**
     * @param energyError predicted less labelled, per atom, eV
     * @param forceError root mean square of a component, eV/Å
     */
    public record Worst(
            String label,
            String structure,
            double energyError,
            @Nullable Double forceError) {}
}
