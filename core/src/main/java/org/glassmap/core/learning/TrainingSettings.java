package org.glassmap.core.learning;

import java.util.List;

/**
 * Everything a training depends on besides its frames and its start.
 *
 * @param hidden nodes of the hidden layers, of every species' network
 * @param repulsion beneath the network; what is learnt is the rest
 * @param epochs how often every frame is seen
 * @param keepBest whether the answer is the epoch with the smallest loss on the validation frames, else the last
 * @param seed of the weights at the start
 * @param orderSeed of the order of the frames: members of a committee that share it are trained side by side
 * @param patience epochs without a better validation after which a training has finished; 0: never so
 */
public record TrainingSettings(
        Descriptor descriptor,
        List<Integer> hidden,
        Activation activation,
        Repulsion repulsion,
        LossSettings loss,
        OptimiserSettings optimiser,
        int epochs,
        boolean keepBest,
        long seed,
        long orderSeed,
        int patience) {

    public TrainingSettings {
        hidden = List.copyOf(hidden);
        for (int nodes : hidden) {
            if (nodes < 1 || nodes > Network.MAX_NODES) {
                throw new IllegalArgumentException(
                        "a hidden layer has 1 to %d nodes, got %d".formatted(Network.MAX_NODES, nodes));
            }
        }
        if (optimiser instanceof LbfgsSettings && loss.energyGrowth() != 1) {
            throw new IllegalArgumentException(
                    "L-BFGS needs a loss that stays the same: energyGrowth must be 1, got " + loss.energyGrowth());
        }
        if (patience < 0 || patience > 0 && !keepBest) {
            throw new IllegalArgumentException(
                    "patience must not be negative and needs the best epoch to be kept, got " + patience);
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
    }

    /** Without end before the last epoch. */
    public TrainingSettings(
            Descriptor descriptor,
            List<Integer> hidden,
            Activation activation,
            PairRepulsion repulsion,
            LossSettings loss,
            OptimiserSettings optimiser,
            int epochs,
            boolean keepBest,
            long seed,
            long orderSeed) {
        this(descriptor, hidden, activation, repulsion, loss, optimiser, epochs, keepBest, seed, orderSeed, 0);
    }

    /** Another start, the same order of the frames. */
    public TrainingSettings withSeed(long other) {
        return new TrainingSettings(
                descriptor,
                hidden,
                activation,
                repulsion,
                loss,
                optimiser,
                epochs,
                keepBest,
                other,
                orderSeed,
                patience);
    }

    public TrainingSettings withEpochs(int other) {
        return new TrainingSettings(
                descriptor, hidden, activation, repulsion, loss, optimiser, other, keepBest, seed, orderSeed, patience);
    }
}
