package org.glassmap.benchmarks.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.glassmap.benchmarks.measuring.Contender;
import org.glassmap.benchmarks.measuring.Effort;
import org.glassmap.benchmarks.measuring.Pinning;
import org.glassmap.benchmarks.measuring.Row;
import org.glassmap.benchmarks.measuring.Row.Ratio;
import org.glassmap.benchmarks.measuring.Section;
import org.glassmap.benchmarks.measuring.SideBySide;
import org.glassmap.benchmarks.measuring.Timing;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.VerletList;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.sampling.Motion;

/**
 * The fast kernel beside the plain one, small cells taken together, large structures against one of 64 atoms, what
 * dynamics spends on neighbours, two threads against one.
 */
public final class KernelsSection implements Section {

    private static final double MUST_OF_SMALL_CELLS = 1.5;
    private static final double MUST_OF_TWO_THREADS = 1.8;

    /** Per atom, from 64 to 100,000 atoms. */
    private static final double MUST_OF_SIZES = 1.15;

    private static final double MUST_OF_LISTS_IN_DYNAMICS = 0.2;

    @Override
    public String name() {
        return "kernels";
    }

    @Override
    public String description() {
        return "the fast kernel beside the plain one; small cells by the batch; sizes; dynamics; two threads";
    }

    @Override
    public List<Row> measure(Effort effort, Consumer<String> told) {
        NetworkPotential potential = Samples.potential(1);
        int atoms = effort.size(1024, 64);
        List<Row> rows = new ArrayList<>();
        try (Pinning pinned = Pinning.toOneCore()) {
            rows.addAll(oneCore(effort, potential, atoms));
            rows.addAll(sizes(effort, potential));
            rows.add(dynamics(effort, potential, atoms));
        }
        if (Runtime.getRuntime().availableProcessors() > 1) {
            rows.add(twoThreads(effort, potential, effort.size(4096, 64)));
        } else {
            told.accept("one core only: two threads are not measured");
        }
        return rows;
    }

    private static List<Row> oneCore(Effort effort, NetworkPotential potential, int atoms) {
        Structure large = Samples.warm(atoms, 1);
        List<Structure> of32 = copies(32, atoms / 32);
        List<Structure> of64 = copies(64, atoms / 64);
        CommitteeCalculator best = potential.calculator();
        CommitteeCalculator plain = potential.calculator(Kernel.PLAIN);
        List<Timing> timings = SideBySide.run(
                effort,
                List.of(
                        () -> best.evaluate(large),
                        () -> plain.evaluate(large),
                        () -> best.predict(of32),
                        () -> best.predict(of64)));
        double fast = timings.get(0).minimum();
        String forces = "energy + forces + virial, list made, ";
        return List.of(
                Row.perAtom(forces + best.kernel().id(), atoms, timings.get(0), "flops; the list's memory")
                        .with(Ratio.faster(Kernel.PLAIN.id(), timings.get(1).minimum() / fast)),
                Row.perAtom(forces + Kernel.PLAIN.id(), atoms, timings.get(1), "flops, as far as C2 vectorises"),
                batch("cells of 32 atoms together", atoms, timings.get(2), fast),
                batch("cells of 64 atoms together", atoms, timings.get(3), fast));
    }

    private static Row batch(String what, int atoms, Timing timing, double large) {
        return Row.perAtom(what, atoms, timing, "lanes that stay empty")
                .with(Ratio.cost("per atom of one large cell", timing.minimum() / large, MUST_OF_SMALL_CELLS));
    }

    private static List<Structure> copies(int atoms, int count) {
        return IntStream.range(0, count)
                .mapToObj(k -> Samples.warm(atoms, 50 + k))
                .toList();
    }

    private static List<Row> sizes(Effort effort, NetworkPotential potential) {
        CommitteeCalculator calculator = potential.calculator();
        int[] atoms = effort == Effort.SMOKE ? new int[] {64, 256} : new int[] {64, 1024, 8192, 32768, 131072};
        List<Runnable> contenders = new ArrayList<>();
        for (int size : atoms) {
            Structure structure = Samples.warm(size, 1);
            contenders.add(() -> calculator.evaluate(structure));
        }
        List<Timing> timings = SideBySide.run(effort, contenders);
        double reference = timings.getFirst().minimum() / atoms[0];
        List<Row> rows = new ArrayList<>();
        for (int k = 1; k < atoms.length; k++) {
            double perAtom = timings.get(k).minimum() / atoms[k];
            rows.add(Row.perAtom("energy + forces + virial, list made", atoms[k], timings.get(k), "flops; memory")
                    .with(Ratio.cost("per atom of " + atoms[0], perAtom / reference, MUST_OF_SIZES)));
        }
        return rows;
    }

    /** Atoms at 600 K that fly straight, which ends the life of lists sooner than if they swung. */
    private static Row dynamics(Effort effort, NetworkPotential potential, int atoms) {
        Motion start = Motion.thermal(Samples.warm(atoms, 1), 600, 1);
        List<Structure> steps = IntStream.range(0, 60)
                .mapToObj(step -> Samples.flown(start, 1.0 * step))
                .toList();
        CommitteeCalculator calculator = potential.calculator();
        NeighbourList.Space space = new NeighbourList.Space();
        List<Timing> timings = SideBySide.run(
                effort,
                List.of(
                        () -> {
                            VerletList lists = calculator.verletList();
                            steps.forEach(at -> lists.at(at).list(0, atoms, space));
                        },
                        () -> {
                            CommitteeCalculator following = calculator.following();
                            steps.forEach(following::evaluate);
                        }));
        Timing lists = timings.getFirst();
        return Row.perAtom(
                        "dynamics, 1 fs at 600 K: list and skin, of a step",
                        atoms,
                        new Timing(lists.minimum() / steps.size(), lists.median() / steps.size()),
                        "memory: the list")
                .with(Ratio.cost("a step", lists.minimum() / timings.get(1).minimum(), MUST_OF_LISTS_IN_DYNAMICS));
    }

    /** By the clock on the wall: what the processor gave says nothing of how long one waits. */
    private static Row twoThreads(Effort effort, NetworkPotential potential, int atoms) {
        Structure structure = Samples.warm(atoms, 1);
        CommitteeCalculator one = potential.calculator();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            CommitteeCalculator two = potential.calculator(Kernel.best(), threads, 2);
            List<Timing> timings = SideBySide.run(
                    effort,
                    effort.rounds(),
                    List.of(
                            Contender.waiting(() -> one.evaluate(structure)),
                            Contender.waiting(() -> two.evaluate(structure))));
            return Row.perAtom("two threads, list included, by the wall's clock", atoms, timings.get(1), "memory")
                    .with(Ratio.faster(
                            "one thread",
                            timings.get(0).minimum() / timings.get(1).minimum(),
                            MUST_OF_TWO_THREADS));
        }
    }
}
