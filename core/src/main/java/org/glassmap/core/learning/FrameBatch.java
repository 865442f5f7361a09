package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loss and gradient of a few frames at once, for several members side by side. A unit of work: what it answers for a
 * member depends on the frames and that member's weights alone. Keeps work space; one thread at a time.
 *
 * <p>Two passes. The first gives energies, forces and virials by reverse mode. The second runs the descriptors forward
 * along the field of the residuals, u_i = Σ_l ∂G_i/∂R_l · r_l, and adds the derivative of α E + ∇E · u by the weights.
 * Descriptors and {@link DescriptorDerivatives} are the members' in common; networks see atoms of one species, a lane
 * each.
 */
final class FrameBatch {

    /** The most atoms of a block; what a network keeps of them stays within a processor's second-level cache. */
    private static final int LANES = 96;

    /** One member: what it is made of, and its weights now. */
    record Member(Architecture architecture, double[] weights) {}

    /** Parts of a frame that stay loaded between the passes; frames beyond some 300 atoms load the rest twice. */
    private static final int KEPT_PARTS = 16;

    private final LossSettings loss;
    private final Descriptor descriptor;
    private final int features;
    private final DescriptorCalculator calculator;
    private final List<DescriptorDerivatives> parts = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Work> works = new ArrayList<>();
    private final double[] alpha = new double[LANES];
    private double[] own = new double[0];

    /** {@code [frames + 1]}: the place of a frame's first atom among those of all frames. */
    private int[] offsets = new int[1];

    /** Atoms of one species, from one or more frames, and their descriptors. */
    private final class Block {
        final int[] frame = new int[LANES];

        /** Where the descriptor of a lane's atom begins among those of all frames. */
        final int[] place = new int[LANES];

        final double[][] rows = new double[features][LANES];
        final double[][] across = new double[LANES][features];
        int species;
        int lanes;
    }

    /** What one member makes of one block: its network's layers, kept between both passes. */
    private final class Lanes {
        final NetworkKernel network;
        final NetworkGradient sums;
        final double[][] inputs = new double[features][LANES];
        final double[][] gradient = new double[features][LANES];
        final double[][] inputsAndRates = new double[2 * LANES][features];

        Lanes(Network shape) {
            network = new NetworkKernel(shape);
            sums = new NetworkGradient(network);
        }
    }

    /** What one member makes of the frames. */
    private static final class Work {
        final List<Lanes> lanes = new ArrayList<>();
        double[] energies = new double[0];
        double[] byEnergy = new double[0];

        /** {@code [atoms of all frames · size]}: dE/dG, later the rates of G. */
        double[] descriptors = new double[0];

        double[][] forces = new double[0][];
        double[][] virials = new double[0][];

        /** {@code [entries]} of one frame after the other: dE/dd, later the stretch. */
        double[] along = new double[0];

        ErrorSums sums = new ErrorSums();
    }

    FrameBatch(Descriptor descriptor, LossSettings loss) {
        this.loss = loss;
        this.descriptor = descriptor;
        this.features = descriptor.size();
        this.calculator = new DescriptorCalculator(descriptor);
    }

    /**
     * @param energyWeight of the loss, now
     * @param gradients {@code [members][weights]}, added to; or null where only errors are asked for
     * @return of every member; where energies alone are learnt, of energies alone
     */
    List<ErrorSums> evaluate(
            List<PreparedFrame> frames, List<Member> members, double energyWeight, double @Nullable [][] gradients) {
        int count = place(frames);
        reserve(frames, members, count);
        for (int m = 0; m < members.size(); m++) {
            for (int b = 0; b < count; b++) {
                energies(members.get(m), blocks.get(b), works.get(m), b);
            }
        }
        for (int f = 0; f < frames.size(); f++) {
            FrameGeometry geometry = loss.energiesAlone() ? null : frames.get(f).geometry();
            if (geometry != null) {
                pull(geometry, f, members.size());
            }
            for (int m = 0; m < members.size(); m++) {
                residuals(frames.get(f), members.get(m), works.get(m), f, energyWeight);
            }
            if (geometry != null && gradients != null) {
                push(geometry, f, members.size());
            }
        }
        if (gradients != null) {
            for (int m = 0; m < members.size(); m++) {
                for (int b = 0; b < count; b++) {
                    differentiate(members.get(m), blocks.get(b), works.get(m), b, gradients[m]);
                }
            }
        }
        return works.subList(0, members.size()).stream().map(w -> w.sums).toList();
    }

