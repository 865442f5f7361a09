package org.glassmap.benchmarks.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.NeighbourSearch;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameOutcome;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.LbfgsSettings;
import org.glassmap.core.learning.LossSettings;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PairRepulsion;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.Training;
import org.glassmap.core.learning.TrainingFrame;
import org.glassmap.core.learning.TrainingSettings;
import org.glassmap.core.learning.WeightedChebyshev;
import org.glassmap.core.sampling.Motion;
import org.glassmap.core.sampling.Rattle;

/**
 * What is timed: the paper's set-up (radial 6 Å, order 18; angular 3 Å, order 4; two channels; 48–15–15–1 tanh) with
 * random weights and the scaling of real features, on β-Li3PS4 of 32 atoms repeated and rattled, so that no two atoms
 * see the same.
 */
public final class Samples {

    public static final List<Species> LPS = List.of(Species.Li, Species.P, Species.S);
    public static final WeightedChebyshev PAPER = new WeightedChebyshev(6, 18, 3, 4, LPS);
    public static final List<Integer> HIDDEN = List.of(15, 15);

    private static final Rattle WARM = new Rattle(0.1, 0.01);

    private Samples() {}

    /** The crystal of the demo's data that is called so. */
    public static Structure crystal(String parent) {
        return crystals().stream()
                .filter(frame -> parent.equals(frame.metadata().get("parent")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no crystal " + parent))
                .structure();
    }

    public static List<Frame> crystals() {
        List<Frame> frames = new ArrayList<>();
        try (InputStream in = Samples.class.getResourceAsStream("/data/crystals/crystals.extxyz")) {
            if (in == null) {
                throw new IllegalStateException("the demo's data are not on the class path");
            }
            FrameReader reader = ExtendedXyz.reader(in);
            for (Optional<FrameOutcome> next = reader.next(); next.isPresent(); next = reader.next()) {
                switch (next.get()) {
                    case FrameOutcome.Read read -> frames.add(read.frame());
                    case FrameOutcome.Refused refused -> throw new IllegalStateException(refused.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's crystals cannot be read", e);
        }
        return frames;
    }

    /** A warm supercell of β-Li3PS4. @param atoms 32 times a power of two */
    public static Structure warm(int atoms, long seed) {
        Structure beta = crystal("beta");
        int[] times = {1, 1, 1};
        // a 6.2, b 7.9, c 13.4 Å: doubling a, b, a, c, … keeps the cell nearly cubic.
        int[] order = {0, 1, 0, 2, 1, 0, 2, 1, 0, 2};
        int size = beta.size();
        for (int k = 0; size < atoms; k++) {
            times[order[k % order.length]] *= 2;
            size *= 2;
        }
        if (size != atoms) {
            throw new IllegalArgumentException("atoms must be 32 times a power of two, got " + atoms);
        }
        return WARM.applied(beta.repeated(times[0], times[1], times[2]), seed);
    }

    /** All neighbours of a structure, in the order in which a calculator has them. @param cutoff Å */
    public static NeighbourList list(Structure structure, double cutoff) {
        return NeighbourSearch.inSpace(structure, cutoff).list(0, structure.size(), new NeighbourList.Space());
    }

    /** Where atoms are that kept their velocities. @param time fs */
    static Structure flown(Motion start, double time) {
        double[] positions = start.structure().positions();
        double[] velocities = start.velocities();
        for (int k = 0; k < positions.length; k++) {
            positions[k] += time * velocities[k];
        }
        return start.structure().withPositions(positions);
    }

    public static NetworkPotential potential(long seed) {
        List<TrainingFrame> frames = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            Structure structure = warm(32, 100 + k);
            frames.add(new TrainingFrame(structure, -4.4 * structure.size() + 0.1 * k, null, null, "" + k));
        }
        return Training.start(energySettings(seed), new Split(frames, List.of()))
                .potential();
    }

    public static CommitteePotential committee(int members) {
        List<NetworkPotential> potentials = new ArrayList<>();
        for (int m = 0; m < members; m++) {
            potentials.add(potential(m));
        }
        return new CommitteePotential(potentials);
    }

    /** L-BFGS on energies alone: each epoch is one evaluation of the loss and its gradient. */
    public static TrainingSettings energySettings(long seed) {
        return settings(LossSettings.ENERGIES, seed);
    }

    /** The same on energies, forces and stresses. */
    public static TrainingSettings forceSettings(long seed) {
        LossSettings loss = new LossSettings(50, 1, 5, 2, 1, 0);
        return settings(loss, seed);
    }

    private static TrainingSettings settings(LossSettings loss, long seed) {
        return new TrainingSettings(
                PAPER,
                HIDDEN,
                Activation.TANH,
                PairRepulsion.NONE,
                loss,
                new LbfgsSettings(20, 0),
                1_000_000,
                false,
                seed,
                seed);
    }
}
