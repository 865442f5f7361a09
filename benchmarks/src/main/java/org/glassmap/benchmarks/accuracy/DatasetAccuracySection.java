package org.glassmap.benchmarks.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.glassmap.benchmarks.kernels.Samples;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.Split;
import org.jspecify.annotations.Nullable;

/** The paper's set-up on the shared dataset, three splits by configuration, judged on what neither training nor stopping saw. */
public final class DatasetAccuracySection extends AccuracySection {

    private static final int EPOCHS = 120;
    private static final double MUST = 0.8;

    /** What the dataset's README gives of an independent quick fit, meV/atom and eV/Å. */
    private record Quick(double energy, double force) {}

    private static final Map<String, Quick> QUICK =
            Map.of("md", new Quick(7, 0.28), "removed", new Quick(8, 0.26), "rattled", new Quick(19, 0.62));

    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public String description() {
        return "errors of the paper's set-up on the shared dataset, three splits; minutes";
    }

    @Override
    List<Row> measure(SharedData shared, Effort effort, Consumer<String> told) {
        Dataset dataset = Dataset.read(shared).everyNth(effort.size(1, 40));
        Map<String, List<Judged>> errors = new LinkedHashMap<>();
        for (int seed = 1; seed <= effort.size(3, 1); seed++) {
            told.accept("split %d".formatted(seed));
            Map<String, Split> parts = dataset.split(seed);
            NetworkPotential potential = PaperTraining.run(
                    PaperTraining.settings(Samples.PAPER, effort.size(EPOCHS, 1), seed),
                    PaperTraining.joined(parts.values()),
                    told);
            parts.forEach((file, part) -> {
                if (!part.unseen().isEmpty()) {
                    Judged judged = Judged.of(potential, part.unseen());
                    told.accept("unseen %s: %.1f meV/atom, %.3f eV/Å".formatted(file, judged.energy(), judged.force()));
                    errors.computeIfAbsent(file, f -> new ArrayList<>()).add(judged);
                }
            });
        }
        List<Row> rows = new ArrayList<>();
        errors.forEach((file, of) -> {
            Quick quick = QUICK.get(file);
            rows.add(row(file + ", energy", "meV/atom", of, Judged::energy, quick == null ? null : quick.energy));
            rows.add(row(file + ", forces", "eV/Å", of, Judged::force, quick == null ? null : quick.force));
        });
        return rows;
    }

    private static Row row(
            String what, String unit, List<Judged> splits, ToDoubleFunction<Judged> of, @Nullable Double quick) {
        double[] sorted = splits.stream().mapToDouble(of).sorted().toArray();
        int frames = splits.stream().mapToInt(Judged::frames).sum();
        double worst = sorted[sorted.length - 1];
        Ratio ratio = quick == null
                ? Ratio.error("the best split, by the worst", worst / sorted[0], null)
                : Ratio.error("quick fit " + quick + ", by the worst split", worst / quick, MUST);
        return new Row(
                        what + ", unseen configurations",
                        frames + " frames, " + sorted.length + " splits",
                        sorted[0],
                        sorted[sorted.length / 2],
                        unit,
                        null,
                        List.of(),
                        "48 features, 15–15")
                .with(ratio);
    }
}
