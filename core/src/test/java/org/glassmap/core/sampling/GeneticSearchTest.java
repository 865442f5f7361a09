package org.glassmap.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.sampling.SearchOutcome.Candidate;
import org.glassmap.core.sampling.SearchOutcome.Reason;
import org.glassmap.core.sampling.SearchOutcome.Stop;
import org.junit.jupiter.api.Test;

class GeneticSearchTest {

    private static final Potential POTENTIAL = PairPotential.thiophosphate();
    private static final GeneticSettings SETTINGS = GeneticSettings.PAPER;

    @Test
    void separableProblemsAreSolvedWithinThePapersBudget() {
        // 128 sites. Design note: the search of ref. J. Chem. Phys. 148, 241711 (2018) as published reaches 59-77 % on
        // 168 sites, where 0 is a random choice and 1 the best. Here 1.000, 1.000 and 0.992.
        assertThat(quality(RemovalUnit.LI2S, 1)).isGreaterThan(0.999);
        assertThat(quality(RemovalUnit.P2S5, 1)).isGreaterThan(0.999);
        assertThat(quality(RemovalUnit.P2S5, 4)).isGreaterThan(0.97);
    }

    private static double quality(RemovalUnit unit, int times) {
        Removal problem = new Removal(PairPotential.famatinite(5.6).repeated(2, 2, 2), unit, times);
        double quality = 0;
        for (int seed = 0; seed < 10; seed++) {
            Separable fields = new Separable(problem, seed);
            SearchOutcome outcome = new GeneticSearch(SETTINGS).search(problem, seed, fields);
            assertThat(outcome.evaluations()).isLessThanOrEqualTo(3200);
            quality += fields.share(outcome.lowest().getFirst().energy()) / 10;
        }
        return quality;
    }

