package org.glassmap.potentials.potentials;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.glassmap.contract.potentials.Comparison.Errors;
import org.glassmap.contract.potentials.Comparison.Judged;
import org.glassmap.contract.potentials.Comparison.Worst;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.Kernel;
import org.jspecify.annotations.Nullable;

/** What becomes known of one potential while labels pass by. */
final class Judgement {

    private static final int MOST_WORST = 10;
    private static final int MOST_GROUPS = 1000;

    /** The least bad first; ties by label, so that the order of arrival does not matter. */
    private static final Comparator<Worst> BADNESS = Comparator.comparingDouble(
                    (Worst worst) -> Math.abs(worst.energyError()))
            .thenComparing(Worst::label, Comparator.reverseOrder());

    private final String potential;
    private final Predictions predictions;
    private final @Nullable String key;
    private final Tally all = new Tally();
    private final Map<String, Tally> groups = new TreeMap<>();
    private final PriorityQueue<Worst> worst = new PriorityQueue<>(BADNESS);

    /** @param key attribute by whose values errors are told apart; null for none */
    Judgement(String potential, Predictions predictions, @Nullable String key) {
        this.potential = potential;
        this.predictions = predictions;
        this.key = key;
    }

    Kernel kernel() {
        return predictions.kernel();
    }

    String potential() {
        return potential;
    }

    /** @throws org.glassmap.core.atoms.InvalidStructureException if nothing can be predicted for it */
    Predictions.Said judge(Frame frame) {
        Predictions.Said said = predictions.of(frame.structure());
        double energyError = (said.energy() - frame.energy().orElseThrow())
                / frame.structure().size();
        Tally.Squares force = Tally.squares(said.forces(), frame.forces().orElse(null));
        Tally.Squares stress = Tally.squares(said.stress(), frame.stress().orElse(null));
        all.add(energyError, force, stress);
        if (key != null) {
            String value = frame.metadata().getOrDefault(key, "");
            if (groups.containsKey(value) || groups.size() < MOST_GROUPS) {
                groups.computeIfAbsent(value, _ -> new Tally()).add(energyError, force, stress);
            }
        }
        worst.add(new Worst(
                frame.metadata().getOrDefault("label", ""),
                frame.metadata().getOrDefault("structure", ""),
                energyError,
                force.root()));
        if (worst.size() > MOST_WORST) {
            worst.remove();
        }
        return said;
    }

    Judged told() {
        Map<String, Errors> byGroup = new LinkedHashMap<>();
        groups.forEach((value, tally) -> byGroup.put(value, tally.errors()));
        List<Worst> ordered = new ArrayList<>(worst);
        ordered.sort(BADNESS.reversed());
        return new Judged(potential, all.errors(), byGroup, ordered);
    }
}
