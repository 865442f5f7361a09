package org.glassmap.benchmarks.kernels;

import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.DescriptorCalculator;
import org.glassmap.core.learning.NetworkPotential;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One evaluation of one structure, each with a neighbour list of its own. */
@State(Scope.Thread)
public class EvaluationBenchmark {

    @Param({"32", "64", "128", "1024", "4096"})
    public int atoms = 32;

    private Structure structure = Samples.warm(32, 1);
    private final NetworkPotential potential = Samples.potential(1);
    private final CommitteeCalculator calculator = potential.calculator();
    private final DescriptorCalculator descriptors = new DescriptorCalculator(Samples.PAPER);

    @Setup
    public void build() {
        structure = Samples.warm(atoms, 1);
    }

    @Benchmark
    public Evaluation energyForcesVirial() {
        return calculator.evaluate(structure);
    }

    @Benchmark
    public double energy() {
        return calculator.energy(structure);
    }

    @Benchmark
    public double[][] descriptors() {
        return descriptors.features(structure);
    }

    @Benchmark
    public NeighbourList list() {
        return NeighbourList.of(structure, Samples.PAPER.cutoff());
    }
}
