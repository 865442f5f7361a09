package org.glassmap.core.sampling;

import org.glassmap.core.atoms.Structure;

/**
 * Where a Langevin run ended, and why.
 *
 * @param structure the last one with finite energy; positions are not wrapped
 * @param steps that were made
 * @param meanTemperature of the second half, K
 * @param highestTemperature of an instant, K
 * @param largestForce on any atom at any step, eV/Å
 */
public record LangevinRun(
        Structure structure,
        int steps,
        Stop stop,
        double meanTemperature,
        double highestTemperature,
        double largestForce) {

    /** Why it ended. */
    public enum Stop {
        DONE,
        /** An instant was hotter than allowed. */
        TOO_HOT,
        /** Two atoms fell into each other. */
        FUSED,
        /** Energy or forces are not finite, or atoms coincide. */
        NOT_FINITE
    }

    public boolean exploded() {
        return stop != Stop.DONE;
    }
}
