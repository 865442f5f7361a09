package org.glassmap.contract.phasediagrams;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A phase diagram of (Li2S)x(P2S5)1−x. {@code GET} with {@code Accept: image/svg+xml} or {@code image/png}, or with
 * {@code ?format=svg} or {@code png} where a header cannot be set, draws it.
 *
 * @param id {@code phase-diagram-<hex>}
 * @param levelOfTheory of every energy in it
 * @param referenceMethod in words, as it is written on the figure
 * @param convention {@code extensive}: hull in (x, formation energy per formula unit); {@code paper-chord}: in (x, per
 *     atom)
 * @param points sorted by x, then energy
 * @param hull indices of the points on the hull, by x
 * @param offLine labels that are not on the line and why they were left out
 * @param digest sha-256 over the physics of the points
 */
public record PhaseDiagramRecord(
        String id,
        String levelOfTheory,
        String referenceMethod,
        String convention,
        List<Point> points,
        List<Integer> hull,
        List<OffLine> offLine,
        String digest,
        @Nullable String campaign,
        @Nullable String title,
        String created) {

    /**
     * @param fraction x
     * @param formationEnergy eV/atom
     * @param formationEnergyPerFormula eV per formula unit (Li2S)x(P2S5)1−x
     * @param energyAboveHull eV/atom
     * @param decomposition mole fractions of formula units by structure id; absent for points on the hull
     * @param name of the crystal; absent for sampled structures
     * @param label the energy's source
     * @param calculation that made the label; absent for an upload
     * @param spread committee spread of the energy per atom, eV, uncalibrated; absent where the method has none
     * @param energyAboveHullUncertainty eV/atom, one standard deviation from the spreads, taken as independent; absent
     *     where one of them is
     */
    public record Point(
            double fraction,
            String formula,
            int atoms,
            double energyPerAtom,
            double formationEnergy,
            double formationEnergyPerFormula,
            double energyAboveHull,
            boolean onHull,
            @Nullable Map<String, Double> decomposition,
            @Nullable String name,
            String structure,
            String label,
            @Nullable String calculation,
            @Nullable Double spread,
            @Nullable Double energyAboveHullUncertainty) {}

    public record OffLine(String label, String formula, String reason) {}
}
