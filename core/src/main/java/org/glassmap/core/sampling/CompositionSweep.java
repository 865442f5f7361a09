package org.glassmap.core.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.LinePosition;
import org.glassmap.core.atoms.Structure;

/**
 * Every parent in every direction: the chains that a campaign walks, and the compositions they reach.
 *
 * @param chains parents in the order given, for each the units in the order given; chains without a step are left out
 */
public record CompositionSweep(List<Chain> chains) {

    public CompositionSweep {
        chains = List.copyOf(chains);
    }

    /**
     * @param parents supercells by name, in the order they are walked
     * @param units what to remove, each with the most of them to take from one parent
     */
    public static CompositionSweep of(
            SequencedMap<String, Structure> parents,
            SequencedMap<RemovalUnit, Integer> units,
            Chain.Mode mode,
            CompositionLine line,
            CompositionWindow window) {
        List<Chain> chains = new ArrayList<>();
        for (Map.Entry<String, Structure> parent : parents.entrySet()) {
            for (Map.Entry<RemovalUnit, Integer> unit : units.entrySet()) {
                Chain chain = new Chain(
                        parent.getKey(), parent.getValue(), unit.getKey(), mode, line, window, unit.getValue());
                if (!chain.steps().isEmpty()) {
                    chains.add(chain);
                }
            }
        }
        return new CompositionSweep(chains);
    }

    /** All chains' steps together. */
    public int steps() {
        return chains.stream().mapToInt(chain -> chain.steps().size()).sum();
    }

    /** The different x, rising. */
    public List<Double> compositions() {
        TreeSet<LinePosition> positions = new TreeSet<>();
        for (Chain chain : chains) {
            chain.steps().forEach(step -> positions.add(step.position()));
        }
        return positions.stream().map(LinePosition::x).toList();
    }
}
