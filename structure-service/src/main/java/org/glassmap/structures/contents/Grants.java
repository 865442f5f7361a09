package org.glassmap.structures.contents;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.glassmap.support.problems.NothingThere;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who may see what. Content belongs to nobody; a grant gives a project sight of it. */
@Component
public class Grants {

    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{12,64}");

    private final JdbcClient database;

    Grants(JdbcClient database) {
        this.database = database;
    }

    /**
     * Gives a project sight of things of one kind. Written in the order of the hash, so that two who give the same
     * things at once wait for each other in line; whoever gives several kinds gives structures before labels.
     *
     * @param source where they came from, in a few words: {@code upload}, {@code calculation-…}
     * @return the hashes the project did not see before
     */
    public Set<String> give(Owner owner, ContentKind kind, Collection<String> hashes, String source) {
        if (hashes.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(database.sql("""
                        INSERT INTO content_grant (number, project, kind, hash, maker, source)
                        SELECT number, :project, :kind, hash, :maker, :source
                        FROM (SELECT hash, nextval('content_grant_number_seq') AS number
                            FROM unnest(:hashes) WITH ORDINALITY AS given (hash, place) ORDER BY place) AS numbered
                        ORDER BY hash ON CONFLICT DO NOTHING RETURNING hash""")
                .param("project", owner.project())
                .param("kind", kind.word())
                .param("maker", owner.maker())
                .param("source", source)
                .param("hashes", hashes.stream().distinct().toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** Gives sight of these to every project that sees {@code cause}. */
    public void spread(ContentId cause, ContentKind kind, Collection<String> hashes) {
        if (hashes.isEmpty()) {
            return;
        }
        database.sql("""
                        INSERT INTO content_grant (project, kind, hash, maker, source)
                        SELECT project, :kind, given.hash, maker, :source
                        FROM content_grant CROSS JOIN unnest(:hashes) AS given (hash)
                        WHERE kind = :causeKind AND content_grant.hash = :cause
                        ORDER BY given.hash, project ON CONFLICT DO NOTHING""")
                .param("kind", kind.word())
                .param("source", cause.toString())
                .param("hashes", hashes.stream().distinct().toArray(String[]::new))
                .param("causeKind", cause.kind().word())
                .param("cause", cause.hash())
                .update();
    }

    public boolean sees(String project, ContentId id) {
        return !unseen(project, id.kind(), List.of(id.hash())).contains(id.hash());
    }

    /** Those of the hashes that a project does not see. */
    public Set<String> unseen(String project, ContentKind kind, Collection<String> hashes) {
        Set<String> unseen = new HashSet<>(hashes);
        if (unseen.isEmpty()) {
            return unseen;
        }
        database.sql("SELECT hash FROM content_grant WHERE project = :project AND kind = :kind AND hash = ANY(:hashes)")
                .param("project", project)
                .param("kind", kind.word())
                .param("hashes", unseen.toArray(String[]::new))
                .query(String.class)
                .list()
                .forEach(unseen::remove);
        return unseen;
    }

    /**
     * What an id, or the beginning of one that is unique in the project, stands for.
     *
     * @param id with or without its kind in front, at least 12 hexadecimal digits
     * @throws NothingThere if the project sees nothing of that name
     * @throws InvalidInputException if several things begin so
     */
    public ContentId resolve(String project, ContentKind kind, String id) {
        String head = kind.word() + "-";
        String digits = id.startsWith(head) ? id.substring(head.length()) : id;
        if (!PREFIX.matcher(digits).matches()) {
            throw new NothingThere(kind.word(), id);
        }
        List<String> found = database.sql("""
                        SELECT hash FROM content_grant
                        WHERE project = :project AND kind = :kind AND hash >= :digits AND hash < :digits || 'g'
                        ORDER BY hash LIMIT 2""")
                .param("project", project)
                .param("kind", kind.word())
                .param("digits", digits)
                .query(String.class)
                .list();
        return switch (found.size()) {
            case 0 -> throw new NothingThere(kind.word(), id);
            case 1 -> new ContentId(kind, found.getFirst());
            default ->
                throw new InvalidInputException("id", id, "is the beginning of several ids", "give more of its digits");
        };
    }
}
