package org.glassmap.potentials.trainings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.support.ids.MadeId;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A training: what was asked for, and what came of it. How it stands is told by the job of the same id. */
@Entity
@Table(name = "training")
class TrainingRow {

    static final String KIND = "training";

    @Id
    private UUID id;

    @Column(nullable = false, updatable = false)
    private String project;

    @Column(nullable = false, updatable = false)
    private String maker;

    @Column(name = "idempotency_key", nullable = false, updatable = false)
    private String idempotencyKey;

    @Column(name = "body_hash", nullable = false, updatable = false)
    private String bodyHash;

    @Column(nullable = false, updatable = false)
    private String dataset;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false, updatable = false)
    private String request;

    private @Nullable String potential;

    private @Nullable String kernel;

    @Column(nullable = false, updatable = false)
    private Instant created;

    @SuppressWarnings("NullAway.Init") // for the database
    protected TrainingRow() {}

    /** @param request JSON, every default filled in */
    TrainingRow(
            MadeId id,
            ProjectId project,
            String maker,
            String idempotencyKey,
            String bodyHash,
            String dataset,
            String request,
            Instant created) {
        this.id = id.uuid();
        this.project = project.value();
        this.maker = maker;
        this.idempotencyKey = idempotencyKey;
        this.bodyHash = bodyHash;
        this.dataset = dataset;
        this.request = request;
        this.created = created;
    }

    /** The training has given this potential; a second time it can only be the same one. */
    void gave(String potentialId) {
        if (potential != null && !potential.equals(potentialId)) {
            throw new IllegalStateException("%s gave %s before and %s now".formatted(wireId(), potential, potentialId));
        }
        potential = potentialId;
    }

    /** The kernel it computes by from now on; the first one stays. */
    void began(String kernelId) {
        kernel = kernel == null ? kernelId : kernel;
    }

    /** By which it computes; absent before it begins. */
    @Nullable
    String kernel() {
        return kernel;
    }

    UUID id() {
        return id;
    }

    MadeId wireId() {
        return new MadeId(KIND, id);
    }

    ProjectId project() {
        return new ProjectId(project);
    }

    String maker() {
        return maker;
    }

    String bodyHash() {
        return bodyHash;
    }

    String dataset() {
        return dataset;
    }

    /** JSON. */
    String request() {
        return request;
    }

    @Nullable
    String potential() {
        return potential;
    }

    Instant created() {
        return created;
    }
}
