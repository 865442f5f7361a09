package org.glassmap.core.sampling;

/**
 * How a genetic search works, and when it ends.
 *
 * @param population members of a generation; as many children are made in each
 * @param elite of them survive as the best; the others are found by tournaments of two
 * @param mutationRate probability of each removed site of a child to be swapped with another of its sublattice
 * @param maxEvaluations energies in all, every genome counted once
 * @param patience generations without a lower energy after which it ends
 * @param kept how many of the lowest are handed over
 * @param equivalentWithin eV of the whole cell: of genomes that differ by less only the lowest is kept and bred, for
 *     they are most likely images of each other under the parent's symmetry
 */
public record GeneticSettings(
        int population,
        int elite,
        double mutationRate,
        int maxEvaluations,
        int patience,
        int kept,
        double equivalentWithin) {

    /** The paper's population 32 and mutation 10 %; 100 generations, the ten lowest. */
    public static final GeneticSettings PAPER = new GeneticSettings(32, 16, 0.1, 3200, 40, 10, 1e-4);

    public GeneticSettings {
        if (population < 2) {
            throw new IllegalArgumentException("population must be at least 2, got " + population);
        }
        if (elite < 1 || elite > population) {
            throw new IllegalArgumentException("elite must lie in 1..%d, got %d".formatted(population, elite));
        }
        if (!(mutationRate >= 0 && mutationRate <= 1)) {
            throw new IllegalArgumentException("mutationRate must lie in 0..1, got " + mutationRate);
        }
        if (maxEvaluations < 1 || patience < 1 || kept < 1) {
            throw new IllegalArgumentException("maxEvaluations, patience and kept must be at least 1, got %d, %d, %d"
                    .formatted(maxEvaluations, patience, kept));
        }
        if (!(equivalentWithin >= 0) || !Double.isFinite(equivalentWithin)) {
            throw new IllegalArgumentException(
                    "equivalentWithin must not be negative, got %s eV".formatted(equivalentWithin));
        }
    }

    public GeneticSettings withMaxEvaluations(int other) {
        return new GeneticSettings(population, elite, mutationRate, other, patience, kept, equivalentWithin);
    }

    /** Generations. */
    public GeneticSettings withPatience(int other) {
        return new GeneticSettings(population, elite, mutationRate, maxEvaluations, other, kept, equivalentWithin);
    }

    public GeneticSettings withKept(int other) {
        return new GeneticSettings(population, elite, mutationRate, maxEvaluations, patience, other, equivalentWithin);
    }
}
