package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.glassmap.core.atoms.Species;

/**
 * Everything of a potential in training but its weights: descriptor, shape of the networks, scaling of the features,
 * atomic energies. Species are numbered as in the environment; the weights of all networks stand one after the other.
 */
final class Architecture {

    /** A feature that varies less than this share of the mean spread is not blown up beyond it. */
    private static final double LEAST_SPREAD = 0.05;

    final Descriptor descriptor;
    final Repulsion repulsion;
    final List<FeatureScaling> scalings;

    /** eV, by species: what the energies are on average made of. */
    final double[] atomicEnergies;

    /** 1/eV. */
    final double energyScale;

    private final Network shape;

    Architecture(
            Descriptor descriptor,
            Repulsion repulsion,
            Network shape,
            List<FeatureScaling> scalings,
            double[] atomicEnergies,
            double energyScale) {
        this.descriptor = descriptor;
        this.repulsion = repulsion;
        this.shape = shape;
        this.scalings = List.copyOf(scalings);
        this.atomicEnergies = atomicEnergies.clone();
        this.energyScale = energyScale;
    }

    /**
     * Feature scaling: mean and standard deviation (two passes) over all atoms of a species. Atomic energies: least
     * squares of energy per atom on composition, frames counting by their weight in the loss.
     *
     * @throws IllegalArgumentException if a species of the environment occurs in no frame
     */
    static Architecture of(TrainingSettings settings, List<PreparedFrame> frames) {
        Descriptor descriptor = settings.descriptor();
        int kinds = descriptor.environment().size();
        Network shape = Network.random(
                descriptor.size(), settings.hidden(), settings.activation(), new SplittableRandom(settings.seed()));
        return new Architecture(
                descriptor,
                settings.repulsion(),
                shape,
                scalings(descriptor, frames),
                atomicEnergies(kinds, frames),
                1);
    }

    private static List<FeatureScaling> scalings(Descriptor descriptor, List<PreparedFrame> frames) {
        int kinds = descriptor.environment().size();
        int size = descriptor.size();
        long[] atoms = new long[kinds];
        double[][] mean = new double[kinds][size];
        double[][] spread = new double[kinds][size];
        DescriptorCalculator calculator = new DescriptorCalculator(descriptor);
        for (int pass = 0; pass < 2; pass++) {
            for (PreparedFrame frame : frames) {
                double[] features = frame.features(calculator);
                for (int i = 0; i < frame.size(); i++) {
                    int kind = frame.kind[i];
                    if (pass == 0) {
                        atoms[kind]++;
                    }
                    for (int f = 0; f < size; f++) {
                        double g = features[i * size + f];
                        if (pass == 0) {
                            mean[kind][f] += (g - mean[kind][f]) / atoms[kind];
                        } else {
                            spread[kind][f] += (g - mean[kind][f]) * (g - mean[kind][f]) / atoms[kind];
                        }
                    }
                }
            }
        }
        List<FeatureScaling> scalings = new ArrayList<>();
        for (int kind = 0; kind < kinds; kind++) {
            if (atoms[kind] == 0) {
                Species missing = descriptor.environment().get(kind);
                throw new IllegalArgumentException(
                        "no frame has %s; leave it out of the environment".formatted(missing));
            }
            scalings.add(new FeatureScaling(mean[kind], factors(spread[kind], mean[kind])));
        }
        return scalings;
    }

    private static double[] factors(double[] variance, double[] mean) {
        double typical = 0;
        for (double v : variance) {
            typical += Math.sqrt(v) / variance.length;
        }
        double[] factor = new double[variance.length];
        for (int f = 0; f < factor.length; f++) {
            double deviation = Math.sqrt(variance[f]);
            boolean varies = deviation > 1e-10 * (1 + Math.abs(mean[f]));
            factor[f] = varies ? 1 / Math.max(deviation, LEAST_SPREAD * typical) : 0;
        }
        return factor;
    }

