package org.glassmap.structures.labels;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glassmap.contract.labels.LabelRecord;
import org.glassmap.contract.pages.Page;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.glassmap.structures.contents.Doubles;
import org.glassmap.structures.structures.StructureWire;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Labels as a project sees them: with the sources that are its own or that it asked for. */
@Component
public class LabelRecords {

    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;

    LabelRecords(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    LabelRecord record(String project, ContentId id) {
        Row row = database.sql("SELECT 0 AS number, label.* FROM label WHERE hash = :hash")
                .param("hash", id.hash())
                .query(LabelRecords::row)
                .single();
        return record(row, sources(project, List.of(id.hash())));
    }

    /** In the order in which the project came to see them. */
    Page<LabelRecord> list(String project, @Nullable ContentId method, @Nullable ContentId structure, Cursor cursor) {
        List<Row> rows = database.sql("""
                        SELECT number, label.* FROM content_grant JOIN label USING (hash)
                        WHERE project = :project AND kind = 'label' AND number > :after
                          AND (CAST(:method AS text) IS NULL OR method = :method)
                          AND (CAST(:structure AS text) IS NULL OR structure = :structure)
                        ORDER BY number LIMIT :rows""")
                .param("project", project)
                .param("after", cursor.after())
                .param("method", method == null ? null : method.hash(), Types.VARCHAR)
                .param("structure", structure == null ? null : structure.hash(), Types.VARCHAR)
                .param("rows", cursor.rows())
                .query(LabelRecords::row)
                .list();
        Map<String, List<LabelRecord.LabelSource>> sources =
                sources(project, rows.stream().map(Row::hash).toList());
        return cursor.page(rows, Row::number, row -> record(row, sources));
    }

    /** Sources by hash of the label, those that the project may know of, each list in a fixed order. */
    public Map<String, List<LabelRecord.LabelSource>> sources(String project, Collection<String> labels) {
        Map<String, List<LabelRecord.LabelSource>> sources = new HashMap<>();
        database.sql("""
                        SELECT label, calculation, step, upload, attributes, made FROM label_source
                        WHERE label = ANY(:labels) AND (project = :project OR EXISTS (
                            SELECT 1 FROM content_grant WHERE content_grant.project = :project
                              AND kind = 'calculation' AND hash = label_source.calculation))
                        ORDER BY label, key""")
                .param("labels", labels.toArray(String[]::new))
                .param("project", project)
                .query((row, n) -> sources.computeIfAbsent(row.getString("label"), label -> new ArrayList<>())
                        .add(source(row)))
                .list();
        return sources;
    }

    private LabelRecord.LabelSource source(ResultSet row) throws SQLException {
        String calculation = row.getString("calculation");
        return new LabelRecord.LabelSource(
                calculation == null ? null : new ContentId(ContentKind.CALCULATION, calculation).toString(),
                row.getObject("step", Integer.class),
                row.getString("upload"),
                row.getObject("made", OffsetDateTime.class).toInstant().toString(),
                json.readValue(row.getString("attributes"), ATTRIBUTES));
    }

    /** A label without its sources. */
    private record Row(long number, String hash, LabelRecord bare) {}

    private static Row row(ResultSet row, int n) throws SQLException {
        String hash = row.getString("hash");
        double[] forces = Doubles.numbers(row.getBytes("forces"));
        double[] stress = Doubles.numbers(row.getBytes("stress"));
        LabelRecord bare = new LabelRecord(
                new ContentId(ContentKind.LABEL, hash).toString(),
                new ContentId(ContentKind.STRUCTURE, row.getString("structure")).toString(),
                new ContentId(ContentKind.METHOD, row.getString("method")).toString(),
                row.getDouble("energy"),
                forces == null ? null : StructureWire.rows(forces),
                stress == null ? null : StructureWire.rows(stress),
                List.of());
        return new Row(row.getLong("number"), hash, bare);
    }

    private static LabelRecord record(Row row, Map<String, List<LabelRecord.LabelSource>> sources) {
        LabelRecord bare = row.bare();
        return new LabelRecord(
                bare.id(),
                bare.structure(),
                bare.method(),
                bare.energy(),
                bare.forces(),
                bare.stress(),
                sources.getOrDefault(row.hash(), List.of()));
    }
}
