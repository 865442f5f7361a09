package org.glassmap.core.sampling;

import java.util.List;
import java.util.concurrent.Executor;
import org.glassmap.core.atoms.Potential;

/** The energies a search looks at. */
@FunctionalInterface
public interface RemovalEnergies {

    /** @return eV of the whole cell, genome by genome in their order; the same bits whatever else is asked for */
    double[] energies(Removal problem, List<Genome> genomes);

    /** A potential's, on the caller's thread. To be used by one search at a time. */
    static RemovalEnergies of(Potential potential) {
        return of(potential, Runnable::run, 1);
    }

    /**
     * A potential's, dealt to several threads. To be used by one search at a time.
     *
     * @param executor runs the tasks; only their speed depends on it
     */
    static RemovalEnergies of(Potential potential, Executor executor, int threads) {
        return new VacancyEnergies(potential, executor, threads);
    }
}
