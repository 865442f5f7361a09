package org.glassmap.sampler.campaigns;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What one iteration brought, as it is told. */
@Entity
@Table(name = "campaign_iteration")
@IdClass(Iteration.Key.class)
class Iteration {

    record Key(UUID campaign, int number) implements Serializable {}

    @Id
    private UUID campaign;

    @Id
    private int number;

    @JdbcTypeCode(SqlTypes.JSON)
    private String record;

    @SuppressWarnings("NullAway.Init") // filled by the persistence provider
    protected Iteration() {}

    Iteration(UUID campaign, int number, String record) {
        this.campaign = campaign;
        this.number = number;
        this.record = record;
    }

    /** JSON of an iteration's record. */
    String record() {
        return record;
    }
}