    private static double[] atomicEnergies(int kinds, List<PreparedFrame> frames) {
        DMatrixRMaj normal = new DMatrixRMaj(kinds, kinds);
        DMatrixRMaj right = new DMatrixRMaj(kinds, 1);
        for (PreparedFrame frame : frames) {
            double[] share = new double[kinds];
            for (int kind : frame.kind) {
                share[kind] += 1.0 / frame.size();
            }
            for (int a = 0; a < kinds; a++) {
                right.add(a, 0, frame.weight * share[a] * frame.energy / frame.size());
                for (int b = 0; b < kinds; b++) {
                    normal.add(a, b, frame.weight * share[a] * share[b]);
                }
            }
        }
        // Frames of one composition determine only a sum; the ridge, far below any datum, then picks the smallest.
        double trace = 0;
        for (int a = 0; a < kinds; a++) {
            trace += normal.get(a, a);
        }
        for (int a = 0; a < kinds; a++) {
            normal.add(a, a, 1e-9 * trace);
        }
        DMatrixRMaj energies = new DMatrixRMaj(kinds, 1);
        if (!CommonOps_DDRM.solve(normal, right, energies)) {
            throw new IllegalArgumentException("atomic energies cannot be told from these frames");
        }
        return energies.data;
    }

    /** What a potential was made of, to go on from it. */
    static Architecture of(NetworkPotential potential) {
        SpeciesNetwork any = potential.networks().getFirst();
        List<FeatureScaling> scalings = new ArrayList<>();
        List<Species> environment = any.descriptor().environment();
        double[] energies = new double[environment.size()];
        for (int kind = 0; kind < energies.length; kind++) {
            SpeciesNetwork network = potential.network(environment.get(kind));
            if (!network.descriptor().equals(any.descriptor())
                    || !network.network().sameShape(any.network())
                    || network.energyScale() != any.energyScale()) {
                throw new IllegalArgumentException(
                        "training goes on only where all species share descriptor, shape and energy scale; %s differs from %s"
                                .formatted(network.species(), any.species()));
            }
            scalings.add(network.scaling());
            energies[kind] = network.energyShift() + network.atomicEnergy();
        }
        return new Architecture(
                any.descriptor(), potential.repulsion(), any.network(), scalings, energies, any.energyScale());
    }

    static double[] weights(NetworkPotential potential) {
        Architecture architecture = of(potential);
        double[] weights = new double[architecture.weightCount()];
        List<Species> environment = architecture.descriptor.environment();
        for (int kind = 0; kind < environment.size(); kind++) {
            double[] own = potential.network(environment.get(kind)).network().weights();
            System.arraycopy(own, 0, weights, architecture.offset(kind), own.length);
        }
        return weights;
    }

    double[] randomWeights(TrainingSettings settings, long seed) {
        double[] weights = new double[weightCount()];
        SplittableRandom random = new SplittableRandom(seed);
        for (int kind = 0; kind < species(); kind++) {
            double[] own = Network.random(descriptor.size(), settings.hidden(), settings.activation(), random)
                    .weights();
            System.arraycopy(own, 0, weights, offset(kind), own.length);
        }
        return weights;
    }

    int species() {
        return descriptor.environment().size();
    }

    Network shape() {
        return shape;
    }

    int weightCount() {
        return species() * shape.weightCount();
    }

    /** Where the weights of a species begin. */
    int offset(int kind) {
        return kind * shape.weightCount();
    }

    NetworkPotential potential(double[] weights) {
        List<SpeciesNetwork> networks = new ArrayList<>();
        for (int kind = 0; kind < species(); kind++) {
            double[] own = new double[shape.weightCount()];
            System.arraycopy(weights, offset(kind), own, 0, own.length);
            networks.add(new SpeciesNetwork(
                    descriptor.environment().get(kind),
                    descriptor,
                    scalings.get(kind),
                    shape.withWeights(own),
                    energyScale,
                    0,
                    atomicEnergies[kind]));
        }
        return new NetworkPotential(networks, repulsion);
    }
}
