package org.glassmap.sampler.campaigns;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.glassmap.contract.calculations.CalculationRecord.CalculationResult;
import org.glassmap.contract.campaigns.CampaignPoint;
import org.jspecify.annotations.Nullable;

/** A structure the reference method has relaxed. */
@Entity
@Table(name = "campaign_point")
@IdClass(Point.Key.class)
class Point {

    record Key(UUID campaign, String calculation) implements Serializable {}

    @Id
    private UUID campaign;

    @Id
    private String calculation;

    private long number;
    private @Nullable String name;
    private String structure;
    private String label;
    private boolean converged;
    private @Nullable Double spread;

    @SuppressWarnings("NullAway.Init") // filled by the persistence provider
    protected Point() {}

    Point(UUID campaign, String calculation, long number, @Nullable String name, CalculationResult result) {
        this.campaign = campaign;
        this.calculation = calculation;
        this.number = number;
        this.name = name;
        this.structure = result.finalStructure();
        this.label = result.labels().getLast();
        this.converged = result.converged();
        this.spread = result.spread();
    }

    CampaignPoint record() {
        return new CampaignPoint(name, structure, label, calculation, converged, spread);
    }
}
