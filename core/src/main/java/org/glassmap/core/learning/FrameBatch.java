package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.NeighbourList;
import org.jspecify.annotations.Nullable;

/**
 * Loss and gradient of a few frames at once, their atoms of one species side by side. A unit of work: what it answers
 * depends on its frames and the weights alone. Keeps work space; one thread at a time.
 *
 * <p>Two passes. The first gives energies, forces and virials by reverse mode. The second runs the descriptors forward
 * along the field of the residuals, u_i = Σ_l ∂G_i/∂R_l · r_l, and adds the derivative of α E + ∇E · u by the weights.
 */
final class FrameBatch {

    private final TrainingSettings settings;
    private final Architecture architecture;
    private final DescriptorKernel kernel;
    private final int features;
    private double[] weights = new double[0];
    private final List<Block> pool = new ArrayList<>();
    private final double[] alpha = new double[CommitteeCalculator.BLOCK];

    /** Up to 64 atoms of one species, from one or more frames. */
    private final class Block {
        final Surroundings[] surroundings = new Surroundings[CommitteeCalculator.BLOCK];
        final int[] frame = new int[CommitteeCalculator.BLOCK];
        final int[] atom = new int[CommitteeCalculator.BLOCK];
        final double[][] inputs = new double[features][CommitteeCalculator.BLOCK];
        final double[][] gradient = new double[features][CommitteeCalculator.BLOCK];
        final NetworkKernel network;
        final NetworkGradient sums;
        int species;
        int lanes;

        Block() {
            for (int lane = 0; lane < surroundings.length; lane++) {
                surroundings[lane] = new Surroundings(settings.descriptor());
            }
            network = new NetworkKernel(architecture.shape());
            sums = new NetworkGradient(network);
        }
    }

    FrameBatch(TrainingSettings settings, Architecture architecture) {
        this.settings = settings;
        this.architecture = architecture;
        this.kernel = new DescriptorKernel(settings.descriptor());
        this.features = settings.descriptor().size();
    }

    /**
     * @param vector all weights
     * @param energyWeight of the loss, now
     * @param gradient added to, or null where only errors are asked for
     */
    ErrorSums evaluate(List<PreparedFrame> frames, double[] vector, double energyWeight, double @Nullable [] gradient) {
        weights = vector;
        if (gradient != null && settings.loss().energiesAlone()) {
            return evaluateEnergies(frames, energyWeight, gradient);
        }
        int blocks = load(frames);
        double[] energies = new double[frames.size()];
        double[][] forces = new double[frames.size()][];
        double[][] virials = new double[frames.size()][9];
        for (int f = 0; f < forces.length; f++) {
            forces[f] = new double[3 * frames.get(f).size()];
        }
        for (int b = 0; b < blocks; b++) {
            predict(pool.get(b), energies, forces, virials);
        }
        ErrorSums sums = new ErrorSums();
        double[] byEnergy = new double[frames.size()];
        for (int f = 0; f < forces.length; f++) {
            byEnergy[f] = residuals(frames.get(f), energyWeight, energies[f], forces[f], virials[f], sums);
        }
        if (gradient != null) {
            differentiate(blocks, byEnergy, forces, virials, gradient);
        }
        return sums;
    }

    /** Energies alone: features are kept from call to call, and nothing is differentiated by positions. */
    private ErrorSums evaluateEnergies(List<PreparedFrame> frames, double energyWeight, double[] gradient) {
        int blocks = place(frames, null);
        double[] energies = new double[frames.size()];
        for (int b = 0; b < blocks; b++) {
            Block block = pool.get(b);
            block.network.set(weights, architecture.offset(block.species));
            for (int lane = 0; lane < block.lanes; lane++) {
                double[] atom = frames.get(block.frame[lane])
                        .scaledFeatures(kernel, block.surroundings[0], architecture.scalings)[block.atom[lane]];
                for (int f = 0; f < features; f++) {
                    block.inputs[f][lane] = atom[f];
                }
            }
            addEnergies(block, block.network.forward(block.inputs, block.lanes), energies);
            block.network.backward(block.lanes, block.gradient);
        }
        ErrorSums sums = new ErrorSums();
        double[] byEnergy = new double[frames.size()];
        for (int f = 0; f < byEnergy.length; f++) {
            byEnergy[f] = energyResidual(frames.get(f), energyWeight, energies[f], sums);
        }
        double unit = 1 / architecture.energyScale;
        for (int b = 0; b < blocks; b++) {
            Block block = pool.get(b);
            for (int lane = 0; lane < block.lanes; lane++) {
                alpha[lane] = byEnergy[block.frame[lane]] * unit;
            }
            block.sums.clear();
            block.sums.addEnergies(block.inputs, alpha, block.lanes);
            block.sums.addTo(gradient, architecture.offset(block.species));
        }
        return sums;
    }

    private void addEnergies(Block block, double[] output, double[] energies) {
        double unit = 1 / architecture.energyScale;
        for (int lane = 0; lane < block.lanes; lane++) {
            energies[block.frame[lane]] += output[lane] * unit;
        }
    }

    private static double energyResidual(PreparedFrame frame, double energyWeight, double energy, ErrorSums sums) {
        int n = frame.size();
        double perAtom = (energy - frame.networkEnergy()) / n;
        sums.frames++;
        sums.energy += perAtom * perAtom;
        sums.loss += frame.weight * energyWeight * perAtom * perAtom;
        return 2 * frame.weight * energyWeight * perAtom / n;
    }

