package org.glassmap.sampler.campaigns;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.glassmap.contract.campaigns.CandidateRecord;
import org.jspecify.annotations.Nullable;

/** One structure a search proposed, and how far it came. */
@Entity
@Table(name = "candidate")
@IdClass(Candidate.Key.class)
class Candidate {

    record Key(UUID campaign, long number) implements Serializable {}

    @Id
    private UUID campaign;

    @Id
    private long number;

    private String step;
    private String chain;
    private double fraction;
    private int rank;

    @Column(name = "unrelaxed_energy")
    private double unrelaxedEnergy;

    private @Nullable String parent;
    private String removed;
    private @Nullable String relaxed;
    private @Nullable String label;
    private @Nullable String calculation;

    @Column(name = "energy_above_hull")
    private @Nullable Double energyAboveHull;

    private @Nullable String dropped;

    /** By which the potential was evaluated. */
    private @Nullable String kernel;

    @SuppressWarnings("NullAway.Init") // filled by the persistence provider
    protected Candidate() {}

    Candidate(
            UUID campaign,
            long number,
            String step,
            String chain,
            double fraction,
            String parent,
            int rank,
            Searched.Candidate found,
            @Nullable String kernel) {
        this.campaign = campaign;
        this.number = number;
        this.step = step;
        this.chain = chain;
        this.fraction = fraction;
        this.parent = parent;
        this.rank = rank;
        this.unrelaxedEnergy = found.unrelaxedEnergy();
        this.removed = found.removed();
        this.relaxed = found.relaxed();
        this.dropped = found.dropped();
        this.kernel = kernel;
    }

    @Nullable
    String relaxed() {
        return relaxed;
    }

    @Nullable
    String label() {
        return label;
    }

    void labelled(String id) {
        this.label = id;
    }

    void relaxedByReference(String id) {
        this.calculation = id;
    }

    void above(double hull) {
        this.energyAboveHull = hull;
    }

    /** The first reason stays. */
    void drop(String reason) {
        if (dropped == null) {
            dropped = reason;
        }
    }

    boolean open() {
        return dropped == null && calculation == null;
    }

    long number() {
        return number;
    }

    CandidateRecord record() {
        return new CandidateRecord(
                step,
                chain,
                fraction,
                rank,
                unrelaxedEnergy,
                parent,
                removed,
                relaxed,
                label,
                calculation,
                energyAboveHull,
                dropped,
                kernel);
    }
}
