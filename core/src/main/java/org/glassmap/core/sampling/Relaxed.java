package org.glassmap.core.sampling;

import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Structure;

/**
 * Where a relaxation ended, and why.
 *
 * @param structure the last one accepted; of a symmetric strain of the start's cell, so without rotation
 * @param evaluation of that structure
 * @param evaluations of energy and forces spent
 * @param largestForce eV/Å, length
 * @param largestStress eV/Å³, component of stress plus outside pressure; NaN when the cell was fixed
 */
public record Relaxed(
        Structure structure,
        Evaluation evaluation,
        int evaluations,
        Stop stop,
        double largestForce,
        double largestStress) {

    /** Why it ended. */
    public enum Stop {
        CONVERGED,
        /** The evaluations were spent first. */
        BUDGET,
        /** No step along the forces lowers the energy: the potential is not smooth here, or its forces are wrong. */
        STALLED,
        /** Two atoms fell into each other: the potential has a hole. */
        FUSED,
        /** The volume left a third to three times that of the start. */
        CELL_LOST,
        /** Energy, forces or virial are not finite. */
        NOT_FINITE
    }

    public boolean converged() {
        return stop == Stop.CONVERGED;
    }

    /** Whether the structure is of no use: fused, its cell lost or without a finite energy. */
    public boolean exploded() {
        return stop == Stop.FUSED || stop == Stop.CELL_LOST || stop == Stop.NOT_FINITE;
    }
}
