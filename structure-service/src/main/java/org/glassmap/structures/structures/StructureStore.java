package org.glassmap.structures.structures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.structures.StructureSummary;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.glassmap.structures.contents.Grants;
import org.glassmap.structures.contents.Owner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Structures, each kept once whoever posts it. */
@Component
public class StructureStore {

    private final JdbcClient database;
    private final Grants grants;

    StructureStore(JdbcClient database, Grants grants) {
        this.database = database;
        this.grants = grants;
    }

    /**
     * Keeps structures for a project.
     *
     * @return the hashes of those the project did not see before
     */
    @Transactional
    public Set<String> insert(Owner owner, Collection<Admitted> structures, String source) {
        keep(structures);
        return grants.give(
                owner,
                ContentKind.STRUCTURE,
                structures.stream().map(s -> s.id().hash()).toList(),
                source);
    }

    /** Keeps structures without giving anybody sight of them. */
    @Transactional
    public void keep(Collection<Admitted> structures) {
        // In the order of the hash, so that two that keep the same ones at once wait for each other in line.
        List<Admitted> sorted = structures.stream()
                .collect(Collectors.toMap(Admitted::id, Function.identity(), (one, same) -> one))
                .values()
                .stream()
                .sorted(Comparator.comparing(Admitted::id))
                .toList();
        if (sorted.isEmpty()) {
            return;
        }
        List<Composition> compositions =
                sorted.stream().map(s -> s.structure().composition()).toList();
        database.sql("""
                        INSERT INTO structure (hash, content, formula, reduced, elements, atoms, volume, x, warning)
                        SELECT hash, content, formula, reduced, string_to_array(elements, ' '), atoms, volume, x, warning
                        FROM unnest(:hashes, :contents, :formulas, :reduced, :elements, :atoms, :volumes, :xs, :warnings)
                            AS given (hash, content, formula, reduced, elements, atoms, volume, x, warning)
                        ON CONFLICT DO NOTHING""")
                .param("hashes", texts(sorted, s -> s.id().hash()))
                .param(
                        "contents",
                        sorted.stream().map(s -> s.structure().canonicalBytes()).toArray(byte[][]::new))
                .param("formulas", texts(compositions, Composition::formula))
                .param("reduced", texts(compositions, c -> c.reduced().formula()))
                .param("elements", texts(compositions, c -> String.join(" ", symbols(c))))
                .param("atoms", compositions.stream().map(Composition::atoms).toArray(Integer[]::new))
                .param(
                        "volumes",
                        sorted.stream().map(s -> volume(s.structure())).toArray(Double[]::new))
                .param("xs", compositions.stream().map(StructureStore::x).toArray(Double[]::new))
                .param("warnings", texts(sorted, Admitted::warning))
                .update();
    }

    private static <T> @Nullable String[] texts(List<T> of, Function<T, @Nullable String> text) {
        return of.stream().map(text).toArray(String[]::new);
    }

    private static List<String> symbols(Composition composition) {
        return composition.counts().keySet().stream().map(Species::symbol).toList();
    }

    private static @Nullable Double volume(Structure structure) {
        return structure.cell().volume() > 0 ? structure.cell().volume() : null;
    }

    private static @Nullable Double x(Composition composition) {
        var x = LineFraction.of(composition);
        return x.isPresent() ? x.getAsDouble() : null;
    }

    /** The structure of a hash that is known to be there. */
    public Structure structure(String hash) {
        Structure structure = structures(List.of(hash)).get(hash);
        if (structure == null) {
            throw new IllegalStateException("a grant names structure-%s, which is not stored".formatted(hash));
        }
        return structure;
    }

    /** Structures by hash. */
    public Map<String, Structure> structures(Collection<String> hashes) {
        Map<String, Structure> found = new HashMap<>();
        database.sql("SELECT hash, content FROM structure WHERE hash = ANY(:hashes)")
                .param("hashes", hashes.toArray(String[]::new))
                .query((row, n) ->
                        found.put(row.getString("hash"), Structure.ofCanonicalBytes(row.getBytes("content"))))
                .list();
        return found;
    }

    StructureSummary summary(ContentId id) {
        return database.sql("SELECT 0 AS number, structure.* FROM structure WHERE hash = :hash")
                .param("hash", id.hash())
                .query(StructureStore::listed)
                .single()
                .summary();
    }

    /** What a project sees, in the order in which it came to see it. */
    Page<StructureSummary> list(
            String project, @Nullable Composition formula, Collection<Species> elements, Cursor cursor) {
        List<Listed> rows = database.sql("""
                        SELECT number, structure.* FROM content_grant JOIN structure USING (hash)
                        WHERE project = :project AND kind = 'structure' AND number > :after
                          AND (:reduced::text IS NULL OR reduced = :reduced) AND elements @> CAST(:elements AS text[])
                        ORDER BY number LIMIT :rows""")
                .param("project", project)
                .param("after", cursor.after())
                .param("reduced", formula == null ? null : formula.reduced().formula(), Types.VARCHAR)
                .param("elements", elements.stream().map(Species::symbol).toArray(String[]::new))
                .param("rows", cursor.rows())
                .query(StructureStore::listed)
                .list();
        return cursor.page(rows, Listed::number, Listed::summary);
    }

    /** The species of all these structures, in the order of the periodic table. */
    public List<String> elements(Collection<String> hashes) {
        List<String> symbols = database.sql("SELECT DISTINCT unnest(elements) FROM structure WHERE hash = ANY(:hashes)")
                .param("hashes", hashes.toArray(String[]::new))
                .query(String.class)
                .list();
        return symbols.stream().map(Species::of).collect(Collectors.toCollection(TreeSet::new)).stream()
                .map(Species::symbol)
                .toList();
    }

    private record Listed(long number, StructureSummary summary) {}

    private static Listed listed(ResultSet row, int n) throws SQLException {
        String warning = row.getString("warning");
        return new Listed(
                row.getLong("number"),
                new StructureSummary(
                        new ContentId(ContentKind.STRUCTURE, row.getString("hash")).toString(),
                        row.getString("formula"),
                        row.getString("reduced"),
                        List.of((String[]) row.getArray("elements").getArray()),
                        row.getInt("atoms"),
                        row.getObject("volume", Double.class),
                        row.getObject("x", Double.class),
                        warning == null ? List.of() : List.of(warning)));
    }
}
