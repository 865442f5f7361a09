package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loss and gradient of energies alone, what {@link FrameBatch} makes of them too, with networks in lanes ({@link
 * LaneLearner}). Agrees to rounding. Keeps work space; one thread at a time.
 */
final class EnergyBatch {

    private final DescriptorCalculator calculator;
    private final LaneLearner[] learners;
    private final Network shape;
    private final List<LaneLearner.Layers> layers = new ArrayList<>();
    private final double[] alpha = new double[LaneLearner.MOST_LANES];

    /** Of every frame: the energy, then the derivative of the loss by it. */
    private final double[] perFrame = new double[EnergyUnit.FRAMES];

    /** @param shape of every species' network */
    EnergyBatch(Descriptor descriptor, Network shape) {
        this.calculator = new DescriptorCalculator(descriptor);
        this.shape = shape;
        this.learners = new LaneLearner[descriptor.environment().size()];
        Arrays.setAll(learners, s -> new LaneLearner(shape));
    }

    /**
     * @param energyWeight of the loss, now
     * @param gradients {@code [members][weights]}, added to; or null where only errors are asked for
     * @return of every member
     */
    List<ErrorSums> evaluate(
            EnergyUnit unit, List<FrameBatch.Member> members, double energyWeight, double @Nullable [][] gradients) {
        List<EnergyUnit.Block> blocks = unit.blocks(calculator);
        while (layers.size() < blocks.size()) {
            layers.add(new LaneLearner.Layers(shape));
        }
        List<ErrorSums> sums = new ArrayList<>();
        for (int m = 0; m < members.size(); m++) {
            FrameBatch.Member member = members.get(m);
            energies(blocks, member);
            sums.add(residuals(unit.frames, member, energyWeight));
            if (gradients != null) {
                differentiate(blocks, member, gradients[m]);
            }
        }
        return sums;
    }

    private void energies(List<EnergyUnit.Block> blocks, FrameBatch.Member member) {
        Architecture architecture = member.architecture();
        for (int s = 0; s < learners.length; s++) {
            learners[s].set(member.weights(), architecture.offset(s));
        }
        Arrays.fill(perFrame, 0);
        double unit = 1 / architecture.energyScale;
        for (int b = 0; b < blocks.size(); b++) {
            EnergyUnit.Block block = blocks.get(b);
            LaneLearner.Layers here = layers.get(b);
            here.load(block, architecture.scalings.get(block.species()));
            learners[block.species()].forward(here);
            double[] output = here.output();
            int[] frame = block.frame();
            for (int lane = 0; lane < frame.length; lane++) {
                perFrame[frame[lane]] += output[lane] * unit;
            }
        }
    }

    private ErrorSums residuals(List<PreparedFrame> frames, FrameBatch.Member member, double energyWeight) {
        ErrorSums sums = new ErrorSums();
        for (int f = 0; f < frames.size(); f++) {
            perFrame[f] =
                    sums.addEnergy(frames.get(f), member.architecture().atomicEnergies, perFrame[f], energyWeight);
        }
        return sums;
    }

    private void differentiate(List<EnergyUnit.Block> blocks, FrameBatch.Member member, double[] gradient) {
        double unit = 1 / member.architecture().energyScale;
        for (int b = 0; b < blocks.size(); b++) {
            EnergyUnit.Block block = blocks.get(b);
            int[] frame = block.frame();
            for (int lane = 0; lane < frame.length; lane++) {
                alpha[lane] = perFrame[frame[lane]] * unit;
            }
            Arrays.fill(alpha, frame.length, block.stride(), 0);
            learners[block.species()].learn(layers.get(b), alpha);
        }
        for (int s = 0; s < learners.length; s++) {
            learners[s].addTo(gradient, member.architecture().offset(s));
        }
    }
}
