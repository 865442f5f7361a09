package org.glassmap.sampler.campaigns;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A campaign's document and the newest of its results. How far it is stands in the job of the same id. */
@Entity
@Table(name = "campaign")
class Campaign {

    @Id
    private UUID id;

    private String project;
    private String maker;

    @Column(name = "idempotency_key")
    private String idempotencyKey;

    @Column(name = "body_hash")
    private String bodyHash;

    @JdbcTypeCode(SqlTypes.JSON)
    private String request;

    private @Nullable String step;
    private @Nullable String potential;
    private @Nullable String dataset;
    private @Nullable String digest;

    @Generated
    private @Nullable Instant created;

    @SuppressWarnings("NullAway.Init") // filled by the persistence provider
    protected Campaign() {}

    Campaign(UUID id, String project, String maker, String idempotencyKey, String bodyHash, String request) {
        this.id = id;
        this.project = project;
        this.maker = maker;
        this.idempotencyKey = idempotencyKey;
        this.bodyHash = bodyHash;
        this.request = request;
    }

    UUID id() {
        return id;
    }

    String project() {
        return project;
    }

    String maker() {
        return maker;
    }

    String bodyHash() {
        return bodyHash;
    }

    /** JSON of the request. */
    String request() {
        return request;
    }

    @Nullable
    String step() {
        return step;
    }

    @Nullable
    String potential() {
        return potential;
    }

    @Nullable
    String dataset() {
        return dataset;
    }

    @Nullable
    String digest() {
        return digest;
    }

    Instant created() {
        return created == null ? Instant.EPOCH : created;
    }

    void at(String path) {
        this.step = path;
    }

    void trained(Trained trained) {
        this.potential = trained.potential();
        this.dataset = trained.dataset();
    }

    void ended(String physics) {
        this.step = null;
        this.digest = physics;
    }
}
