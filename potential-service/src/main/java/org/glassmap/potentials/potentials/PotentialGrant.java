package org.glassmap.potentials.potentials;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** That a project sees a potential. Numbers grow with time and order the project's listing. */
@Entity
@Immutable
@Table(name = "potential_grant")
class PotentialGrant {

    @Id
    private UUID number;

    @Column(nullable = false)
    private String project;

    @ManyToOne(fetch = FetchType.EAGER, optional = false)
    @JoinColumn(name = "potential")
    private StoredPotential potential;

    @Column(nullable = false)
    private String maker;

    @Column(nullable = false)
    private Instant given;

    @SuppressWarnings("NullAway.Init") // for the database
    protected PotentialGrant() {}

    UUID number() {
        return number;
    }

    StoredPotential potential() {
        return potential;
    }
}
