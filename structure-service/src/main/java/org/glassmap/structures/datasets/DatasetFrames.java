package org.glassmap.structures.datasets;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glassmap.contract.labels.LabelRecord;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Doubles;
import org.glassmap.structures.labels.LabelRecords;
import org.glassmap.structures.structures.StructureStore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The frames of a dataset, a page at a time, in the order of the labels' ids: by content, not by arrival. */
@Component
class DatasetFrames {

    private static final int PAGE = 100;

    private final JdbcClient database;
    private final StructureStore structures;
    private final LabelRecords labels;

    DatasetFrames(JdbcClient database, StructureStore structures, LabelRecords labels) {
        this.database = database;
        this.structures = structures;
        this.labels = labels;
    }

    private record Row(String label, String structure, String method, double energy, Numbers numbers) {}

    /** Forces and stress, which a record should not hold as arrays. */
    private static final class Numbers {
        private final double @Nullable [] forces;
        private final double @Nullable [] stress;

        Numbers(double @Nullable [] forces, double @Nullable [] stress) {
            this.forces = forces;
            this.stress = stress;
        }
    }

    /** Writes all frames as extended XYZ. */
    void write(String project, String dataset, Appendable out) throws IOException {
        String after = "";
        for (List<Row> page = page(dataset, after); !page.isEmpty(); page = page(dataset, after)) {
            Map<String, Structure> byHash = structures.structures(
                    page.stream().map(Row::structure).distinct().toList());
            Map<String, List<LabelRecord.LabelSource>> sources =
                    labels.sources(project, page.stream().map(Row::label).toList());
            for (Row row : page) {
                Structure structure = byHash.get(row.structure());
                if (structure == null) {
                    throw new IllegalStateException("a label names structure-%s, which is not stored".formatted(row));
                }
                ExtendedXyz.write(frame(row, structure, sources.getOrDefault(row.label(), List.of())), out);
            }
            after = page.getLast().label();
        }
    }

    private List<Row> page(String dataset, String after) {
        return database.sql("""
                        SELECT label.* FROM dataset_label JOIN label ON label.hash = dataset_label.label
                        WHERE dataset = :dataset AND label > :after ORDER BY label LIMIT :rows""")
                .param("dataset", dataset)
                .param("after", after)
                .param("rows", PAGE)
                .query((row, n) -> new Row(
                        row.getString("hash"),
                        row.getString("structure"),
                        row.getString("method"),
                        row.getDouble("energy"),
                        new Numbers(Doubles.numbers(row.getBytes("forces")), Doubles.numbers(row.getBytes("stress")))))
                .list();
    }

    private static Frame frame(Row row, Structure structure, List<LabelRecord.LabelSource> sources) {
        Frame frame = Frame.of(structure).withEnergy(row.energy());
        if (row.numbers().forces != null) {
            frame = frame.withForces(row.numbers().forces);
        }
        if (row.numbers().stress != null) {
            frame = frame.withStress(row.numbers().stress);
        }
        return frame.withMetadata(metadata(row, sources));
    }

    /** Of a key that two sources have, the first one's value: sources come in an order of their own content. */
    private static Map<String, String> metadata(Row row, List<LabelRecord.LabelSource> sources) {
        Map<String, String> said = new HashMap<>();
        for (LabelRecord.LabelSource source : sources) {
            source.attributes().forEach(said::putIfAbsent);
            if (source.calculation() != null) {
                said.putIfAbsent("calculation", source.calculation());
                said.putIfAbsent("step", String.valueOf(source.step()));
            }
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("label", new ContentId(ContentKind.LABEL, row.label()).toString());
        metadata.put("structure", new ContentId(ContentKind.STRUCTURE, row.structure()).toString());
        metadata.put("method", new ContentId(ContentKind.METHOD, row.method()).toString());
        said.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> metadata.putIfAbsent(entry.getKey(), entry.getValue()));
        return metadata;
    }
}