    private int load(List<PreparedFrame> frames) {
        List<NeighbourList> lists = new ArrayList<>();
        for (PreparedFrame frame : frames) {
            lists.add(NeighbourList.of(frame.structure, settings.descriptor().cutoff()));
        }
        return place(frames, lists);
    }

    /** Puts atoms into blocks, species by species, frame by frame, and loads their surroundings where there are lists. */
    private int place(List<PreparedFrame> frames, @Nullable List<NeighbourList> lists) {
        int blocks = 0;
        for (int species = 0; species < architecture.species(); species++) {
            Block block = null;
            for (int f = 0; f < frames.size(); f++) {
                PreparedFrame frame = frames.get(f);
                for (int i = 0; i < frame.size(); i++) {
                    if (frame.kind[i] != species) {
                        continue;
                    }
                    if (block == null || block.lanes == CommitteeCalculator.BLOCK) {
                        block = take(blocks++, species);
                    }
                    block.frame[block.lanes] = f;
                    block.atom[block.lanes] = i;
                    if (lists != null) {
                        block.surroundings[block.lanes].load(lists.get(f), frame.kind, i);
                    }
                    block.lanes++;
                }
            }
        }
        return blocks;
    }

    private Block take(int place, int species) {
        if (place == pool.size()) {
            pool.add(new Block());
        }
        Block block = pool.get(place);
        block.species = species;
        block.lanes = 0;
        return block;
    }

    private void predict(Block block, double[] energies, double[][] forces, double[][] virials) {
        int lanes = block.lanes;
        double unit = 1 / architecture.energyScale;
        block.network.set(weights, architecture.offset(block.species));
        for (int lane = 0; lane < lanes; lane++) {
            kernel.features(block.surroundings[lane], block.inputs, lane);
        }
        FeatureScaling scaling = architecture.scalings.get(block.species);
        for (int f = 0; f < features; f++) {
            scale(block.inputs[f], scaling.shift(f), scaling.factor(f), lanes);
        }
        addEnergies(block, block.network.forward(block.inputs, lanes), energies);
        block.network.backward(lanes, block.gradient);
        for (int f = 0; f < features; f++) {
            scale(block.gradient[f], 0, scaling.factor(f) * unit, lanes);
        }
        for (int lane = 0; lane < lanes; lane++) {
            int frame = block.frame[lane];
            kernel.pull(block.surroundings[lane], block.gradient, lane, forces[frame], virials[frame]);
        }
    }

    private static void scale(double[] row, double shift, double factor, int lanes) {
        for (int k = 0; k < lanes; k++) {
            row[k] = (row[k] - shift) * factor;
        }
    }

    /**
     * Turns predicted forces and virial into minus the derivative of the loss by them, the field to go along, in place.
     *
     * @return the derivative of the loss by the energy
     */
    private double residuals(
            PreparedFrame frame, double energyWeight, double energy, double[] forces, double[] virial, ErrorSums sums) {
        LossSettings loss = settings.loss();
        int n = frame.size();
        double byEnergy = energyResidual(frame, energyWeight, energy, sums);
        double total = 0;
        double byForce = -2 * frame.weight * loss.force() / (3 * n);
        double squares = 0;
        double[] labels = frame.forces;
        for (int k = 0; k < forces.length; k++) {
            double miss = labels == null ? 0 : forces[k] - labels[k];
            squares += miss * miss;
            forces[k] = byForce * miss;
        }
        if (labels != null) {
            total += loss.force() * squares / (3 * n);
            sums.force += squares;
            sums.forceComponents += 3L * n;
        }
        double volume = frame.structure.cell().volume();
        double byVirial = -2 * frame.weight * loss.virial() / (9.0 * n * n);
        squares = 0;
        for (int k = 0; k < 9; k++) {
            double miss = frame.virial == null ? 0 : virial[k] - frame.virial[k];
            squares += miss * miss;
            virial[k] = byVirial * miss;
        }
        if (frame.virial != null) {
            total += loss.virial() * squares / (9.0 * n * n);
            sums.stress += squares / (volume * volume);
            sums.stressComponents += 9;
        }
        sums.loss += frame.weight * total;
        return byEnergy;
    }

    private void differentiate(
            int blocks, double[] byEnergy, double[][] fields, double[][] strains, double[] gradient) {
        double unit = 1 / architecture.energyScale;
        for (int b = 0; b < blocks; b++) {
            Block block = pool.get(b);
            int lanes = block.lanes;
            // The rows of dE/dG have done their work and take the rates.
            double[][] rates = block.gradient;
            for (int lane = 0; lane < lanes; lane++) {
                int frame = block.frame[lane];
                kernel.along(block.surroundings[lane], fields[frame], strains[frame], rates, lane);
                alpha[lane] = byEnergy[frame] * unit;
            }
            FeatureScaling scaling = architecture.scalings.get(block.species);
            for (int f = 0; f < features; f++) {
                scale(rates[f], 0, scaling.factor(f) * unit, lanes);
            }
            block.sums.clear();
            block.sums.add(block.inputs, rates, alpha, lanes);
            block.sums.addTo(gradient, architecture.offset(block.species));
        }
    }
}
