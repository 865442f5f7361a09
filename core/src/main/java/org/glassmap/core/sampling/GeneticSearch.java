package org.glassmap.core.sampling;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.glassmap.core.sampling.SearchOutcome.Candidate;
import org.glassmap.core.sampling.SearchOutcome.Dropped;
import org.glassmap.core.sampling.SearchOutcome.Reason;
import org.glassmap.core.sampling.SearchOutcome.Stop;

/**
 * A genetic algorithm over removals: two distinct parents by tournament, uniform crossover with repair, mutation by
 * swaps, the best survive. No genome is evaluated twice. Where there are no more configurations than evaluations allowed,
 * all are looked at instead, with proof of the lowest.
 *
 * <p>Problem, settings, seed and energies decide the answer to the last bit: random numbers come from one {@link
 * SplittableRandom} in one thread, energies from as many threads as one likes, and ties go to the smaller genome.
 */
public final class GeneticSearch {

    /** Is told after every generation. */
    @FunctionalInterface
    public interface Listener {
        /** @param lowest eV of the whole cell; infinite as long as there is none */
        void generation(int generation, int evaluations, double lowest);
    }

    private static final Comparator<Candidate> LOWER =
            Comparator.comparingDouble(Candidate::energy).thenComparing(Candidate::genome);

    private static final int ATTEMPTS = 100;
    private static final int ENUMERATION_BATCH = 256;

    private final GeneticSettings settings;

    public GeneticSearch(GeneticSettings settings) {
        this.settings = settings;
    }

    public SearchOutcome search(Removal problem, long seed, RemovalEnergies energies) {
        return search(problem, seed, energies, (generation, evaluations, lowest) -> {}, () -> false);
    }

    /** @param cancelled asked between generations */
    public SearchOutcome search(
            Removal problem, long seed, RemovalEnergies energies, Listener listener, BooleanSupplier cancelled) {
        Run run = new Run(problem, seed, energies, listener, cancelled);
        boolean few = problem.configurations().compareTo(BigInteger.valueOf(settings.maxEvaluations())) <= 0;
        return run.outcome(few ? run.enumerated() : run.evolved());
    }

    private final class Run {

        private final Removal problem;
        private final SplittableRandom random;
        private final RemovalEnergies energies;
        private final Listener listener;
        private final BooleanSupplier cancelled;
        private final Set<Genome> seen = new HashSet<>();
        private final List<Candidate> evaluated = new ArrayList<>();
        private final List<Dropped> withoutEnergy = new ArrayList<>();
        private int generations;
        private double lowest = Double.POSITIVE_INFINITY;
        private int unimproved;

        Run(Removal problem, long seed, RemovalEnergies energies, Listener listener, BooleanSupplier cancelled) {
            this.problem = problem;
            this.random = new SplittableRandom(seed);
            this.energies = energies;
            this.listener = listener;
            this.cancelled = cancelled;
        }

        Stop enumerated() {
            List<Genome> all = new ArrayList<>();
            problem.enumerate(all::add);
            for (int from = 0; from < all.size(); from += ENUMERATION_BATCH) {
                if (cancelled.getAsBoolean()) {
                    return Stop.CANCELLED;
                }
                evaluate(all.subList(from, Math.min(all.size(), from + ENUMERATION_BATCH)));
                listener.generation(0, all.size(), lowest);
            }
            return Stop.ENUMERATED;
        }

        Stop evolved() {
            List<Candidate> population = List.of();
            while (true) {
                if (cancelled.getAsBoolean()) {
                    return Stop.CANCELLED;
                }
                int left = settings.maxEvaluations() - evaluations();
                if (left == 0) {
                    return Stop.BUDGET;
                }
                if (unimproved >= settings.patience()) {
                    return Stop.NO_IMPROVEMENT;
                }
                List<Candidate> children = evaluate(brood(population, Math.min(left, settings.population())));
                population = survivors(population, children);
                generations++;
                listener.generation(generations, evaluations(), lowest);
            }
        }

        private int evaluations() {
            return evaluated.size() + withoutEnergy.size();
        }

