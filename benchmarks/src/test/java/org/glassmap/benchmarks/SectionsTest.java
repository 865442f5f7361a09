package org.glassmap.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.Table;
import org.glassmap.benchmarks.services.DemoSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SectionsTest {

    /** The demo is run by tests of its own. */
    static List<Section> sections() {
        return Main.sections().stream()
                .filter(section -> !(section instanceof DemoSection))
                .toList();
    }

    /** Once, on the smallest sizes: numbers mean nothing, but a benchmark that no longer runs is seen. */
    @ParameterizedTest
    @MethodSource("sections")
    void everySectionRuns(Section section) {
        List<String> told = new ArrayList<>();
        List<Row> rows = section.measure(Effort.SMOKE, told::add);
        assumeFalse(rows.isEmpty() && section.onlyByName(), () -> section.name() + ": " + told);
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.value()).as(row.what()).isPositive().isFinite();
            assertThat(row.limit()).as(row.what()).isNotBlank();
        });
    }

    @Test
    void aTableHasALineForEveryRowAndAlignsItsColumns() {
        String table = Table.text(List.of(
                new Row("energy", "32 atoms", 1234.5, 1300, "µs", 38.58, List.of(), "flops"),
                new Row("hull", "100 points", 0.01234, 0.02, "ms", null, List.of(), "sorting")
                        .with(Row.Ratio.missing("a peer", 40))));
        assertThat(table.lines())
                .containsExactly(
                        "what    size         best  median  unit  µs/atom  side by side                    limited by",
                        "energy  32 atoms     1235    1300  µs       38.6                                  flops",
                        "hull    100 points  0.012   0.020  ms             a peer: not there (must: 40.0)  sorting");
    }
}
