package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one or more potentials that share their descriptors: geometry, features and the contraction to mean forces
 * are done once, only the networks once per member. Atoms of one species are taken in blocks, in order, so that bits
 * depend on the structure alone. One thread at a time.
 */
public final class CommitteeCalculator implements Potential.Calculator {

    /** Atoms side by side in a block; what they need stays within a processor's second-level cache. */
    static final int BLOCK = 64;

    private final int members;
    private final PairRepulsion repulsion;
    private final double cutoff;
    private final List<CentreSpecies> centres = new ArrayList<>();

    /** One species of centre atoms: its descriptor and the members' networks. */
    private static final class CentreSpecies {
        final Species species;
        final DescriptorKernel kernel;
        final NetworkKernel[] networks;
        final double[] energyScale;
        final double[] energyOffset;
        final Surroundings[] surroundings = new Surroundings[BLOCK];
        final double[][] features;
        final double[][] gradient;
        final double[][] mean;

        CentreSpecies(Species species, List<NetworkPotential> members) {
            this.species = species;
            Descriptor descriptor = members.getFirst().network(species).descriptor();
            this.kernel = new DescriptorKernel(descriptor);
            this.networks = new NetworkKernel[members.size()];
            this.energyScale = new double[members.size()];
            this.energyOffset = new double[members.size()];
            for (int m = 0; m < networks.length; m++) {
                SpeciesNetwork network = members.get(m).network(species);
                networks[m] = new NetworkKernel(network.scaling().foldInto(network.network()));
                energyScale[m] = network.energyScale();
                energyOffset[m] = network.energyShift() + network.atomicEnergy();
            }
            for (int lane = 0; lane < BLOCK; lane++) {
                surroundings[lane] = new Surroundings(descriptor);
            }
            this.features = new double[descriptor.size()][BLOCK];
            this.gradient = new double[descriptor.size()][BLOCK];
            this.mean = new double[descriptor.size()][BLOCK];
        }
    }

    CommitteeCalculator(List<NetworkPotential> potentials, PairRepulsion repulsion) {
        this.members = potentials.size();
        this.repulsion = repulsion;
        this.cutoff = potentials.getFirst().cutoff();
        for (Species species : potentials.getFirst().species()) {
            centres.add(new CentreSpecies(species, potentials));
        }
    }

    @Override
    public double energy(Structure structure) {
        return mean(run(structure, null, null, null));
    }

    @Override
    public Evaluation evaluate(Structure structure) {
        return predict(structure).mean();
    }

    /** Mean energy, forces and virial, and every member's energy. */
    public CommitteePrediction predict(Structure structure) {
        double[] forces = new double[3 * structure.size()];
        double[] virial = new double[9];
        double[] energies = run(structure, forces, virial, null);
        return new CommitteePrediction(new Evaluation(mean(energies), forces, virial), energies);
    }

    /** Every member's energy of the whole cell, {@code [members]}, eV. */
    public double[] memberEnergies(Structure structure) {
        return run(structure, null, null, null);
    }

    /** The members' mean energy of every atom, {@code [n]}, eV; the repulsion belongs to no atom and is left out. */
    public double[] atomicEnergies(Structure structure) {
        double[] atoms = new double[structure.size()];
        run(structure, null, null, atoms);
        return atoms;
    }

    private static double mean(double[] energies) {
        double sum = 0;
        for (double energy : energies) {
            sum += energy;
        }
        return sum / energies.length;
    }

    private double[] run(
            Structure structure, double @Nullable [] forces, double @Nullable [] virial, double @Nullable [] atomic) {
        requireKnown(structure);
        NeighbourList list = NeighbourList.of(structure, cutoff);
        double[] energies = new double[members];
        int[] block = new int[BLOCK];
        for (CentreSpecies centre : centres) {
            int lanes = 0;
            int[] kind = DescriptorKernel.kinds(centre.kernel.descriptor(), structure);
            for (int i = 0; i < structure.size(); i++) {
                if (structure.species(i) == centre.species) {
                    block[lanes++] = i;
                }
                if (lanes == BLOCK || lanes > 0 && i == structure.size() - 1) {
                    runBlock(centre, list, kind, block, lanes, energies, forces, virial, atomic);
                    lanes = 0;
                }
            }
        }
        if (!repulsion.walls().isEmpty()) {
            double[] f = forces == null ? new double[3 * structure.size()] : forces;
            double wall = repulsion.add(structure, list, f, virial == null ? new double[9] : virial);
            for (int m = 0; m < members; m++) {
                energies[m] += wall;
            }
        }
        return energies;
    }

    private void runBlock(
            CentreSpecies centre,
            NeighbourList list,
            int[] kind,
            int[] atoms,
            int lanes,
            double[] energies,
            double @Nullable [] forces,
            double @Nullable [] virial,
            double @Nullable [] atomic) {
        for (int lane = 0; lane < lanes; lane++) {
            centre.surroundings[lane].load(list, kind, atoms[lane]);
            centre.kernel.features(centre.surroundings[lane], centre.features, lane);
        }
        for (double[] row : centre.mean) {
            Arrays.fill(row, 0, lanes, 0);
        }
        for (int m = 0; m < members; m++) {
            double scale = 1 / centre.energyScale[m];
            double[] output = centre.networks[m].forward(centre.features, lanes);
            for (int lane = 0; lane < lanes; lane++) {
                double energy = output[lane] * scale + centre.energyOffset[m];
                energies[m] += energy;
                if (atomic != null) {
                    atomic[atoms[lane]] += energy / members;
                }
            }
            if (forces != null) {
                centre.networks[m].backward(lanes, centre.gradient);
                for (int f = 0; f < centre.mean.length; f++) {
                    addScaled(centre.gradient[f], scale / members, lanes, centre.mean[f]);
                }
            }
        }
        if (forces != null && virial != null) {
            for (int lane = 0; lane < lanes; lane++) {
                centre.kernel.pull(centre.surroundings[lane], centre.mean, lane, forces, virial);
            }
        }
    }

    private static void addScaled(double[] row, double scale, int lanes, double[] out) {
        for (int k = 0; k < lanes; k++) {
            out[k] += scale * row[k];
        }
    }

    private void requireKnown(Structure structure) {
        for (int i = 0; i < structure.size(); i++) {
            Species species = structure.species(i);
            if (centres.stream().noneMatch(c -> c.species == species)) {
                throw new InvalidStructureException(
                        "species",
                        "atom %d is %s, which the potential does not know; it knows %s"
                                .formatted(
                                        i + 1,
                                        species,
                                        centres.stream().map(c -> c.species).toList()));
            }
        }
    }
}
