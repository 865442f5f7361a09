package org.glassmap.potentials.potentials;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.potentials.GradeRecord;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.ExtrapolationGrade;
import org.glassmap.core.learning.GradeDocument;
import org.glassmap.core.learning.GradeSelection;
import org.glassmap.core.learning.GradeSettings;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.potentials.peers.Peers;
import org.glassmap.support.ids.MadeId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The extrapolation grades beside potentials: made from a training set, filed as artifacts, at hand for predictions. */
@Component
public class Grades {

    private static final int KEPT = 16;

    private final JdbcClient jdbc;
    private final Peers peers;
    private final Clock clock;
    private final Map<String, ExtrapolationGrade> loaded = new LinkedHashMap<>(KEPT, 0.75f, true);

    Grades(JdbcClient jdbc, Peers peers, Clock clock) {
        this.jdbc = jdbc;
        this.peers = peers;
        this.clock = clock;
    }

    /** A grade that has been filed and is not yet noted.
     *
     * @param artifact id of its file
     */
    public record Filed(String artifact, GradeSelection.Outcome outcome) {}

    /**
     * Chooses the environments and puts the file where files live. Takes seconds for thousands of structures.
     *
     * @return empty if one of the potential's species is in none of the structures: nothing can be said of its atoms
     */
    public Optional<Filed> file(
            ProjectId project, String user, PotentialDocument document, List<Structure> trainingSet) {
        Set<Species> seen = EnumSet.noneOf(Species.class);
        trainingSet.forEach(structure -> seen.addAll(structure.species()));
        if (!seen.containsAll(document.potential().species())) {
            return Optional.empty();
        }
        GradeSelection.Outcome outcome =
                GradeSelection.select(document.potential(), trainingSet, GradeSettings.DEFAULT);
        byte[] bytes = GradeDocument.write(outcome.grade(), document.id());
        return Optional.of(new Filed(peers.structureStore(project, user).putArtifact(bytes), outcome));
    }

    /** Notes it beside its potential, which must be noted before; joins the caller's transaction. */
    public void keep(ProjectId project, PotentialDocument document, String dataset, Filed grade) {
        jdbc.sql("insert into potential_grade (id, project, potential, dataset, artifact, environments, converged,"
                        + " code_version, created) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                .params(
                        MadeId.make("grade").uuid(),
                        project.value(),
                        document.id(),
                        dataset,
                        grade.artifact,
                        grade.outcome.chosen().size(),
                        grade.outcome.converged(),
                        CodeVersion.CURRENT,
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The newest that a project has of a potential.
     *
     * @param hash of the potential
     */
    Optional<GradeRecord> record(String project, String hash) {
        return jdbc.sql("select artifact, dataset, environments, converged from potential_grade"
                        + " where project = ? and potential = ? order by id desc limit 1")
                .params(project, hash)
                .query(Grades::record)
                .optional();
    }

    private static GradeRecord record(ResultSet row, int number) throws SQLException {
        return new GradeRecord(
                row.getString("artifact"),
                row.getString("dataset"),
                row.getInt("environments"),
                row.getBoolean("converged"));
    }

    /** What grades; empty where the project has no grade of the potential. */
    Optional<ExtrapolationGrade> of(ProjectId project, String user, String hash, LearntPotential potential) {
        return record(project.value(), hash).map(record -> {
            @Nullable ExtrapolationGrade known = at(record.artifact());
            if (known != null) {
                return known;
            }
            byte[] bytes = peers.structureStore(project, user).artifact(record.artifact(), GradeDocument.MAX_BYTES);
            ExtrapolationGrade grade = GradeDocument.read(bytes, potential, hash);
            keep(record.artifact(), grade);
            return grade;
        });
    }

    private synchronized @Nullable ExtrapolationGrade at(String artifact) {
        return loaded.get(artifact);
    }

    private synchronized void keep(String artifact, ExtrapolationGrade grade) {
        loaded.put(artifact, grade);
        if (loaded.size() > KEPT) {
            loaded.remove(loaded.keySet().iterator().next());
        }
    }
}
