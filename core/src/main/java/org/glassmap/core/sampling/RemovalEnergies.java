package org.glassmap.core.sampling;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.glassmap.core.atoms.Potential;

/**
 * The energies a search looks at. The plain way evaluates what is left of the parent, structure by structure; a
 * potential whose energies are sums over occupied sites can offer a faster one.
 */
@FunctionalInterface
public interface RemovalEnergies {

    /**
     * @return eV of the whole cell, genome by genome in their order; the same bits whatever else is asked for
     */
    double[] energies(Removal problem, List<Genome> genomes);

    /** Structure by structure on the caller's thread. */
    static RemovalEnergies of(Potential potential) {
        return of(potential, Runnable::run, 1);
    }

    /**
     * Structure by structure, dealt to several threads: task t evaluates every {@code threads}-th genome with a
     * calculator of its own. To be used by one search at a time.
     *
     * @param executor runs the tasks; only their speed depends on it
     */
    static RemovalEnergies of(Potential potential, Executor executor, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        List<Potential.Calculator> calculators = IntStream.range(0, threads)
                .mapToObj(t -> potential.calculator())
                .toList();
        return (problem, genomes) -> {
            double[] energies = new double[genomes.size()];
            CompletableFuture<?>[] tasks = IntStream.range(0, threads)
                    .mapToObj(t -> CompletableFuture.runAsync(
                            () -> {
                                for (int k = t; k < energies.length; k += threads) {
                                    energies[k] = calculators.get(t).energy(problem.structure(genomes.get(k)));
                                }
                            },
                            executor))
                    .toArray(CompletableFuture[]::new);
            try {
                CompletableFuture.allOf(tasks).join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
            return energies;
        };
    }
}
