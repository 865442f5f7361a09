package org.glassmap.gateway.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.glassmap.contract.access.MemberDocument;
import org.glassmap.contract.access.NewToken;
import org.glassmap.contract.access.ProjectDocument;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.access.TokenDocument;
import org.glassmap.support.ids.MadeId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rows of schema {@code access}. */
@Repository
class AccessStore {
    private static final String PROJECT = "project";
    private static final String TOKEN = "token";

    /** With its projects, in one query: a second one per row would want a second connection while it holds the first. */
    private static final String TOKENS = "SELECT t.*, ARRAY(SELECT tp.project FROM token_project tp"
            + " WHERE tp.token = t.id ORDER BY tp.project) AS projects FROM token t ";

    private final JdbcClient jdbc;

    AccessStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // projects and members

    /** @return empty where the name is taken */
    Optional<ProjectDocument> insertProject(String name, boolean sharesResults) {
        return jdbc.sql("INSERT INTO project (id, name, shares_results) VALUES (?, ?, ?)"
                        + " ON CONFLICT (name) DO NOTHING RETURNING *")
                .params(MadeId.make(PROJECT).uuid(), name, sharesResults)
                .query(AccessStore::projectOf)
                .optional();
    }

    List<ProjectDocument> projects() {
        return jdbc.sql("SELECT * FROM project ORDER BY name")
                .query(AccessStore::projectOf)
                .list();
    }

    /** @param name id or name */
    Optional<ProjectDocument> project(String name) {
        Optional<UUID> id = MadeId.uuidOf(PROJECT, name);
        return jdbc.sql("SELECT * FROM project WHERE id = ? OR name = ?")
                .param(id.orElse(null))
                .param(name)
                .query(AccessStore::projectOf)
                .optional();
    }

    List<MemberDocument> members(ProjectId project) {
        return jdbc.sql("SELECT user_name, since FROM member WHERE project = ? ORDER BY user_name")
                .params(uuid(project))
                .query((row, i) -> new MemberDocument(row.getString("user_name"), instant(row, "since")))
                .list();
    }

    @Transactional
    public MemberDocument addMember(ProjectId project, String user) {
        jdbc.sql("INSERT INTO member (project, user_name) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(uuid(project), user)
                .update();
        return jdbc.sql("SELECT user_name, since FROM member WHERE project = ? AND user_name = ?")
                .params(uuid(project), user)
                .query((row, i) -> new MemberDocument(row.getString("user_name"), instant(row, "since")))
                .single();
    }

    void removeMember(ProjectId project, String user) {
        jdbc.sql("DELETE FROM member WHERE project = ? AND user_name = ?")
                .params(uuid(project), user)
                .update();
    }

    // tokens

    /** Makes the token's row, its projects and their memberships together. */
    @Transactional
    public TokenDocument insertToken(
            TokenSecret secret, NewToken token, List<ProjectId> projects, @Nullable Instant expires) {
        UUID id = MadeId.make(TOKEN).uuid();
        jdbc.sql("INSERT INTO token (id, prefix, hash, user_name, label, scopes, expires) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .param(id)
                .param(secret.prefix())
                .param(secret.hash())
                .param(token.user())
                .param(token.label())
                .param(token.scopes().stream().map(Scope::wireName).toArray(String[]::new))
                .param(expires == null ? null : Timestamp.from(expires))
                .update();
        for (ProjectId project : projects) {
            addMember(project, token.user());
            jdbc.sql("INSERT INTO token_project (token, project) VALUES (?, ?) ON CONFLICT DO NOTHING")
                    .params(id, uuid(project))
                    .update();
        }
        return tokenById(id).orElseThrow();
    }

    boolean hasPrefix(String prefix) {
        return jdbc.sql("SELECT count(*) FROM token WHERE prefix = ?")
                        .params(prefix)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    List<TokenDocument> tokens() {
        return jdbc.sql(TOKENS + "ORDER BY id DESC").query(AccessStore::tokenOf).list();
    }

    private Optional<TokenDocument> tokenById(UUID id) {
        return jdbc.sql(TOKENS + "WHERE id = ?")
                .params(id)
                .query(AccessStore::tokenOf)
                .optional();
    }

    /** @param name id or prefix */
    Optional<TokenDocument> token(String name) {
        return jdbc.sql(TOKENS + "WHERE id = ? OR prefix = ?")
                .param(MadeId.uuidOf(TOKEN, name).orElse(null))
                .param(name)
                .query(AccessStore::tokenOf)
                .optional();
    }

    void revoke(String prefix) {
        jdbc.sql("UPDATE token SET revoked = now() WHERE prefix = ? AND revoked IS NULL")
                .params(prefix)
                .update();
    }

    /** A token's row as far as checking it goes; empty if it is unknown, expired or revoked. */
    Optional<Candidate> candidate(String prefix) {
        return jdbc.sql("SELECT id, hash FROM token WHERE prefix = ? AND revoked IS NULL"
                        + " AND (expires IS NULL OR expires > now())")
                .params(prefix)
                .query((row, i) -> new Candidate(row.getObject("id", UUID.class), row.getBytes("hash")))
                .optional();
    }

    record Candidate(UUID id, byte[] hash) {}

    KnownToken known(UUID id) {
        TokenDocument token = tokenById(id).orElseThrow();
        List<ProjectDocument> projects = jdbc.sql("SELECT p.* FROM token_project tp JOIN project p ON p.id = tp.project"
                        + " JOIN member m ON m.project = p.id AND m.user_name = ?"
                        + " WHERE tp.token = ? ORDER BY p.name")
                .params(token.user(), id)
                .query(AccessStore::projectOf)
                .list();
        return new KnownToken(id, token.prefix(), token.user(), token.scopes(), projects);
    }

    /** To within a minute: a row is not written for every request. */
    void used(UUID id) {
        jdbc.sql("UPDATE token SET last_used = now() WHERE id = ?"
                        + " AND (last_used IS NULL OR last_used < now() - interval '1 minute')")
                .params(id)
                .update();
    }

    // the key

    /** Keeps the key if there is none yet. @return the one that signs */
    @Transactional
    public String signingKey(String id, String jwk) {
        jdbc.sql("INSERT INTO signing_key (id, jwk) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM signing_key)")
                .params(id, jwk)
                .update();
        return jdbc.sql("SELECT jwk FROM signing_key ORDER BY created DESC, id LIMIT 1")
                .query(String.class)
                .single();
    }

    private static UUID uuid(ProjectId project) {
        return MadeId.uuidOf(PROJECT, project.value()).orElseThrow();
    }

    private static ProjectDocument projectOf(ResultSet row, int i) throws SQLException {
        return new ProjectDocument(
                ProjectId.of(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getBoolean("shares_results"),
                instant(row, "created"));
    }

    private static TokenDocument tokenOf(ResultSet row, int i) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        List<ProjectId> projects = Arrays.stream(
                        (UUID[]) row.getArray("projects").getArray())
                .map(ProjectId::of)
                .toList();
        Set<Scope> scopes = new TreeSet<>();
        Arrays.stream((String[]) row.getArray("scopes").getArray())
                .map(Scope::ofWireName)
                .forEach(scopes::add);
        return new TokenDocument(
                new MadeId(TOKEN, id).toString(),
                row.getString("prefix"),
                row.getString("user_name"),
                row.getString("label"),
                projects,
                scopes,
                instant(row, "created"),
                maybeInstant(row, "expires"),
                maybeInstant(row, "last_used"),
                maybeInstant(row, "revoked"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant maybeInstant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