        private List<Candidate> evaluate(List<Genome> genomes) {
            double[] values = energies.energies(problem, genomes);
            List<Candidate> finite = new ArrayList<>();
            double before = lowest;
            for (int k = 0; k < values.length; k++) {
                if (Double.isFinite(values[k])) {
                    finite.add(new Candidate(genomes.get(k), values[k]));
                    lowest = Math.min(lowest, values[k]);
                } else {
                    withoutEnergy.add(new Dropped(genomes.get(k), values[k], Reason.NOT_FINITE));
                }
            }
            evaluated.addAll(finite);
            unimproved = lowest < before - settings.equivalentWithin() ? 0 : unimproved + 1;
            return finite;
        }

        /** New genomes, none seen before. */
        private List<Genome> brood(List<Candidate> population, int size) {
            List<Genome> brood = new ArrayList<>();
            while (brood.size() < size) {
                Genome child = population.size() < 2 ? problem.random(random) : child(population);
                // A population that has become alike has few new children: then chance helps out.
                for (int attempt = 0; seen.contains(child); attempt++) {
                    child = attempt < ATTEMPTS && population.size() >= 2 ? child(population) : problem.random(random);
                }
                seen.add(child);
                brood.add(child);
            }
            return brood;
        }

        private Genome child(List<Candidate> population) {
            Candidate one = tournament(population);
            Candidate other = tournament(population);
            while (other == one) {
                other = population.get(random.nextInt(population.size()));
            }
            Genome child = problem.crossed(one.genome(), other.genome(), random);
            return problem.mutated(child, settings.mutationRate(), random);
        }

        private Candidate tournament(List<Candidate> candidates) {
            Candidate one = candidates.get(random.nextInt(candidates.size()));
            Candidate other = candidates.get(random.nextInt(candidates.size()));
            return LOWER.compare(one, other) <= 0 ? one : other;
        }

        /** The elite of parents and children, then winners of tournaments among the others; no equivalents. */
        private List<Candidate> survivors(List<Candidate> population, List<Candidate> children) {
            List<Candidate> all = new ArrayList<>(population);
            all.addAll(children);
            all.sort(LOWER);
            List<Candidate> distinct = distinct(all);
            List<Candidate> survivors =
                    new ArrayList<>(distinct.subList(0, Math.min(settings.elite(), distinct.size())));
            List<Candidate> others = new ArrayList<>(distinct.subList(survivors.size(), distinct.size()));
            while (survivors.size() < settings.population() && !others.isEmpty()) {
                Candidate winner = tournament(others);
                others.remove(winner);
                survivors.add(winner);
            }
            return survivors;
        }

        /** From candidates by rising energy those that lie above the one before by the tolerance or more. */
        private List<Candidate> distinct(List<Candidate> sorted) {
            List<Candidate> distinct = new ArrayList<>();
            for (Candidate candidate : sorted) {
                if (distinct.isEmpty()
                        || candidate.energy() - distinct.getLast().energy() > settings.equivalentWithin()) {
                    distinct.add(candidate);
                }
            }
            return distinct;
        }

        SearchOutcome outcome(Stop stop) {
            evaluated.sort(LOWER);
            List<Candidate> distinct = distinct(evaluated);
            List<Candidate> kept = distinct.subList(0, Math.min(settings.kept(), distinct.size()));
            List<Dropped> dropped = new ArrayList<>();
            if (!kept.isEmpty()) {
                double last = kept.getLast().energy() + settings.equivalentWithin();
                Set<Genome> handedOver = new HashSet<>();
                kept.forEach(candidate -> handedOver.add(candidate.genome()));
                for (Candidate candidate : evaluated) {
                    if (candidate.energy() <= last && !handedOver.contains(candidate.genome())) {
                        dropped.add(new Dropped(candidate.genome(), candidate.energy(), Reason.EQUIVALENT));
                    }
                }
            }
            withoutEnergy.sort(Comparator.comparing(Dropped::genome));
            dropped.addAll(withoutEnergy);
            return new SearchOutcome(kept, dropped, evaluations(), generations, problem.configurations(), stop);
        }
    }
}
