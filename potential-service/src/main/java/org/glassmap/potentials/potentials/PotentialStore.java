package org.glassmap.potentials.potentials;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.glassmap.contract.acceptances.AcceptanceRecord;
import org.glassmap.contract.potentials.AcceptanceSummary;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.support.ids.MadeId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of potentials, of who sees them and of where they came from. Read as entities; written by SQL, because
 * writing means "unless it is there", which two writers at once must survive.
 */
@Repository
class PotentialStore {

    @PersistenceContext
    private EntityManager entities;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    @SuppressWarnings("NullAway.Init") // the container sets the entity manager
    PotentialStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Writes what is not there yet: the potential, the project's sight of it, and this source of it. */
    @Transactional
    void keep(String project, String hash, LearntPotential potential, Origin origin, Instant now) {
        OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
        jdbc.sql("insert into potential (id, artifact, members, species, cutoff, created)"
                        + " values (?, ?, ?, string_to_array(?, ' '), ?, ?) on conflict do nothing")
                .params(
                        hash,
                        "artifact-" + hash,
                        potential.members().size(),
                        potential.species().stream().map(Species::symbol).collect(Collectors.joining(" ")),
                        potential.cutoff(),
                        time)
                .update();
        jdbc.sql("insert into potential_grant (number, project, potential, maker, given) values (?, ?, ?, ?, ?)"
                        + " on conflict do nothing")
                .params(MadeId.make("grant").uuid(), project, hash, origin.maker(), time)
                .update();
        keepSource(project, hash, origin, time);
    }

    private void keepSource(String project, String hash, Origin origin, OffsetDateTime time) {
        Origin.@Nullable Training training = origin instanceof Origin.Training made ? made : null;
        Origin.@Nullable Import imported = origin instanceof Origin.Import file ? file : null;
        jdbc.sql("insert into potential_source (id, project, potential, maker, training, dataset, seed, settings,"
                        + " errors, imported, code_version, time, kernel, calibration) values (:id, :project, :potential, :maker, :training,"
                        + " :dataset, :seed, cast(:settings as jsonb), cast(:errors as jsonb), :imported, :version,"
                        + " :time, :kernel, cast(:calibration as jsonb)) on conflict do nothing")
                .param("id", MadeId.make("source").uuid())
                .param("project", project)
                .param("potential", hash)
                .param("maker", origin.maker())
                .param("training", training == null ? null : training.training(), Types.OTHER)
                .param("dataset", training == null ? null : training.dataset(), Types.VARCHAR)
                .param("seed", training == null ? null : training.seed(), Types.BIGINT)
                .param("settings", training == null ? null : training.settings(), Types.VARCHAR)
                .param("errors", json.writeValueAsString(training == null ? List.of() : training.errors()))
                .param("imported", imported == null ? null : imported.what(), Types.VARCHAR)
                .param("version", CodeVersion.CURRENT)
                .param("time", time)
                .param("kernel", training == null ? null : training.kernel(), Types.VARCHAR)
                .param(
                        "calibration",
                        training == null || training.calibration() == null
                                ? null
                                : json.writeValueAsString(training.calibration()),
                        Types.VARCHAR)
                .update();
    }

    /** Those a project sees whose hash begins so; two are enough to know that the beginning is not unique. */
    @Transactional(readOnly = true)
    List<StoredPotential> beginningWith(String project, String hashPrefix) {
        return entities.createQuery(
                        "select p from PotentialGrant g join g.potential p where g.project = :project"
                                + " and p.id like :prefix order by p.id",
                        StoredPotential.class)
                .setParameter("project", project)
                .setParameter("prefix", hashPrefix + "%")
                .setMaxResults(2)
                .getResultList();
    }

    /** A project's, newest first, from below a number on. */
    @Transactional(readOnly = true)
    List<PotentialGrant> page(String project, Optional<UUID> below, int limit) {
        String from = "from PotentialGrant g where g.project = :project";
        var query = entities.createQuery(
                        below.isPresent()
                                ? from + " and g.number < :below order by g.number desc"
                                : from + " order by g.number desc",
                        PotentialGrant.class)
                .setParameter("project", project)
                .setMaxResults(limit);
        below.ifPresent(number -> query.setParameter("below", number));
        return query.getResultList();
    }

    /** The first source a project had of it. */
    @Transactional(readOnly = true)
    Optional<PotentialSource> source(String project, String hash) {
        return entities.createQuery(
                        "from PotentialSource s where s.project = :project and s.potential = :potential order by s.id",
                        PotentialSource.class)
                .setParameter("project", project)
                .setParameter("potential", hash)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** The newest acceptance that has come to its end. */
    Optional<AcceptanceSummary> acceptance(String project, String hash) {
        return jdbc.sql(
                        "select id, passed, jsonb_path_query_array(report, '$[*] ? (@.passed == false)')::text as failed"
                                + " from acceptance where project = ? and potential = ? and passed is not null"
                                + " order by id desc limit 1")
                .params(project, hash)
                .query((row, number) -> new AcceptanceSummary(
                        new MadeId("acceptance", row.getObject("id", UUID.class)).toString(),
                        row.getBoolean("passed"),
                        inWords(row.getString("failed"))))
                .optional();
    }

    private List<String> inWords(String parts) {
        return json.readValue(parts, new TypeReference<List<AcceptanceRecord.Part>>() {}).stream()
                .map(AcceptanceRecord.Part::inWords)
                .toList();
    }
}
