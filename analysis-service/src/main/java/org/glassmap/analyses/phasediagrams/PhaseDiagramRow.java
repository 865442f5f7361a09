package org.glassmap.analyses.phasediagrams;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.springframework.data.domain.Persistable;

/** A phase diagram as it is kept. Never changed. */
@Entity
@Immutable
@Table(name = "phase_diagram")
class PhaseDiagramRow implements Persistable<UUID> {

    @Id
    private UUID id;

    @Column(nullable = false)
    private String project;

    @Column(nullable = false)
    private String maker;

    @Column(nullable = false)
    private Instant created;

    @Column(name = "idempotency_key", nullable = false)
    private String idempotencyKey;

    @Column(name = "request_hash", nullable = false)
    private String requestHash;

    @Column(name = "level_of_theory", nullable = false)
    private String levelOfTheory;

    @Column(nullable = false)
    private String digest;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    private String document;

    /** For Hibernate alone. */
    @SuppressWarnings("NullAway.Init")
    protected PhaseDiagramRow() {}

    PhaseDiagramRow(
            UUID id,
            String project,
            String maker,
            Instant created,
            String idempotencyKey,
            String requestHash,
            String levelOfTheory,
            String digest,
            String document) {
        this.id = id;
        this.project = project;
        this.maker = maker;
        this.created = created;
        this.idempotencyKey = idempotencyKey;
        this.requestHash = requestHash;
        this.levelOfTheory = levelOfTheory;
        this.digest = digest;
        this.document = document;
    }

    @Override
    public UUID getId() {
        return id;
    }

    /** Rows are inserted, never updated: saving asks the database nothing first. */
    @Override
    public boolean isNew() {
        return true;
    }

    String requestHash() {
        return requestHash;
    }

    /** The record as JSON. */
    String document() {
        return document;
    }
}