    @Test
    void theSameBitsForOneTwoAndFourThreads() {
        Removal problem = new Removal(rattled(1).repeated(2, 1, 1), RemovalUnit.LI2S, 2);
        GeneticSettings small = SETTINGS.withMaxEvaluations(400);
        SearchOutcome one = new GeneticSearch(small).search(problem, 7, RemovalEnergies.of(POTENTIAL));
        for (int threads : new int[] {2, 4}) {
            try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
                SearchOutcome other =
                        new GeneticSearch(small).search(problem, 7, RemovalEnergies.of(POTENTIAL, executor, threads));
                assertThat(other).isEqualTo(one);
            }
        }
        assertThat(new GeneticSearch(small).search(problem, 8, RemovalEnergies.of(POTENTIAL)))
                .isNotEqualTo(one);
    }

    @Test
    void aSmallProblemIsEnumeratedWithProof() {
        Structure parent = rattled(2);
        Removal problem = new Removal(parent, RemovalUnit.LI2S, 1);
        assertThat(problem.configurations()).isEqualTo(BigInteger.valueOf(15 * 8)); // C(6,2) · 8
        SearchOutcome outcome = new GeneticSearch(SETTINGS).search(problem, 1, RemovalEnergies.of(POTENTIAL));
        assertThat(outcome.stop()).isEqualTo(Stop.ENUMERATED);
        assertThat(outcome.evaluations()).isEqualTo(120);
        assertThat(outcome.lowest()).hasSize(10);
        Potential.Calculator calculator = POTENTIAL.calculator();
        double lowest = Double.POSITIVE_INFINITY;
        List<Genome> all = new ArrayList<>();
        problem.enumerate(all::add);
        assertThat(new HashSet<>(all)).hasSize(120);
        for (Genome genome : all) {
            lowest = Math.min(lowest, calculator.energy(problem.structure(genome)));
        }
        assertThat(outcome.lowest().getFirst().energy()).isEqualTo(lowest);
    }

    /** Which sulphide goes is a niche, whichever two lithium go with it. */
    @Test
    void theLowestOfEveryNicheComesFirst() {
        Removal problem = new Removal(rattled(2), RemovalUnit.LI2S, 1); // 8 sulphur, 15 pairs of lithium
        SearchOutcome outcome =
                new GeneticSearch(SETTINGS.withKept(120)).search(problem, 1, RemovalEnergies.of(POTENTIAL));
        List<Candidate> ordered = outcome.nichesFirst(problem);
        assertThat(ordered).containsExactlyInAnyOrderElementsOf(outcome.lowest());
        List<Candidate> first = ordered.subList(0, 8);
        assertThat(first.stream().map(one -> problem.niche(one.genome()))).doesNotHaveDuplicates();
        assertThat(first).isSortedAccordingTo(Comparator.comparingDouble(Candidate::energy));
        assertThat(ordered.subList(8, ordered.size()))
                .isSortedAccordingTo(Comparator.comparingDouble(Candidate::energy))
                .allSatisfy(other -> assertThat(first)
                        .filteredOn(one -> problem.niche(one.genome()).equals(problem.niche(other.genome())))
                        .singleElement()
                        .satisfies(one -> assertThat(one.energy()).isLessThan(other.energy())));
    }

    @Test
    void aNicheIsWhatIsTakenOfTheRarestSpecies() {
        Structure parent = rattled(2);
        Removal problem = new Removal(parent, RemovalUnit.P2S5, 1);
        List<Genome> all = new ArrayList<>();
        problem.enumerate(all::add);
        for (Genome genome : all) {
            assertThat(Arrays.stream(problem.niche(genome).removed()).boxed())
                    .hasSize(2)
                    .allMatch(atom -> parent.species(atom) == Species.P);
        }
    }

    @Test
    void theSearchFindsTheOptimumOfAnEnumerableProblem() {
        Removal problem = new Removal(rattled(3).repeated(2, 1, 1), RemovalUnit.LI2S, 1); // 1,056 ways
        RemovalEnergies energies = RemovalEnergies.of(POTENTIAL);
        SearchOutcome proven = new GeneticSearch(SETTINGS).search(problem, 1, energies);
        assertThat(proven.stop()).isEqualTo(Stop.ENUMERATED);
        for (int seed = 0; seed < 3; seed++) {
            SearchOutcome found = new GeneticSearch(SETTINGS.withMaxEvaluations(1000)).search(problem, seed, energies);
            assertThat(found.stop()).isNotEqualTo(Stop.ENUMERATED);
            assertThat(found.lowest().getFirst()).isEqualTo(proven.lowest().getFirst());
        }
    }

    @Test
    void everyCandidateHasTheAskedComposition() {
        for (RemovalUnit unit : List.of(RemovalUnit.LI2S, RemovalUnit.P2S5)) {
            Removal problem = new Removal(PairPotential.famatinite(5.6).repeated(2, 2, 1), unit, 3);
            SplittableRandom random = new SplittableRandom(4);
            Genome one = problem.random(random);
            for (int trial = 0; trial < 2000; trial++) {
                Genome other = problem.random(random);
                Genome crossed = problem.crossed(one, other, random);
                one = problem.mutated(crossed, 0.3, random);
                assertThat(problem.structure(crossed).composition()).isEqualTo(problem.composition());
                assertThat(problem.structure(one).composition()).isEqualTo(problem.composition());
            }
        }
    }

    @Test
    void sitesOnWhichTheParentsAgreeAreInherited() {
        Removal problem = new Removal(PairPotential.famatinite(5.6).repeated(2, 2, 1), RemovalUnit.P2S5, 2);
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 500; trial++) {
            Genome one = problem.random(random);
            Genome other = problem.random(random);
            Genome child = problem.crossed(one, other, random);
            for (int atom = 0; atom < problem.parent().size(); atom++) {
                if (one.removes(atom) == other.removes(atom)) {
                    assertThat(child.removes(atom)).isEqualTo(one.removes(atom));
                }
            }
        }
    }

    @Test
    void imagesOfOneConfigurationAreHandedOverOnce() {
        // The ideal cell twice: every genome has its image in the other half.
        Removal problem = new Removal(PairPotential.famatinite(5.6).repeated(2, 1, 1), RemovalUnit.LI2S, 1);
        SearchOutcome outcome = new GeneticSearch(SETTINGS).search(problem, 1, RemovalEnergies.of(POTENTIAL));
        List<Candidate> lowest = outcome.lowest();
        for (int k = 1; k < lowest.size(); k++) {
            assertThat(lowest.get(k).energy() - lowest.get(k - 1).energy()).isGreaterThan(SETTINGS.equivalentWithin());
        }
        assertThat(outcome.dropped())
                .hasSizeGreaterThanOrEqualTo(lowest.size())
                .allMatch(dropped -> dropped.reason() == Reason.EQUIVALENT);
    }

    @Test
    void genomesWithoutAFiniteEnergyAreDroppedAndCounted() {
        Removal problem = new Removal(rattled(2), RemovalUnit.LI2S, 1);
        RemovalEnergies every = RemovalEnergies.of(POTENTIAL);
        RemovalEnergies holed = (removal, genomes) -> {
            double[] values = every.energies(removal, genomes);
            for (int k = 0; k < values.length; k++) {
                values[k] = genomes.get(k).removed()[0] == 2 ? Double.NaN : values[k];
            }
            return values;
        };
        SearchOutcome outcome = new GeneticSearch(SETTINGS).search(problem, 1, holed);
        assertThat(outcome.evaluations()).isEqualTo(120);
        assertThat(outcome.dropped())
                .filteredOn(dropped -> dropped.reason() == Reason.NOT_FINITE)
                .hasSize(5 * 8);
        assertThat(outcome.lowest()).allMatch(candidate -> !candidate.genome().removes(2));
    }

    @Test
    void noGenomeIsPaidForTwice() {
        Removal problem = new Removal(PairPotential.famatinite(5.6).repeated(2, 1, 1), RemovalUnit.P2S5, 1);
        Set<Genome> seen = new HashSet<>();
        Separable fields = new Separable(problem, 1);
        SearchOutcome outcome = new GeneticSearch(SETTINGS).search(problem, 1, (removal, genomes) -> {
            genomes.forEach(genome -> assertThat(seen.add(genome)).isTrue());
            return fields.energies(removal, genomes);
        });
        assertThat(outcome.evaluations()).isEqualTo(seen.size());
    }

    @Test
    void itEndsForTheReasonItGives() {
        Removal problem = new Removal(PairPotential.famatinite(5.6).repeated(2, 2, 1), RemovalUnit.P2S5, 2);
        Separable fields = new Separable(problem, 1);
        GeneticSearch impatient = new GeneticSearch(SETTINGS.withPatience(3));
        assertThat(impatient.search(problem, 1, fields).stop()).isEqualTo(Stop.NO_IMPROVEMENT);
        SearchOutcome short33 = new GeneticSearch(SETTINGS.withMaxEvaluations(33)).search(problem, 1, fields);
        assertThat(short33.stop()).isEqualTo(Stop.BUDGET);
        assertThat(short33.evaluations()).isEqualTo(33);
        List<Integer> told = new ArrayList<>();
        SearchOutcome stopped = new GeneticSearch(SETTINGS)
                .search(problem, 1, fields, (generation, spent, lowest) -> told.add(spent), () -> told.size() == 2);
        assertThat(stopped.stop()).isEqualTo(Stop.CANCELLED);
        assertThat(told).containsExactly(32, 64);
        assertThat(stopped.lowest()).isNotEmpty();
    }

    @Test
    void aFailureOfThePotentialReachesTheCaller() {
        Structure oxide = Structure.of(
                rattled(1).cell(),
                rattled(1).species().stream()
                        .map(species -> species == Species.P ? Species.O : species)
                        .toList(),
                rattled(1).positions());
        Removal problem = new Removal(oxide, RemovalUnit.LI2S, 1);
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            assertThatThrownBy(() ->
                            new GeneticSearch(SETTINGS).search(problem, 1, RemovalEnergies.of(POTENTIAL, executor, 2)))
                    .isInstanceOf(InvalidStructureException.class);
        }
    }

    @Test
    void moreThanThereIsCannotBeRemoved() {
        Structure parent = PairPotential.famatinite(5.6);
        assertThatThrownBy(() -> new Removal(parent, RemovalUnit.P2S5, 2))
                .hasMessageContaining("cannot take 2 P2S5 out of Li6P2S8: at most 1");
        assertThatThrownBy(() -> new Removal(PairPotential.lithiumSulfide(5.7), RemovalUnit.LI2S, 4))
                .hasMessageContaining("at most 3, so that something is left");
        Removal problem = new Removal(parent, RemovalUnit.LI2S, 1);
        assertThatThrownBy(() -> problem.structure(Genome.of(2, 3, 4))).hasMessageContaining("does not take 1 Li2S");
        assertThatThrownBy(() -> Genome.of(1, 1)).hasMessageContaining("given once");
    }

    @Test
    void thePapersCountsOfWaysAreRight() {
        // Design note, science §7: 128-atom β cell and 168-atom Li7P3S11 cell, one Li2S or one P2S5.
        Structure beta = PairPotential.famatinite(5.6).repeated(2, 2, 2);
        assertThat(new Removal(beta, RemovalUnit.LI2S, 1).configurations()).isEqualTo(BigInteger.valueOf(72_192));
        assertThat(new Removal(beta, RemovalUnit.P2S5, 1).configurations().doubleValue())
                .isCloseTo(9.15e8, within(1e6));
    }

    private static Structure rattled(long seed) {
        Structure structure = PairPotential.famatinite(5.6);
        SplittableRandom random = new SplittableRandom(seed);
        double[] positions = structure.positions();
        for (int k = 0; k < positions.length; k++) {
            positions[k] += 0.3 * (random.nextDouble() - 0.5);
        }
        return structure.withPositions(positions);
    }

    /** Energies that are sums of a random number per removed site. */
    private static final class Separable implements RemovalEnergies {
        private final double[] fields;
        private final double best;
        private final double mean;

        Separable(Removal problem, long seed) {
            SplittableRandom random = new SplittableRandom(seed + 1000);
            fields = random.doubles(problem.parent().size()).toArray();
            double sum = 0;
            for (var entry : problem.unit().atoms().counts().entrySet()) {
                sum += IntStream.range(0, fields.length)
                        .filter(atom -> problem.parent().species(atom) == entry.getKey())
                        .mapToDouble(atom -> fields[atom])
                        .sorted()
                        .limit((long) entry.getValue() * problem.times())
                        .sum();
            }
            best = sum;
            mean = 0.5 * problem.unit().atoms().atoms() * problem.times();
        }

        /** 0 for a random choice, 1 for the best one. */
        double share(double energy) {
            return (mean - energy) / (mean - best);
        }

        @Override
        public double[] energies(Removal problem, List<Genome> genomes) {
            return genomes.stream()
                    .mapToDouble(genome -> {
                        double sum = 0;
                        for (int atom : genome.removed()) {
                            sum += fields[atom];
                        }
                        return sum;
                    })
                    .toArray();
        }
    }
}
