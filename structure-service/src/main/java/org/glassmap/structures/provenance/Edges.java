package org.glassmap.structures.provenance;

import java.util.List;
import org.glassmap.contract.provenance.ProvenanceRecord;
import org.glassmap.contract.provenance.ProvenanceRecord.Edge;
import org.glassmap.structures.contents.ContentId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is written down of where things come from. Every query returns {@code role, id, name, step} and keeps to what
 * the project sees.
 */
@Component
class Edges {

    private static final String SEEN = """
            EXISTS (SELECT 1 FROM content_grant
                WHERE content_grant.project = :project AND content_grant.kind = '%s' AND content_grant.hash = %s)""";

    private static final String LABEL_SOURCES = """
            SELECT 'structure', 'structure-' || structure, NULL, NULL::integer FROM label WHERE hash = :hash
            UNION ALL SELECT 'method', 'method-' || method, NULL, NULL FROM label WHERE hash = :hash
            UNION ALL SELECT 'calculation', 'calculation-' || calculation, NULL, step FROM label_source
                WHERE label = :hash AND calculation IS NOT NULL AND %s
            UNION ALL SELECT 'upload', NULL, upload, NULL FROM label_source
                WHERE label = :hash AND project = :project""".formatted(SEEN.formatted("calculation", "calculation"));

    private static final String LABEL_USES = """
            SELECT 'dataset', 'dataset-' || dataset_version.dataset, name || '@' || version, NULL::integer
            FROM dataset_version JOIN dataset_label USING (dataset)
            WHERE project = :project AND label = :hash""";

    private static final String CALCULATION_SOURCES = """
            SELECT 'structure', 'structure-' || structure, NULL, NULL::integer FROM calculation WHERE hash = :hash
            UNION ALL SELECT 'method', 'method-' || method, NULL, NULL FROM calculation WHERE hash = :hash""";

    private static final String CALCULATION_USES =
            """
            SELECT 'final-structure', 'structure-' || final_structure, NULL, NULL::integer FROM result
                WHERE calculation = :hash AND standing = 'accepted'
            UNION ALL SELECT 'label', 'label-' || label, NULL, step FROM label_source
                WHERE calculation = :hash AND %s
            UNION ALL SELECT DISTINCT 'file', 'artifact-' || file, NULL, NULL::integer
                FROM attempt CROSS JOIN unnest(artifacts) AS file
                WHERE calculation = :hash AND %s""".formatted(SEEN.formatted("label", "label"), SEEN.formatted("artifact", "file"));

    private static final String STRUCTURE_SOURCES = """
            SELECT 'calculation', 'calculation-' || calculation, NULL, step
                FROM label_source JOIN label ON label.hash = label_source.label
                WHERE structure = :hash AND calculation IS NOT NULL AND %s
                  AND NOT EXISTS (SELECT 1 FROM calculation AS same
                      WHERE same.hash = label_source.calculation AND same.structure = :hash)
            UNION ALL SELECT 'upload', NULL, source, NULL FROM content_grant
                WHERE project = :project AND kind = 'structure' AND hash = :hash
                  AND (source LIKE 'upload%%' OR source = 'post')""".formatted(SEEN.formatted("calculation", "calculation"));

    private static final String STRUCTURE_USES =
            """
            SELECT 'calculation', 'calculation-' || calculation.hash, NULL, NULL::integer FROM calculation
                WHERE structure = :hash AND %s
            UNION ALL SELECT 'label', 'label-' || label.hash, NULL, NULL FROM label
                WHERE structure = :hash AND %s""".formatted(SEEN.formatted("calculation", "calculation.hash"), SEEN.formatted("label", "label.hash"));

    private static final String DATASET_SOURCES = """
            SELECT 'label', 'label-' || label, NULL, NULL::integer FROM dataset_label WHERE dataset = :hash""";

    private static final String METHOD_SOURCES = """
            SELECT 'potential', document::jsonb #>> '{settings,potential}', NULL, NULL::integer FROM method
            WHERE hash = :hash AND engine = 'potential'""";

    private static final String METHOD_USES = """
            SELECT 'calculation', 'calculation-' || calculation.hash, NULL, NULL::integer FROM calculation
            WHERE method = :hash AND %s""".formatted(SEEN.formatted("calculation", "calculation.hash"));

    private static final String ARTIFACT_USES = """
            SELECT 'method', 'method-' || method.hash, NULL, NULL::integer FROM method
            WHERE engine = 'potential' AND document::jsonb #>> '{settings,potential}' = 'artifact-' || :hash AND %s""".formatted(SEEN.formatted("method", "method.hash"));

    private static final String NONE = "SELECT '', NULL, NULL, NULL::integer WHERE :hash = :project";

    private final JdbcClient database;

    Edges(JdbcClient database) {
        this.database = database;
    }

    ProvenanceRecord of(String project, ContentId id) {
        return switch (id.kind()) {
            case LABEL -> record(project, id, LABEL_SOURCES, LABEL_USES);
            case CALCULATION -> record(project, id, CALCULATION_SOURCES, CALCULATION_USES);
            case STRUCTURE -> record(project, id, STRUCTURE_SOURCES, STRUCTURE_USES);
            case DATASET -> record(project, id, DATASET_SOURCES, NONE);
            case METHOD -> record(project, id, METHOD_SOURCES, METHOD_USES);
            case ARTIFACT -> record(project, id, NONE, ARTIFACT_USES);
        };
    }

    private ProvenanceRecord record(String project, ContentId id, String sources, String uses) {
        return new ProvenanceRecord(id.toString(), edges(project, id, sources), edges(project, id, uses));
    }

    private List<Edge> edges(String project, ContentId id, String query) {
        return database.sql(
                        "SELECT DISTINCT * FROM (%s) AS edges (role, id, name, step) ORDER BY role, id, name, step LIMIT 1000"
                                .formatted(query))
                .param("project", project)
                .param("hash", id.hash())
                .query((row, n) -> new Edge(
                        row.getString("role"),
                        row.getString("id"),
                        row.getString("name"),
                        row.getObject("step", Integer.class)))
                .list();
    }
}
