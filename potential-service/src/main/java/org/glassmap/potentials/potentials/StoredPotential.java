package org.glassmap.potentials.potentials;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** A potential's row: what it is and the file that holds it. Never changed. */
@Entity
@Immutable
@Table(name = "potential")
class StoredPotential {

    @Id
    private String id;

    @Column(nullable = false)
    private String artifact;

    @Column(nullable = false)
    private int members;

    @Column(nullable = false)
    private String[] species;

    @Column(nullable = false)
    private double cutoff;

    @Column(nullable = false)
    private Instant created;

    @SuppressWarnings("NullAway.Init") // for the database
    protected StoredPotential() {}

    /** Sha-256, without the word before it. */
    String hash() {
        return id;
    }

    String wireId() {
        return "potential-" + id;
    }

    String artifact() {
        return artifact;
    }

    int members() {
        return members;
    }

    List<String> species() {
        return List.of(species);
    }

    double cutoff() {
        return cutoff;
    }

    Instant created() {
        return created;
    }
}
