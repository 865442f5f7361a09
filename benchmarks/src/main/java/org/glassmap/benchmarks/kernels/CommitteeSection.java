package org.glassmap.benchmarks.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.SideBySide;
import org.glassmap.benchmarks.measuring.Timing;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;

/** What more members cost, geometry and descriptors being shared. */
public final class CommitteeSection implements Section {

    private static final List<Integer> MEMBERS = List.of(1, 4, 8);

    /** Issue of the potentials: energies, mean forces and virial of eight against one. */
    private static final double MUST_OF_EIGHT = 2.5;

    /** The same with every member's forces. */
    private static final double MUST_OF_ALL_FORCES = 4.5;

    @Override
    public String name() {
        return "committee";
    }

    @Override
    public String description() {
        return "energies, mean forces and virial of 4 and 8 members against one";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        Structure structure = Samples.warm(effort.size(1024, 32), 1);
        List<Runnable> contenders = new ArrayList<>();
        for (int members : MEMBERS) {
            CommitteeCalculator calculator = Samples.committee(members).calculator();
            contenders.add(() -> calculator.predict(structure));
        }
        CommitteeCalculator eight = Samples.committee(8).calculator();
        contenders.add(() -> eight.memberForces(structure));
        List<Timing> timings = SideBySide.run(effort, contenders);
        List<Row> rows = new ArrayList<>();
        for (int k = 0; k < MEMBERS.size(); k++) {
            int members = MEMBERS.get(k);
            Row row = Row.perAtom(
                    "committee of " + members + ": energies, mean forces, virial, list made",
                    structure.size(),
                    timings.get(k),
                    "flops: networks");
            double cost = timings.get(k).minimum() / timings.getFirst().minimum();
            rows.add(members == 1 ? row : row.with(Ratio.cost("one", cost, members == 8 ? MUST_OF_EIGHT : null)));
        }
        Timing all = timings.getLast();
        rows.add(Row.perAtom(
                        "committee of 8: every member's forces, list made", structure.size(), all, "flops: polynomials")
                .with(Ratio.cost("one", all.minimum() / timings.getFirst().minimum(), MUST_OF_ALL_FORCES)));
        return rows;
    }
}
