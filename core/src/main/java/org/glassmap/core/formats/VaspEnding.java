package org.glassmap.core.formats;

/**
 * How a VASP run ended.
 *
 * @param complete whether the file has its end; a killed run's has not, and its last complete step is the last that counts
 * @param steps how many complete ionic steps there are
 * @param electronicallyConverged whether the last of them is; false if there is none
 * @param goalReached a static run: it is complete; a relaxation: it is complete, stopped before NSW was used up, and the
 *     largest force is within EDIFFG where that is a limit on forces (in OUTCAR: VASP says so); dynamics: it is complete
 *     and all NSW steps were done. A run of dynamics is never called converged for having stopped early
 * @param reason why the file ends where it does, if it is not complete; else empty
 */
public record VaspEnding(
        boolean complete, int steps, boolean electronicallyConverged, boolean goalReached, String reason) {}
