package org.glassmap.potentials.acceptances;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.potentials.potentials.CodeVersion;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of acceptances. */
@Repository
class AcceptanceStore {

    private static final String COLUMNS = "select id, project, maker, body_hash, potential, request::text, passed,"
            + " report::text, created, kernel from acceptance ";

    private final JdbcClient jdbc;

    AcceptanceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DataIntegrityViolationException if the project has used the key */
    void insert(AcceptanceRow row, String key) {
        jdbc.sql("insert into acceptance (id, project, maker, idempotency_key, body_hash, potential, request,"
                        + " code_version, created) values (?, ?, ?, ?, ?, ?, cast(? as jsonb), ?, ?)")
                .params(
                        row.id(),
                        row.project().value(),
                        row.maker(),
                        key,
                        row.bodyHash(),
                        row.potential(),
                        row.request(),
                        CodeVersion.CURRENT,
                        row.created().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The kernel it computes by from now on; the first one stays. */
    void began(UUID id, String kernel) {
        jdbc.sql("update acceptance set kernel = coalesce(kernel, ?) where id = ?")
                .params(kernel, id)
                .update();
    }

    void ended(UUID id, boolean passed, String report) {
        jdbc.sql("update acceptance set passed = ?, report = cast(? as jsonb) where id = ?")
                .params(passed, report, id)
                .update();
    }

    AcceptanceRow require(UUID id) {
        return jdbc.sql(COLUMNS + "where id = ?")
                .params(id)
                .query(AcceptanceStore::row)
                .optional()
                .orElseThrow(() -> new IllegalStateException("no acceptance " + id));
    }

    Optional<AcceptanceRow> find(String project, UUID id) {
        return jdbc.sql(COLUMNS + "where project = ? and id = ?")
                .params(project, id)
                .query(AcceptanceStore::row)
                .optional();
    }

    Optional<AcceptanceRow> byKey(String project, String key) {
        return jdbc.sql(COLUMNS + "where project = ? and idempotency_key = ?")
                .params(project, key)
                .query(AcceptanceStore::row)
                .optional();
    }

    /** A project's, newest first, from below an id on, of one potential where it is named. */
    List<AcceptanceRow> page(String project, Optional<String> potential, Optional<UUID> below, int limit) {
        return jdbc.sql(
                        COLUMNS
                                + "where project = :project and (cast(:potential as text) is null or potential = :potential)"
                                + " and (cast(:below as uuid) is null or id < cast(:below as uuid)) order by id desc limit :limit")
                .param("project", project)
                .param("potential", potential.orElse(null), Types.VARCHAR)
                .param("below", below.map(UUID::toString).orElse(null), Types.VARCHAR)
                .param("limit", limit)
                .query(AcceptanceStore::row)
                .list();
    }

    private static AcceptanceRow row(ResultSet row, int number) throws SQLException {
        return new AcceptanceRow(
                row.getObject("id", UUID.class),
                new ProjectId(row.getString("project")),
                row.getString("maker"),
                row.getString("body_hash"),
                row.getString("potential"),
                row.getString("request"),
                row.getObject("passed", Boolean.class),
                row.getString("report"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getString("kernel"));
    }
}
