package org.glassmap.benchmarks.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.glassmap.benchmarks.kernels.Samples;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.TrainingFrame;

/** What more data give: the paper's set-up on a share of the configurations, judged on the same unseen ones. */
public final class LearningCurveSection extends AccuracySection {

    private static final int EPOCHS = 120;
    private static final int MOST_EPOCHS = 240;

    /** The split, which is the first of {@link DatasetAccuracySection}. */
    private static final long SEED = 1;

    @Override
    public String name() {
        return "accuracy-curve";
    }

    @Override
    public String description() {
        return "errors of the paper's set-up over the size of the shared dataset; minutes";
    }

    @Override
    List<Row> measure(SharedData shared, Effort effort, Consumer<String> told) {
        Map<String, Split> parts = Dataset.read(shared).split(SEED);
        List<Row> rows = new ArrayList<>();
        List<String> table = new ArrayList<>(List.of("| frames learnt | meV/atom | eV/Å |", "|---|---|---|"));
        for (int n = effort.size(16, 64); n >= effort.size(1, 64); n /= 2) {
            int share = n;
            Split split = PaperTraining.joined(parts.entrySet().stream()
                    .map(part -> part.getKey().equals("crystals") ? part.getValue() : share(part.getValue(), share))
                    .toList());
            // Fewer frames are seen more often, so that a small set does not suffer for want of steps.
            int epochs = effort.size(Math.min(MOST_EPOCHS, EPOCHS * n), 1);
            NetworkPotential potential =
                    PaperTraining.run(PaperTraining.settings(Samples.PAPER, epochs, SEED), split, told);
            List<TrainingFrame> unseen = effort == Effort.SMOKE ? Dataset.everyNth(split.unseen(), 20) : split.unseen();
            Judged judged = Judged.of(potential, unseen);
            int frames = split.training().size();
            table.add("| %d | %.1f | %.2f |".formatted(frames, judged.energy(), judged.force()));
            rows.add(row("energy", frames, judged.energy(), "meV/atom", epochs));
            rows.add(row("forces", frames, judged.force(), "eV/Å", epochs));
        }
        table.forEach(told);
        return rows;
    }

    private static Split share(Split of, int n) {
        return new Split(
                Dataset.everyNth(of.training(), n), Dataset.everyNth(of.validation(), Math.min(n, 4)), of.unseen());
    }

    private static Row row(String what, int frames, double value, String unit, int epochs) {
        return new Row(
                what + ", unseen configurations of all files",
                frames + " frames learnt",
                value,
                value,
                unit,
                null,
                List.of(),
                "48 features, 15–15; %d epochs".formatted(epochs));
    }
}
