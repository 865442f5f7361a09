package org.glassmap.benchmarks.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.glassmap.benchmarks.kernels.Samples;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.TrainingFrame;
import org.jspecify.annotations.Nullable;

/** The paper's set-up on the shared dataset, three splits by configuration, judged on configurations it never saw. */
public final class DatasetAccuracySection extends AccuracySection {

    private static final int EPOCHS = 120;
    private static final int MEMBERS = 2;
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
        return "errors of the paper's set-up on the shared dataset, one network and the mean of two, three splits; minutes";
    }

    @Override
    List<Row> measure(SharedData shared, Effort effort, Consumer<String> told) {
        Dataset dataset = Dataset.read(shared).everyNth(effort.size(1, 40));
        Map<String, List<Judged>> one = new LinkedHashMap<>();
        Map<String, List<Judged>> mean = new LinkedHashMap<>();
        for (int seed = 1; seed <= effort.size(3, 1); seed++) {
            told.accept("split %d".formatted(seed));
            Map<String, Split> parts = dataset.split(seed);
            List<NetworkPotential> members = PaperTraining.run(
                    PaperTraining.whitened(Samples.PAPER, effort.size(EPOCHS, 1), seed),
                    MEMBERS,
                    PaperTraining.withoutValidation(PaperTraining.joined(parts.values())),
                    told);
            parts.forEach((file, part) -> {
                if (!part.unseen().isEmpty()) {
                    add(one, file, "one", members.getFirst(), part.unseen(), told);
                    add(mean, file, "mean", new CommitteePotential(members), part.unseen(), told);
                }
            });
        }
        List<Row> rows = new ArrayList<>();
        one.forEach((file, errors) -> {
            rows.addAll(rows(file, "48 features, 15–15", errors));
            rows.addAll(rows(
                    file,
                    "mean of %d times 48 features, 15–15".formatted(MEMBERS),
                    Objects.requireNonNull(mean.get(file))));
        });
        return rows;
    }

    private static void add(
            Map<String, List<Judged>> errors,
            String file,
            String who,
            LearntPotential potential,
            List<TrainingFrame> unseen,
            Consumer<String> told) {
        Judged judged = Judged.of(potential, unseen);
        told.accept("unseen %s, %s: %.1f meV/atom, %.3f eV/Å".formatted(file, who, judged.energy(), judged.force()));
        errors.computeIfAbsent(file, f -> new ArrayList<>()).add(judged);
    }

    private static List<Row> rows(String file, String who, List<Judged> splits) {
        @Nullable Quick quick = QUICK.get(file);
        return List.of(
                row(file + ", energy", who, "meV/atom", splits, Judged::energy, quick == null ? null : quick.energy),
                row(file + ", forces", who, "eV/Å", splits, Judged::force, quick == null ? null : quick.force));
    }

    private static Row row(
            String what,
            String who,
            String unit,
            List<Judged> splits,
            ToDoubleFunction<Judged> of,
            @Nullable Double quick) {
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
                        who)
                .with(ratio);
    }
}
