package org.glassmap.benchmarks.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.SideBySide;
import org.glassmap.benchmarks.measuring.Timing;
import org.glassmap.core.analysis.PhaseDiagram;
import org.glassmap.core.analysis.PhaseDiagramSettings;
import org.glassmap.core.analysis.PhaseEntry;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.numerics.LowerHull;

/** A phase diagram of very many entries. */
public final class HullSection implements Section {

    private static final Composition SULFIDE = Composition.of(Map.of(Species.Li, 2, Species.S, 1));
    private static final Composition PENTASULFIDE = Composition.of(Map.of(Species.P, 2, Species.S, 5));

    @Override
    public String name() {
        return "hull";
    }

    @Override
    public String description() {
        return "convex hull and whole phase diagram of 100,000 entries";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        int count = effort.size(100_000, 100);
        List<PhaseEntry> entries = entries(count);
        SplittableRandom random = new SplittableRandom(2);
        double[] x = random.doubles(count).toArray();
        double[] y = random.doubles(count).toArray();
        CompositionLine line = new CompositionLine(SULFIDE, PENTASULFIDE);
        List<Timing> timings = SideBySide.run(
                effort,
                List.of(() -> LowerHull.of(x, y), () -> PhaseDiagram.of(line, entries, PhaseDiagramSettings.DEFAULT)));
        return List.of(
                Row.milliseconds("lower hull of points", count + " points", timings.get(0), "sorting"),
                Row.milliseconds(
                        "phase diagram: places, hull, decompositions",
                        count + " entries",
                        timings.get(1),
                        "memory: an object per entry and product"));
    }

    /** Compositions of up to 40 units of each end, energies above a line of ends by up to 0.1 eV/atom either way. */
    private static List<PhaseEntry> entries(int count) {
        SplittableRandom random = new SplittableRandom(1);
        List<PhaseEntry> entries = new ArrayList<>();
        entries.add(new PhaseEntry("Li2S", SULFIDE, -11.9));
        entries.add(new PhaseEntry("P2S5", PENTASULFIDE, -32.7));
        while (entries.size() < count) {
            int sulfides = 1 + random.nextInt(40);
            int pentasulfides = 1 + random.nextInt(40);
            Composition composition = Composition.of(Map.of(
                    Species.Li, 2 * sulfides, Species.P, 2 * pentasulfides, Species.S, sulfides + 5 * pentasulfides));
            double energy =
                    -11.9 * sulfides - 32.7 * pentasulfides + composition.atoms() * random.nextDouble(-0.1, 0.1);
            entries.add(new PhaseEntry("entry-" + entries.size(), composition, energy));
        }
        return entries;
    }
}
