package org.glassmap.potentials.potentials;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Where a potential came from, with everything needed to make it again. */
@Entity
@Immutable
@Table(name = "potential_source")
class PotentialSource {

    @Id
    private UUID id;

    @Column(nullable = false)
    private String project;

    @Column(nullable = false)
    private String potential;

    @Column(nullable = false)
    private String maker;

    private @Nullable UUID training;

    private @Nullable String dataset;

    private @Nullable Long seed;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable String settings;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    private String errors;

    private @Nullable String imported;

    @JdbcTypeCode(SqlTypes.JSON)
    private @Nullable String calibration;

    private @Nullable String kernel;

    @Column(name = "code_version", nullable = false)
    private String codeVersion;

    @Column(nullable = false)
    private Instant time;

    @SuppressWarnings("NullAway.Init") // for the database
    protected PotentialSource() {}

    @Nullable
    UUID training() {
        return training;
    }

    @Nullable
    String dataset() {
        return dataset;
    }

    /** JSON. */
    @Nullable
    String calibration() {
        return calibration;
    }

    /** By which the training computed. */
    @Nullable
    String kernel() {
        return kernel;
    }

    /** JSON. */
    String errors() {
        return errors;
    }
}
