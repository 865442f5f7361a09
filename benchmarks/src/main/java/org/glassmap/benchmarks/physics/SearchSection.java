package org.glassmap.benchmarks.physics;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.Consumer;
import org.glassmap.benchmarks.kernels.Samples;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.Timing;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.sampling.GeneticSearch;
import org.glassmap.core.sampling.GeneticSettings;
import org.glassmap.core.sampling.Genome;
import org.glassmap.core.sampling.Removal;
import org.glassmap.core.sampling.RemovalEnergies;
import org.glassmap.core.sampling.RemovalUnit;
import org.glassmap.core.sampling.SearchOutcome;

/** The genetic algorithm as a campaign runs it: what a trial costs, and how much of it is not the energy. */
public final class SearchSection implements Section {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String description() {
        return "genetic algorithm: time per trial, with and without its energies";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        Structure parent = Samples.warm(effort.size(128, 32), 3);
        Removal problem = new Removal(parent, RemovalUnit.LI2S, 3);
        GeneticSettings settings =
                GeneticSettings.PAPER.withMaxEvaluations(effort.size(3200, 64)).withPatience(1_000);
        int searches = Math.max(1, effort.rounds() / 4);
        double[] energies = new double[searches];
        double[] rest = new double[searches];
        Clocked clocked = new Clocked(RemovalEnergies.of(Samples.potential(1)));
        for (int k = -1; k < searches; k++) { // the first one warms up, and is overwritten
            long before = clocked.nanoseconds;
            long start = THREADS.getCurrentThreadCpuTime();
            SearchOutcome outcome = new GeneticSearch(settings).search(problem, 5 + k, clocked);
            double all = 1e-9 * (THREADS.getCurrentThreadCpuTime() - start);
            double own = 1e-9 * (clocked.nanoseconds - before);
            energies[Math.max(0, k)] = own / outcome.evaluations();
            rest[Math.max(0, k)] = (all - own) / outcome.evaluations();
        }
        Timing energy = Timing.of(energies);
        Timing overhead = Timing.of(rest);
        return List.of(
                Row.perAtom("one trial's energy in the genetic search", parent.size(), energy, "flops: networks"),
                Row.perAtom("the search itself, per trial", parent.size(), overhead, "sorting, hashing of genomes")
                        .with(Ratio.cost("its energy", overhead.minimum() / energy.minimum(), null)));
    }

    /** Energies, and what they took of the thread that asked. */
    private static final class Clocked implements RemovalEnergies {

        private final RemovalEnergies energies;
        private long nanoseconds;

        Clocked(RemovalEnergies energies) {
            this.energies = energies;
        }

        @Override
        public double[] energies(Removal problem, List<Genome> genomes) {
            long start = THREADS.getCurrentThreadCpuTime();
            double[] values = energies.energies(problem, genomes);
            nanoseconds += THREADS.getCurrentThreadCpuTime() - start;
            return values;
        }
    }
}
