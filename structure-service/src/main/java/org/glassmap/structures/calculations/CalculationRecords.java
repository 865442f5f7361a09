package org.glassmap.structures.calculations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.glassmap.contract.calculations.AttemptRecord;
import org.glassmap.contract.calculations.CalculationRecord;
import org.glassmap.contract.calculations.CalculationRecord.CalculationResult;
import org.glassmap.contract.calculations.CalculationState;
import org.glassmap.contract.pages.Page;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How calculations stand. */
@Component
class CalculationRecords {

    /** A lease past its time is suspect: that is computed, not stored. */
    private static final String SELECT = """
            SELECT calculation.hash, calculation.structure, calculation.method, failure,
                (SELECT count(*) FROM attempt WHERE attempt.calculation = calculation.hash) AS attempts,
                CASE WHEN calculation.state <> 'open' THEN calculation.state
                    WHEN task.state = 1 AND lease_until < now() THEN 'suspect'
                    WHEN task.state = 1 THEN 'leased' ELSE 'ready' END AS standing,
                result.energy, final_structure, converged, labels, evaluations, spread""";

    private static final String FROM = """
            LEFT JOIN task ON task.calculation = calculation.hash
            LEFT JOIN result ON result.calculation = calculation.hash AND result.standing = 'accepted'
            """;

    private final JdbcClient database;

    CalculationRecords(JdbcClient database) {
        this.database = database;
    }

    CalculationRecord record(ContentId id) {
        return database.sql(SELECT + ", 0 AS place FROM calculation " + FROM + " WHERE calculation.hash = :hash")
                .param("hash", id.hash())
                .query(CalculationRecords::placed)
                .single()
                .record();
    }

    /** Those of a batch, in the order of the request. */
    Page<CalculationRecord> ofBatch(String batch, Cursor cursor) {
        List<Placed> rows = database.sql(
                        SELECT + """
                        , place FROM batch_calculation JOIN calculation ON calculation.hash = batch_calculation.calculation
                        """ + FROM + "WHERE batch = :batch AND place > :after ORDER BY place LIMIT :rows")
                .param("batch", batch)
                .param("after", cursor.after())
                .param("rows", cursor.rows())
                .query(CalculationRecords::placed)
                .list();
        return cursor.page(rows, Placed::place, Placed::record);
    }

    private record Placed(long place, CalculationRecord record) {}

    private static Placed placed(ResultSet row, int n) throws SQLException {
        return new Placed(
                row.getLong("place"),
                new CalculationRecord(
                        new ContentId(ContentKind.CALCULATION, row.getString("hash")).toString(),
                        new ContentId(ContentKind.STRUCTURE, row.getString("structure")).toString(),
                        new ContentId(ContentKind.METHOD, row.getString("method")).toString(),
                        state(row.getString("standing")),
                        row.getInt("attempts"),
                        result(row),
                        row.getString("failure")));
    }

    static CalculationState state(String word) {
        return switch (word) {
            case "ready" -> CalculationState.READY;
            case "leased" -> CalculationState.LEASED;
            case "suspect" -> CalculationState.SUSPECT;
            case "succeeded" -> CalculationState.SUCCEEDED;
            case "failed" -> CalculationState.FAILED;
            case "cancelled" -> CalculationState.CANCELLED;
            default -> throw new IllegalStateException("a calculation's row is in the state " + word);
        };
    }

    private static @Nullable CalculationResult result(ResultSet row) throws SQLException {
        String finalStructure = row.getString("final_structure");
        if (finalStructure == null) {
            return null;
        }
        return new CalculationResult(
                row.getDouble("energy"),
                new ContentId(ContentKind.STRUCTURE, finalStructure).toString(),
                row.getBoolean("converged"),
                Arrays.stream((String[]) row.getArray("labels").getArray())
                        .map(label -> new ContentId(ContentKind.LABEL, label).toString())
                        .toList(),
                row.getInt("evaluations"),
                row.getObject("spread", Double.class));
    }

    List<AttemptRecord> attempts(ContentId id) {
        return database.sql("SELECT * FROM attempt WHERE calculation = :hash ORDER BY number")
                .param("hash", id.hash())
                .query((row, n) -> new AttemptRecord(
                        row.getInt("number"),
                        row.getString("lease"),
                        row.getString("agent"),
                        row.getString("scheduler_job"),
                        row.getString("phase"),
                        Times.written(row.getObject("started", OffsetDateTime.class)),
                        Times.written(row.getObject("ended", OffsetDateTime.class)),
                        row.getString("outcome"),
                        row.getString("message"),
                        List.of((String[]) row.getArray("corrections").getArray()),
                        row.getString("program")))
                .list();
    }
}
