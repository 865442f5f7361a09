package org.glassmap.structures.datasets;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.pages.Page;
import org.glassmap.structures.contents.ContentId;
import org.glassmap.structures.contents.ContentKind;
import org.glassmap.structures.contents.Cursor;
import org.glassmap.structures.contents.Grants;
import org.glassmap.structures.contents.InvalidInputException;
import org.glassmap.structures.contents.Owner;
import org.glassmap.structures.structures.StructureStore;
import org.glassmap.support.problems.NothingThere;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Datasets: what is in them never changes, names point to one after the other. */
@Component
class DatasetStore {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern VERSION = Pattern.compile("(.+)@([1-9]\\d{0,8})");

    private static final String SELECT = """
            SELECT number, name, version, dataset, level_of_theory, labels, atoms, elements, created
            FROM dataset_version JOIN dataset ON hash = dataset WHERE project = :project
            """;

    private final JdbcClient database;
    private final Grants grants;
    private final StructureStore structures;

    DatasetStore(JdbcClient database, Grants grants, StructureStore structures) {
        this.database = database;
        this.grants = grants;
        this.structures = structures;
    }

    /**
     * The dataset of these labels. Its id is the sha-256 of the line {@code glassmap-dataset-1} and the ids, sorted, on
     * a line each.
     */
    static ContentId id(SortedSet<ContentId> labels) {
        StringBuilder text = new StringBuilder("glassmap-dataset-1\n");
        labels.forEach(label -> text.append(label).append('\n'));
        return ContentId.of(ContentKind.DATASET, text.toString());
    }

