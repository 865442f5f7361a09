package org.glassmap.potentials;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.Frame;
import org.jspecify.annotations.NullUnmarked;

/** Rattled and stretched Li2S, labelled by pairs: energies, forces and stress that hang together. */
@NullUnmarked
public final class LabelledCrystals {

    private LabelledCrystals() {}

    /** As many frames, in four groups by the key {@code config}. */
    public static List<Frame> frames(int count, long seed) {
        List<Frame> frames = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        var pairs = PairPotential.thiophosphate().calculator();
        for (int k = 0; k < count; k++) {
            Structure structure = rattled(random);
            Evaluation said = pairs.evaluate(structure);
            frames.add(Frame.of(structure)
                    .withEnergy(said.energy())
                    .withForces(said.forces())
                    .withStress(said.stress(structure.cell().volume()))
                    .withMetadata("config", "group-" + k % 4));
        }
        return frames;
    }

    public static Structure rattled(SplittableRandom random) {
        Structure crystal = antifluorite(5.7 * (0.95 + 0.1 * random.nextDouble()));
        double[] positions = crystal.positions();
        for (int k = 0; k < positions.length; k++) {
            positions[k] += 0.2 * (random.nextDouble() - 0.5);
        }
        return crystal.withPositions(positions);
    }

    /** Li2S, 12 atoms. */
    public static Structure antifluorite(double a) {
        List<Species> species = new ArrayList<>();
        double[] points = new double[36];
        int k = 0;
        double[][] sulphur = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
        for (double[] s : sulphur) {
            species.add(Species.S);
            System.arraycopy(s, 0, points, 3 * k++, 3);
        }
        for (int i = 0; i < 8; i++) {
            species.add(Species.Li);
            points[3 * k] = 0.25 + 0.5 * (i & 1);
            points[3 * k + 1] = 0.25 + 0.5 * (i >> 1 & 1);
            points[3 * k++ + 2] = 0.25 + 0.5 * (i >> 2);
        }
        return Structure.ofFractional(Cell.periodic(a, 0, 0, 0, a, 0, 0, 0, a), species, points);
    }
}
