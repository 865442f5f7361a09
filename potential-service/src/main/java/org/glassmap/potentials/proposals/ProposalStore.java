package org.glassmap.potentials.proposals;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.glassmap.contract.access.ProjectId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of proposals. */
@Repository
class ProposalStore {

    private static final String COLUMNS =
            "select id, project, maker, body_hash, request::text, answer::text, created from proposal ";

    private final JdbcClient jdbc;

    ProposalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DataIntegrityViolationException if the project has used the key */
    void insert(ProposalRow row, String key) {
        jdbc.sql("insert into proposal (id, project, maker, idempotency_key, body_hash, request, created)"
                        + " values (?, ?, ?, ?, ?, cast(? as jsonb), ?)")
                .params(
                        row.id(),
                        row.project().value(),
                        row.maker(),
                        key,
                        row.bodyHash(),
                        row.request(),
                        row.created().atOffset(ZoneOffset.UTC))
                .update();
    }

    void ended(UUID id, String answer) {
        jdbc.sql("update proposal set answer = cast(? as jsonb) where id = ?")
                .params(answer, id)
                .update();
    }

    ProposalRow require(UUID id) {
        return jdbc.sql(COLUMNS + "where id = ?")
                .params(id)
                .query(ProposalStore::row)
                .optional()
                .orElseThrow(() -> new IllegalStateException("no proposal " + id));
    }

    Optional<ProposalRow> find(String project, UUID id) {
        return jdbc.sql(COLUMNS + "where project = ? and id = ?")
                .params(project, id)
                .query(ProposalStore::row)
                .optional();
    }

    Optional<ProposalRow> byKey(String project, String key) {
        return jdbc.sql(COLUMNS + "where project = ? and idempotency_key = ?")
                .params(project, key)
                .query(ProposalStore::row)
                .optional();
    }

    private static ProposalRow row(ResultSet row, int number) throws SQLException {
        return new ProposalRow(
                row.getObject("id", UUID.class),
                new ProjectId(row.getString("project")),
                row.getString("maker"),
                row.getString("body_hash"),
                row.getString("request"),
                row.getString("answer"),
                row.getObject("created", OffsetDateTime.class).toInstant());
    }
}