    /** Puts atoms into blocks, species by species, frame by frame, blocks of a species of nearly equal size. */
    private int place(List<PreparedFrame> frames) {
        offsets = new int[frames.size() + 1];
        for (int f = 0; f < frames.size(); f++) {
            offsets[f + 1] = offsets[f] + frames.get(f).size();
        }
        double[][] described =
                frames.stream().map(frame -> frame.features(calculator)).toArray(double[][]::new);
        int count = 0;
        for (int species = 0; species < descriptor.environment().size(); species++) {
            int atoms = 0;
            for (PreparedFrame frame : frames) {
                for (int kind : frame.kind) {
                    atoms += kind == species ? 1 : 0;
                }
            }
            int parts = (atoms + LANES - 1) / LANES;
            int placed = 0;
            Block block = null;
            for (int f = 0; f < frames.size(); f++) {
                int[] kind = frames.get(f).kind;
                for (int i = 0; i < kind.length; i++) {
                    if (kind[i] == species) {
                        if (block == null || block.lanes == (atoms + parts - 1) / parts) {
                            block = take(count++, species);
                        }
                        load(block, f, i, described[f]);
                        placed++;
                    }
                }
            }
            if (placed != atoms) {
                throw new IllegalStateException("placed %d atoms of %d".formatted(placed, atoms));
            }
        }
        return count;
    }

    private Block take(int place, int species) {
        if (place == blocks.size()) {
            blocks.add(new Block());
        }
        Block block = blocks.get(place);
        block.species = species;
        block.lanes = 0;
        return block;
    }

    private void load(Block block, int frame, int atom, double[] described) {
        int lane = block.lanes++;
        block.frame[lane] = frame;
        block.place[lane] = (offsets[frame] + atom) * features;
        System.arraycopy(described, atom * features, block.across[lane], 0, features);
        for (int f = 0; f < features; f++) {
            block.rows[f][lane] = described[atom * features + f];
        }
    }

    private void reserve(List<PreparedFrame> frames, List<Member> members, int count) {
        for (int m = 0; m < members.size(); m++) {
            if (m == works.size()) {
                works.add(new Work());
            }
            Work work = works.get(m);
            while (work.lanes.size() < count) {
                work.lanes.add(new Lanes(members.get(m).architecture.shape()));
            }
            work.energies = new double[frames.size()];
            work.byEnergy = new double[frames.size()];
            work.sums = new ErrorSums();
            if (!loss.energiesAlone()) {
                work.forces = new double[frames.size()][];
                work.virials = new double[frames.size()][9];
                for (int f = 0; f < frames.size(); f++) {
                    work.forces[f] = new double[3 * frames.get(f).size()];
                }
                int length = offsets[frames.size()] * features;
                if (work.descriptors.length < length) {
                    work.descriptors = new double[length + length / 4];
                }
            }
        }
    }

    /** Energies, and dE/dG where forces are learnt. */
    private void energies(Member member, Block block, Work work, int place) {
        Lanes own = work.lanes.get(place);
        int lanes = block.lanes;
        double unit = 1 / member.architecture.energyScale;
        own.network.set(member.weights, member.architecture.offset(block.species));
        FeatureScaling scaling = member.architecture.scalings.get(block.species);
        for (int f = 0; f < features; f++) {
            scale(block.rows[f], scaling.shift(f), scaling.factor(f), lanes, own.inputs[f]);
        }
        double[] output = own.network.forward(own.inputs, lanes);
        for (int lane = 0; lane < lanes; lane++) {
            work.energies[block.frame[lane]] += output[lane] * unit;
        }
        if (loss.energiesAlone()) {
            own.network.backward(lanes);
            return;
        }
        own.network.backward(lanes, own.gradient);
        for (int f = 0; f < features; f++) {
            spread(own.gradient[f], scaling.factor(f) * unit, lanes, work.descriptors, block.place, f);
        }
    }

    /** A row of lanes to the atoms they stand for. */
    private static void spread(double[] row, double factor, int lanes, double[] out, int[] place, int f) {
        for (int k = 0; k < lanes; k++) {
            out[place[k] + f] = row[k] * factor;
        }
    }

    /** The transpose of {@link #spread}. */
    private static void gather(double[] from, int[] place, int f, double factor, int lanes, double[] row) {
        for (int k = 0; k < lanes; k++) {
            row[k] = from[place[k] + f] * factor;
        }
    }

    private static void scale(double[] row, double shift, double factor, int lanes, double[] out) {
        for (int k = 0; k < lanes; k++) {
            out[k] = (row[k] - shift) * factor;
        }
    }

    private void pull(FrameGeometry g, int f, int members) {
        reserveEntries(g.entries(), members);
        for (int from = 0, part = 0; from < g.size(); part++) {
            DescriptorDerivatives derivatives = loaded(g, from, part);
            for (int m = 0; m < members; m++) {
                Work work = works.get(m);
                derivatives.pull(g, work.descriptors, offsets[f], work.along, work.forces[f], work.virials[f]);
            }
            from = derivatives.last();
        }
        for (int m = 0; m < members; m++) {
            Work work = works.get(m);
            DescriptorDerivatives.addCentral(g, work.along, work.forces[f], work.virials[f]);
        }
    }

