package org.glassmap.contract.acceptances;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a potential to the test on crystals.
 *
 * @param potential id
 * @param crystals by id of their structures, with names that differ
 * @param dataset id or {@code name@version} of labels: copies of a crystal in evenly scaled cells are what its equation
 *     of state is held against, and a potential without an extrapolation grade gets one from it; absent means neither
 * @param settings absent means the defaults of each field
 */
public record AcceptanceRequest(
        String potential,
        List<Crystal> crystals,
        @Nullable String dataset,
        @Nullable Settings settings) {

    /**
     * @param structure id
     * @param stable false where the reference method is known to have imaginary modes; true by default
     */
    public record Crystal(
            String structure, String name, @Nullable Boolean stable) {}

    /**
     * @param energyTolerance eV per atom, of an equation of state against its labels; 0.02
     * @param volumeTolerance relative, of a relaxed crystal; 0.08
     * @param imaginaryTolerance THz; 0.3
     * @param acousticTolerance THz; 0.1
     * @param temperatures K, of the dynamics; 300, 900, 1500
     * @param time fs, of the dynamics at each temperature; 10 000
     * @param leastAtoms crystals are repeated to so many for the dynamics; 64
     * @param holeDepth eV (per atom where a cell is squeezed), by which a curve may fall on the way in; 0.05
     * @param seed of the dynamics; 1
     */
    public record Settings(
            @Nullable Double energyTolerance,
            @Nullable Double volumeTolerance,
            @Nullable Double imaginaryTolerance,
            @Nullable Double acousticTolerance,
            @Nullable List<Double> temperatures,
            @Nullable Double time,
            @Nullable Integer leastAtoms,
            @Nullable Double holeDepth,
            @Nullable Long seed) {}
}
