package org.glassmap.benchmarks.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Jmh;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.Timing;
import org.jspecify.annotations.Nullable;

/** Energy, forces and what they are made of, from small cells to large ones. */
public final class EvaluationSection implements Section {

    /**
     * @param name in {@link EvaluationBenchmark}
     * @param limit what keeps it from being faster
     */
    private record Method(String name, String what, String limit) {}

    /** In the order of the table. */
    private static final List<Method> METHODS = List.of(
            new Method(
                    "energyForcesVirial", "energy + forces + virial, list made", "flops: the neighbours' polynomials"),
            new Method("energy", "energy, list made", "flops: descriptors; the list a third"),
            new Method("descriptors", "descriptors, list made", "flops"),
            new Method("list", "neighbour list, 6 Å", "memory and branches"));

    private static final int REFERENCE = 1024;

    @Override
    public String name() {
        return "evaluation";
    }

    @Override
    public String description() {
        return "energy, forces, descriptors, list per atom at 32 to 131,072 atoms (JMH)";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        String[] sizes = switch (effort) {
            case FULL -> new String[] {"32", "64", "128", "1024", "4096", "131072"};
            case SHORT -> new String[] {"32", "64", "128", "1024", "4096"};
            case SMOKE -> new String[] {"32"};
        };
        List<Jmh.Result> results = Jmh.run(EvaluationBenchmark.class, effort, "atoms", sizes);
        Map<String, Map<Integer, Timing>> timings = new TreeMap<>();
        for (Jmh.Result result : results) {
            timings.computeIfAbsent(result.method(), method -> new TreeMap<>())
                    .put(result.parameter("atoms"), result.timing());
        }
        List<Row> rows = new ArrayList<>();
        for (Method method : METHODS) {
            Map<Integer, Timing> own = timings.getOrDefault(method.name(), Map.of());
            own.forEach((atoms, timing) -> rows.add(row(method, atoms, timing, own.get(REFERENCE))));
        }
        return rows;
    }

    /** With the cost per atom against that of 1,024: 1 where time is linear in the number of atoms. */
    private static Row row(Method method, int atoms, Timing timing, @Nullable Timing reference) {
        Row row = Row.perAtom(method.what(), atoms, timing, method.limit());
        if (reference == null || atoms == REFERENCE) {
            return row;
        }
        double perAtom = timing.minimum() / atoms / (reference.minimum() / REFERENCE);
        return row.with(Ratio.cost("per atom of 1024", perAtom, null));
    }
}