    private void push(FrameGeometry g, int f, int members) {
        reserveEntries(g.entries(), members);
        for (int m = 0; m < members; m++) {
            Work work = works.get(m);
            DescriptorDerivatives.stretch(g, work.forces[f], work.virials[f], own, work.along);
        }
        for (int from = 0, part = 0; from < g.size(); part++) {
            DescriptorDerivatives derivatives = loaded(g, from, part);
            for (int m = 0; m < members; m++) {
                Work work = works.get(m);
                derivatives.push(g, work.forces[f], work.virials[f], work.along, work.descriptors, offsets[f]);
            }
            from = derivatives.last();
        }
    }

    /** The atoms of a frame from {@code from} on, as many as go together, the part of that number. */
    private DescriptorDerivatives loaded(FrameGeometry g, int from, int part) {
        if (part == parts.size() && part < KEPT_PARTS) {
            parts.add(new DescriptorDerivatives(descriptor));
        }
        DescriptorDerivatives derivatives = parts.get(Math.min(part, KEPT_PARTS - 1));
        derivatives.load(g, from);
        return derivatives;
    }

    private void reserveEntries(int entries, int members) {
        if (own.length < entries) {
            own = new double[entries + entries / 4];
        }
        for (int m = 0; m < members; m++) {
            if (works.get(m).along.length < entries) {
                works.get(m).along = new double[entries + entries / 4];
            }
        }
    }

    /**
     * Sums up the errors, and turns predicted forces and virial into minus the derivative of the loss by them, the field
     * to go along, in place.
     */
    private void residuals(PreparedFrame frame, Member member, Work work, int f, double energyWeight) {
        ErrorSums sums = work.sums;
        work.byEnergy[f] = sums.addEnergy(frame, member.architecture.atomicEnergies, work.energies[f], energyWeight);
        if (!loss.energiesAlone()) {
            sums.loss += frame.weight
                    * (forceResiduals(frame, work.forces[f], sums) + virialResiduals(frame, work.virials[f], sums));
        }
    }

    private double forceResiduals(PreparedFrame frame, double[] forces, ErrorSums sums) {
        double[] labels = frame.forces;
        if (labels == null) {
            Arrays.fill(forces, 0);
            return 0;
        }
        double byForce = -2 * frame.weight * loss.force() / forces.length;
        double squares = 0;
        for (int k = 0; k < forces.length; k++) {
            double miss = forces[k] - labels[k];
            squares += miss * miss;
            forces[k] = byForce * miss;
        }
        sums.force += squares;
        sums.forceComponents += forces.length;
        return loss.force() * squares / forces.length;
    }

    private double virialResiduals(PreparedFrame frame, double[] virial, ErrorSums sums) {
        double[] labels = frame.virial;
        if (labels == null) {
            Arrays.fill(virial, 0);
            return 0;
        }
        double share = 1 / (9.0 * frame.size() * frame.size());
        double byVirial = -2 * frame.weight * loss.virial() * share;
        double squares = 0;
        for (int k = 0; k < 9; k++) {
            double miss = virial[k] - labels[k];
            squares += miss * miss;
            virial[k] = byVirial * miss;
        }
        double volume = frame.structure.cell().volume();
        sums.stress += squares / (volume * volume);
        sums.stressComponents += 9;
        return loss.virial() * squares * share;
    }

    private void differentiate(Member member, Block block, Work work, int place, double[] gradient) {
        Lanes own = work.lanes.get(place);
        int lanes = block.lanes;
        double unit = 1 / member.architecture.energyScale;
        FeatureScaling scaling = member.architecture.scalings.get(block.species);
        for (int lane = 0; lane < lanes; lane++) {
            alpha[lane] = work.byEnergy[block.frame[lane]] * unit;
            scaling.apply(block.across[lane], own.inputsAndRates[lane]);
        }
        own.sums.clear();
        if (loss.energiesAlone()) {
            own.sums.addEnergies(own.inputsAndRates, alpha, lanes);
        } else {
            for (int lane = 0; lane < lanes; lane++) {
                scaling.applyFactors(work.descriptors, block.place[lane], unit, own.inputsAndRates[lanes + lane]);
            }
            for (int f = 0; f < features; f++) {
                // The rows of dE/dG have done their work and take the rates.
                gather(work.descriptors, block.place, f, scaling.factor(f) * unit, lanes, own.gradient[f]);
            }
            own.sums.add(own.inputsAndRates, own.gradient, alpha, lanes);
        }
        own.sums.addTo(gradient, member.architecture.offset(block.species));
    }
}
