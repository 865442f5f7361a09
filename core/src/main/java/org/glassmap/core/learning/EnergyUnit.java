package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames whose energies are learnt together, their atoms sorted into blocks of one species. The blocks depend on the
 * positions alone: kept, or made anew whenever they are asked for, with the same bits. Immutable but for what it keeps;
 * any number of threads.
 */
final class EnergyUnit {

    /** Frames of a unit: what a network makes of so many still finds room in a processor's second-level cache. */
    static final int FRAMES = 16;

    /**
     * Atoms of one species, a lane each.
     *
     * @param species place in the environment
     * @param frame {@code [atoms]}: to which frame of the unit an atom belongs
     * @param stride lanes of a row, a multiple of {@link LaneLearner#STEP}; those beyond the atoms are empty
     * @param features {@code [features][stride]}, not scaled; nobody writes
     */
    record Block(int species, int[] frame, int stride, double[] features) {}

    final List<PreparedFrame> frames;
    private final Descriptor descriptor;
    private @Nullable List<Block> kept;

    private EnergyUnit(List<PreparedFrame> frames, Descriptor descriptor) {
        this.frames = List.copyOf(frames);
        this.descriptor = descriptor;
    }

    /** In the order of the frames. */
    static List<EnergyUnit> of(List<PreparedFrame> frames, Descriptor descriptor) {
        List<EnergyUnit> units = new ArrayList<>();
        for (int from = 0; from < frames.size(); from += FRAMES) {
            units.add(new EnergyUnit(frames.subList(from, Math.min(frames.size(), from + FRAMES)), descriptor));
        }
        return units;
    }

    List<Block> blocks(DescriptorCalculator calculator) {
        List<Block> here = kept;
        return here != null ? here : sorted(calculator);
    }

    /**
     * Keeps its blocks if they fit.
     *
     * @return what is left of the budget, bytes
     */
    long keep(long budget, DescriptorCalculator calculator) {
        int atoms = frames.stream().mapToInt(PreparedFrame::size).sum();
        int most = atoms + descriptor.environment().size() * LaneLearner.STEP;
        long bytes = 8L * most * descriptor.size();
        if (bytes > budget) {
            return budget;
        }
        kept = sorted(calculator);
        return budget - bytes;
    }

    private List<Block> sorted(DescriptorCalculator calculator) {
        List<double[]> described =
                frames.stream().map(frame -> frame.features(calculator)).toList();
        List<Block> blocks = new ArrayList<>();
        for (int species = 0; species < descriptor.environment().size(); species++) {
            List<int[]> atoms = new ArrayList<>();
            for (int f = 0; f < frames.size(); f++) {
                int[] kind = frames.get(f).kind;
                for (int i = 0; i < kind.length; i++) {
                    if (kind[i] == species) {
                        atoms.add(new int[] {f, i});
                    }
                }
            }
            for (int from = 0; from < atoms.size(); from += LaneLearner.MOST_LANES) {
                int to = Math.min(atoms.size(), from + LaneLearner.MOST_LANES);
                blocks.add(block(species, atoms.subList(from, to), described));
            }
        }
        return blocks;
    }

    /** @param atoms frame and place in it of each */
    private Block block(int species, List<int[]> atoms, List<double[]> described) {
        int size = descriptor.size();
        int stride = (atoms.size() + LaneLearner.STEP - 1) / LaneLearner.STEP * LaneLearner.STEP;
        int[] frame = new int[atoms.size()];
        double[] features = new double[size * stride];
        for (int lane = 0; lane < frame.length; lane++) {
            frame[lane] = atoms.get(lane)[0];
            double[] from = described.get(frame[lane]);
            int at = atoms.get(lane)[1] * size;
            for (int f = 0; f < size; f++) {
                features[f * stride + lane] = from[at + f];
            }
        }
        return new Block(species, frame, stride, features);
    }
}
