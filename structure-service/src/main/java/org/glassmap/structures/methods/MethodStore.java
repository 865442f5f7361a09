package org.glassmap.structures.methods;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.contract.pages.Page;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.glassmap.structures.contents.Grants;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.contents.Owner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Methods, each kept once whoever posts it. */
@Component
public class MethodStore {

    private final StoredMethods rows;
    private final JdbcClient database;
    private final Grants grants;
    private final JsonMapper json;

    MethodStore(StoredMethods rows, JdbcClient database, Grants grants, JsonMapper json) {
        this.rows = rows;
        this.database = database;
        this.grants = grants;
        this.json = json;
    }

    /** @throws InvalidInputException naming the part that cannot be, or a potential file that the project does not see */
    @Transactional
    MethodRecord insert(Owner owner, MethodDocument document) {
        Method method = Method.of(document);
        if (method.settings().get(PotentialSchema.POTENTIAL) instanceof String potential
                && method.engine().equals("potential")) {
            requirePotential(owner, potential);
        }
        rows.keep(
                method.id().hash(), method.engine(), method.kind().word(), method.canonical(), method.levelOfTheory());
        grants.give(owner, ContentKind.METHOD, List.of(method.id().hash()), "post");
        return record(method.id());
    }

    private void requirePotential(Owner owner, String potential) {
        String pointer = "/settings/" + PotentialSchema.POTENTIAL;
        if (!grants.sees(owner.project(), ContentId.read(ContentKind.ARTIFACT, pointer, potential))) {
            throw new InvalidInputException(
                    pointer, potential, "names no artifact of this project", "PUT the potential's file first");
        }
    }

    /** The method of an id that is known to be there. */
    public MethodRecord record(ContentId id) {
        return rows.findByHash(id.hash())
                .map(this::record)
                .orElseThrow(() -> new IllegalStateException("a grant names %s, which is not stored".formatted(id)));
    }

    /** Methods by hash. */
    public Map<String, MethodRecord> records(Collection<String> hashes) {
        return rows.findByHashIn(hashes).stream().collect(Collectors.toMap(StoredMethod::hash, this::record));
    }

    private MethodRecord record(StoredMethod row) {
        MethodDocument document = json.readValue(row.document(), MethodDocument.class);
        return new MethodRecord(
                new ContentId(ContentKind.METHOD, row.hash()).toString(),
                document.engine(),
                document.kind(),
                document.settings(),
                row.levelOfTheory());
    }

    /** What a project sees, in the order in which it came to see it. */
    Page<MethodRecord> list(String project, Cursor cursor) {
        record Listed(long number, String hash) {}
        List<Listed> listed = database.sql("""
                        SELECT number, hash FROM content_grant
                        WHERE project = :project AND kind = 'method' AND number > :after
                        ORDER BY number LIMIT :rows""")
                .param("project", project)
                .param("after", cursor.after())
                .param("rows", cursor.rows())
                .query((row, n) -> new Listed(row.getLong("number"), row.getString("hash")))
                .list();
        Map<String, MethodRecord> records =
                new HashMap<>(records(listed.stream().map(Listed::hash).toList()));
        Function<Listed, MethodRecord> item = row -> records.get(row.hash());
        return cursor.page(listed, Listed::number, item);
    }
}
