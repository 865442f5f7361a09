package org.glassmap.worker.engines.potential;

import org.glassmap.core.atoms.Potential;

/** Potentials by the artifact that holds them. */
@FunctionalInterface
public interface PotentialLibrary {

    /**
     * @throws org.glassmap.worker.engines.UnfitInputException if the store has no such file, or it is no potential
     * @throws InterruptedException while waiting for the store
     */
    Potential potential(String artifact) throws InterruptedException;
}