    /**
     * Makes the next version of a name, or finds the newest where it holds the same labels.
     *
     * @throws InvalidInputException naming the label that cannot be in it
     */
    @Transactional
    DatasetVersion insert(Owner owner, String name, @Nullable List<@Nullable String> labels) {
        requireName(name);
        SortedSet<ContentId> ids = read(labels);
        requireSeen(owner.project(), labels, ids);
        String level = requireOneLevel(ids);
        ContentId dataset = id(ids);
        keep(dataset, level, ids);
        grants.give(owner, ContentKind.DATASET, List.of(dataset.hash()), "dataset " + name);
        // One after the other for one name.
        database.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", "%s %s".formatted(owner.project(), name))
                .query((row, n) -> true)
                .list();
        database.sql("""
                        INSERT INTO dataset_version (project, name, version, dataset)
                        SELECT :project, :name, coalesce(max(version), 0) + 1, :dataset FROM dataset_version
                        WHERE project = :project AND name = :name
                        HAVING (SELECT dataset FROM dataset_version AS newest
                            WHERE project = :project AND name = :name ORDER BY version DESC LIMIT 1)
                                IS DISTINCT FROM :dataset""")
                .param("project", owner.project())
                .param("name", name)
                .param("dataset", dataset.hash())
                .update();
        return newest(owner.project(), name).orElseThrow(() -> new IllegalStateException("a version was just made"));
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches() || name.startsWith("dataset-")) {
            throw new InvalidInputException(
                    "name",
                    name,
                    "is no name for a dataset",
                    "give 1 to 100 letters, digits, dots, hyphens and underscores, not beginning with dataset-");
        }
    }

    private static SortedSet<ContentId> read(@Nullable List<@Nullable String> labels) {
        if (labels == null || labels.isEmpty()) {
            throw new InvalidInputException("/labels", null, "is empty", "name at least one label");
        }
        SortedSet<ContentId> ids = new TreeSet<>();
        for (int k = 0; k < labels.size(); k++) {
            String label = labels.get(k);
            if (!ids.add(ContentId.read(ContentKind.LABEL, "/labels/" + k, label == null ? "" : label))) {
                throw new InvalidInputException("/labels/" + k, label, "was named before", "name each label once");
            }
        }
        return ids;
    }

    private void requireSeen(String project, @Nullable List<@Nullable String> labels, SortedSet<ContentId> ids) {
        Set<String> unseen = new HashSet<>();
        grants.unseen(project, ContentKind.LABEL, hashes(ids))
                .forEach(hash -> unseen.add(new ContentId(ContentKind.LABEL, hash).toString()));
        for (int k = 0; labels != null && !unseen.isEmpty() && k < labels.size(); k++) {
            if (unseen.contains(labels.get(k))) {
                throw new InvalidInputException(
                        "/labels/" + k, labels.get(k), "is not in this project", "post the label first");
            }
        }
    }

    private static List<String> hashes(SortedSet<ContentId> ids) {
        return ids.stream().map(ContentId::hash).toList();
    }

    private String requireOneLevel(SortedSet<ContentId> ids) {
        record Level(String level, String label, String method) {}
        List<Level> levels = database.sql("""
                        SELECT level_of_theory, min(label.hash) AS label, min(method.hash) AS method
                        FROM label JOIN method ON method.hash = label.method
                        WHERE label.hash = ANY(:labels) GROUP BY level_of_theory ORDER BY level_of_theory LIMIT 2""")
                .param("labels", hashes(ids).toArray(String[]::new))
                .query((row, n) -> new Level(
                        row.getString("level_of_theory"),
                        new ContentId(ContentKind.LABEL, row.getString("label")).toString(),
                        new ContentId(ContentKind.METHOD, row.getString("method")).toString()))
                .list();
        if (levels.size() == 2) {
            Level one = levels.get(0);
            Level other = levels.get(1);
            throw new InvalidInputException(
                    "/labels",
                    "%s and %s".formatted(one.level(), other.level()),
                    "are of two levels of theory (%s by %s, %s by %s)"
                            .formatted(one.label(), one.method(), other.label(), other.method()),
                    "make a dataset of each");
        }
        return levels.getFirst().level();
    }

    private void keep(ContentId dataset, String level, SortedSet<ContentId> ids) {
        String[] labels = hashes(ids).toArray(String[]::new);
        List<String> ofStructures = database.sql("SELECT structure FROM label WHERE hash = ANY(:labels)")
                .param("labels", labels)
                .query(String.class)
                .list();
        int made = database.sql("""
                        INSERT INTO dataset (hash, level_of_theory, labels, atoms, elements)
                        SELECT :dataset, :level, :count, sum(atoms), :elements
                        FROM label JOIN structure ON structure.hash = label.structure WHERE label.hash = ANY(:labels)
                        ON CONFLICT DO NOTHING""")
                .param("dataset", dataset.hash())
                .param("level", level)
                .param("count", labels.length)
                .param("elements", structures.elements(ofStructures).toArray(String[]::new))
                .param("labels", labels)
                .update();
        if (made == 1) {
            database.sql("INSERT INTO dataset_label (dataset, label) SELECT :dataset, unnest(:labels)")
                    .param("dataset", dataset.hash())
                    .param("labels", labels)
                    .update();
        }
    }

    /**
     * A version by an id or the beginning of one, {@code name@version}, or a name for its newest.
     *
     * @throws NothingThere if the project has none of that name
     */
    DatasetVersion find(String project, String dataset) {
        Matcher version = VERSION.matcher(dataset);
        if (version.matches()) {
            return database.sql(SELECT + "AND name = :name AND version = :version")
                    .param("project", project)
                    .param("name", version.group(1))
                    .param("version", Integer.parseInt(version.group(2)))
                    .query(DatasetStore::listed)
                    .optional()
                    .orElseThrow(() -> new NothingThere("dataset", dataset))
                    .version();
        }
        return newest(project, dataset).orElseGet(() -> ofId(project, dataset));
    }

    private Optional<DatasetVersion> newest(String project, String name) {
        return database.sql(SELECT + "AND name = :name ORDER BY version DESC LIMIT 1")
                .param("project", project)
                .param("name", name)
                .query(DatasetStore::listed)
                .optional()
                .map(Listed::version);
    }

    /** The first version in the project that points to it. */
    private DatasetVersion ofId(String project, String dataset) {
        ContentId id = grants.resolve(project, ContentKind.DATASET, dataset);
        return database.sql(SELECT + "AND dataset = :hash ORDER BY number LIMIT 1")
                .param("project", project)
                .param("hash", id.hash())
                .query(DatasetStore::listed)
                .single()
                .version();
    }

    /** All versions of all names, in the order in which they were made. */
    Page<DatasetVersion> list(String project, Cursor cursor) {
        List<Listed> rows = database.sql(SELECT + "AND number > :after ORDER BY number LIMIT :rows")
                .param("project", project)
                .param("after", cursor.after())
                .param("rows", cursor.rows())
                .query(DatasetStore::listed)
                .list();
        return cursor.page(rows, Listed::number, Listed::version);
    }

    private record Listed(long number, DatasetVersion version) {}

    private static Listed listed(ResultSet row, int n) throws SQLException {
        return new Listed(
                row.getLong("number"),
                new DatasetVersion(
                        new ContentId(ContentKind.DATASET, row.getString("dataset")).toString(),
                        row.getString("name"),
                        row.getInt("version"),
                        row.getString("level_of_theory"),
                        row.getInt("labels"),
                        row.getLong("atoms"),
                        List.of((String[]) row.getArray("elements").getArray()),
                        row.getObject("created", OffsetDateTime.class)
                                .toInstant()
                                .toString()));
    }
}
