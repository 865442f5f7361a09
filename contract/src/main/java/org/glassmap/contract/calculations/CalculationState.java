package org.glassmap.contract.calculations;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a calculation stands. {@code suspect} is leased by an agent that has fallen silent. */
public enum CalculationState {
    @JsonProperty("ready")
    READY,
    @JsonProperty("leased")
    LEASED,
    @JsonProperty("suspect")
    SUSPECT,
    @JsonProperty("succeeded")
    SUCCEEDED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED;

    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
