package org.glassmap.benchmarks.accuracy;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Section;

/** How good potentials become on labelled structures that lie beside the project; says so where they do not. */
abstract class AccuracySection implements Section {

    @Override
    public final boolean onlyByName() {
        return true;
    }

    @Override
    public final List<Row> measure(Effort effort, Consumer<String> told) {
        Optional<SharedData> shared = SharedData.found();
        if (shared.isEmpty()) {
            told.accept(SharedData.missing());
            return List.of();
        }
        return measure(shared.get(), effort, told);
    }

    abstract List<Row> measure(SharedData shared, Effort effort, Consumer<String> told);
}
