package org.glassmap.structures.labels;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.glassmap.structures.contents.CanonicalJson;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Doubles;
import org.glassmap.structures.contents.Grants;
import org.glassmap.structures.contents.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Labels, each kept once whoever has it, and where each came from. */
@Component
public class LabelStore {

    private final JdbcClient database;
    private final Grants grants;

    LabelStore(JdbcClient database, Grants grants) {
        this.database = database;
        this.grants = grants;
    }

    /** A label with one of its sources. */
    public record Sourced(Label label, LabelSource source) {}

    /**
     * Keeps labels for a project. Structures and methods must be there.
     *
     * @return the hashes of those the project did not see before
     */
    @Transactional
    public Set<String> insert(Owner owner, Collection<Sourced> labels, String source) {
        keep(labels);
        return grants.give(
                owner,
                ContentKind.LABEL,
                labels.stream().map(l -> l.label().id().hash()).toList(),
                source);
    }

    /** Keeps labels without giving anybody sight of them. */
    @Transactional
    public void keep(Collection<Sourced> labels) {
        TreeMap<String, Label> byHash = new TreeMap<>();
        labels.forEach(sourced -> byHash.put(sourced.label().id().hash(), sourced.label()));
        List<Label> sorted = new ArrayList<>(byHash.values());
        if (sorted.isEmpty()) {
            return;
        }
        database.sql("""
                        INSERT INTO label (hash, structure, method, energy, forces, stress)
                        SELECT * FROM unnest(:hashes, :structures, :methods, :energies, :forces, :stresses)
                        ON CONFLICT DO NOTHING""")
                .param("hashes", texts(sorted, l -> l.id().hash()))
                .param("structures", texts(sorted, l -> l.structure().hash()))
                .param("methods", texts(sorted, l -> l.method().hash()))
                .param("energies", sorted.stream().map(Label::energy).toArray(Double[]::new))
                .param("forces", bytes(sorted, Label::forces))
                .param("stresses", bytes(sorted, Label::stress))
                .update();
        keepSources(labels);
    }

    /** The row of a source. */
    private record SourceRow(
            String label,
            String key,
            @Nullable String project,
            @Nullable String calculation,
            @Nullable Integer step,
            @Nullable String upload,
            String attributes) {

        static SourceRow of(Sourced sourced) {
            String label = sourced.label().id().hash();
            LabelSource source = sourced.source();
            return switch (source) {
                case LabelSource.Calculation c ->
                    new SourceRow(label, c.key(), null, c.calculation().hash(), c.step(), null, "{}");
                case LabelSource.Upload u ->
                    new SourceRow(label, u.key(), u.project(), null, null, u.name(), CanonicalJson.of(u.attributes()));
            };
        }
    }

    private void keepSources(Collection<Sourced> labels) {
        List<SourceRow> sorted = labels.stream()
                .map(SourceRow::of)
                .sorted(Comparator.comparing(SourceRow::label).thenComparing(SourceRow::key))
                .toList();
        database.sql("""
                        INSERT INTO label_source (label, key, project, calculation, step, upload, attributes)
                        SELECT * FROM unnest(:labels, :keys, :projects, :calculations, :steps, :uploads, :attributes)
                        ON CONFLICT DO NOTHING""")
                .param("labels", texts(sorted, SourceRow::label))
                .param("keys", texts(sorted, SourceRow::key))
                .param("projects", texts(sorted, SourceRow::project))
                .param("calculations", texts(sorted, SourceRow::calculation))
                .param("steps", sorted.stream().map(SourceRow::step).toArray(Integer[]::new))
                .param("uploads", texts(sorted, SourceRow::upload))
                .param("attributes", texts(sorted, SourceRow::attributes))
                .update();
    }

    private static <T> @Nullable String[] texts(List<T> of, Function<T, @Nullable String> text) {
        return of.stream().map(text).toArray(String[]::new);
    }

    private static byte @Nullable [][] bytes(List<Label> labels, Function<Label, double @Nullable []> numbers) {
        return labels.stream().map(l -> Doubles.bytes(numbers.apply(l))).toArray(byte[][]::new);
    }
}
