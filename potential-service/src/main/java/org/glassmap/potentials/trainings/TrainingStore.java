package org.glassmap.potentials.trainings;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rows of trainings. */
@Repository
class TrainingStore {

    @PersistenceContext
    private EntityManager entities;

    @SuppressWarnings("NullAway.Init") // the container sets the entity manager
    TrainingStore() {}

    /** @throws org.springframework.dao.DataIntegrityViolationException if the project has used the key */
    @Transactional
    void insert(TrainingRow training) {
        entities.persist(training);
        entities.flush();
    }

    @Transactional
    void gave(UUID id, String potential) {
        require(id).gave(potential);
        entities.flush();
    }

    @Transactional
    void began(UUID id, String kernel) {
        require(id).began(kernel);
        entities.flush();
    }

    @Transactional(readOnly = true)
    TrainingRow require(UUID id) {
        return Optional.ofNullable(entities.find(TrainingRow.class, id))
                .orElseThrow(() -> new IllegalStateException("no training " + id));
    }

    @Transactional(readOnly = true)
    Optional<TrainingRow> find(String project, UUID id) {
        return entities.createQuery("from TrainingRow t where t.project = :project and t.id = :id", TrainingRow.class)
                .setParameter("project", project)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    @Transactional(readOnly = true)
    Optional<TrainingRow> byKey(String project, String key) {
        return entities.createQuery(
                        "from TrainingRow t where t.project = :project and t.idempotencyKey = :key", TrainingRow.class)
                .setParameter("project", project)
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    /** A project's, newest first, from below an id on. */
    @Transactional(readOnly = true)
    List<TrainingRow> page(String project, Optional<UUID> below, int limit) {
        String from = "from TrainingRow t where t.project = :project";
        var query = entities.createQuery(
                        below.isPresent()
                                ? from + " and t.id < :below order by t.id desc"
                                : from + " order by t.id desc",
                        TrainingRow.class)
                .setParameter("project", project)
                .setMaxResults(limit);
        below.ifPresent(id -> query.setParameter("below", id));
        return query.getResultList();
    }
}
