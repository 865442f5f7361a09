package org.glassmap.core.sampling;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Vacancies;
import org.jspecify.annotations.Nullable;

/**
 * A potential's energies of a parent with vacancies. What the potential prepares for a parent is kept until another one
 * comes. Task t evaluates every {@code threads}-th genome with a calculator of its own.
 */
final class VacancyEnergies implements RemovalEnergies {

    private final Potential potential;
    private final Executor executor;
    private final int threads;
    private @Nullable Structure parent;
    private List<Vacancies.Calculator> calculators = List.of();

    VacancyEnergies(Potential potential, Executor executor, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        this.potential = potential;
        this.executor = executor;
        this.threads = threads;
    }

    @Override
    public double[] energies(Removal problem, List<Genome> genomes) {
        if (parent == null || !parent.equals(problem.parent())) {
            Vacancies vacancies = potential.vacancies(problem.parent());
            calculators = IntStream.range(0, threads)
                    .mapToObj(t -> vacancies.calculator())
                    .toList();
            parent = problem.parent();
        }
        double[] energies = new double[genomes.size()];
        CompletableFuture<?>[] tasks = IntStream.range(0, threads)
                .mapToObj(t -> CompletableFuture.runAsync(() -> share(t, genomes, energies), executor))
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
    }

    private void share(int task, List<Genome> genomes, double[] energies) {
        for (int k = task; k < energies.length; k += threads) {
            energies[k] = calculators.get(task).energy(genomes.get(k).removed());
        }
    }
}
