package org.glassmap.structures.artifacts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** The row of a file. Never changes. */
@Entity
@Immutable
@Table(name = "artifact")
class StoredArtifact {

    @Id
    private String hash = "";

    private long bytes;

    @Column(name = "media_type")
    private String mediaType = "";

    private Instant created = Instant.EPOCH;

    String hash() {
        return hash;
    }

    long bytes() {
        return bytes;
    }

    String mediaType() {
        return mediaType;
    }

    Instant created() {
        return created;
    }
}
