package org.glassmap.benchmarks.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Pinning;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.SideBySide;
import org.glassmap.benchmarks.measuring.Timing;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.LaneParts;
import org.glassmap.core.learning.NetworkPotential;

/** Where the time of an evaluation goes, and how far each part is from what the core could do at its best. */
public final class PartsSection implements Section {

    @Override
    public String name() {
        return "parts";
    }

    @Override
    public String description() {
        return "where the time of energy + forces + virial goes, beside the core's fused multiply-adds";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        if (!Kernel.LANES.available()) {
            told.accept("no vectors here: there is only the plain kernel");
            return List.of();
        }
        try (Pinning pinned = Pinning.toOneCore()) {
            return rows(effort, told);
        }
    }

    private static List<Row> rows(Effort effort, Consumer<String> told) {
        Structure structure = Samples.warm(effort.size(1024, 128), 1);
        NetworkPotential potential = Samples.potential(1);
        LaneParts parts = new LaneParts(potential, structure, Samples.list(structure, potential.cutoff()));
        FlopRate best = new FlopRate();
        List<Runnable> contenders = new ArrayList<>();
        contenders.add(best);
        contenders.add(() -> Samples.list(structure, potential.cutoff()));
        parts.parts().forEach(part -> contenders.add(part.run()));
        List<Timing> timings = SideBySide.run(effort, contenders);
        double flopsPerSecond = best.flops() / timings.getFirst().minimum();
        told.accept("the core at its best: %.1f Gflop/s".formatted(1e-9 * flopsPerSecond));
        List<Row> rows = new ArrayList<>();
        rows.add(Row.perAtom("list", structure.size(), timings.get(1), "memory: the list; branches: the cells' edges"));
        Timing before = new Timing(0, 0);
        for (int k = 0; k < parts.parts().size(); k++) {
            LaneParts.Part part = parts.parts().get(k);
            Timing until = timings.get(k + 2);
            Timing own = new Timing(
                    Math.max(1e-12, until.minimum() - before.minimum()),
                    Math.max(1e-12, until.median() - before.median()));
            rows.add(row(part, parts.atoms(), own, flopsPerSecond));
            before = until;
        }
        rows.add(Row.perAtom("all parts, list given", parts.atoms(), before, "their sum"));
        return rows;
    }

    private static Row row(LaneParts.Part part, int atoms, Timing own, double flopsPerSecond) {
        if (part.flops() == 0) {
            return Row.perAtom(part.name(), atoms, own, "loads and stores, one neighbour at a time");
        }
        double limit = part.flops() * atoms / flopsPerSecond;
        return Row.perAtom(part.name(), atoms, own, "%.0f flops an atom".formatted(part.flops()))
                .with(Ratio.cost("its flops at the core's rate", own.minimum() / limit, null));
    }
}
