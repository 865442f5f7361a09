package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Energies alone, learnt in lanes; the plain kernel is the reference. */
class EnergyTrainingTest {

    private static final List<Species> LPS = SamplePotentials.LPS;
    private static final WeightedChebyshev SMALL = new WeightedChebyshev(4.5, 3, 3.5, 2, LPS);

    @BeforeEach
    void lanes() {
        assumeTrue(Kernel.LANES.available(), "no vectors of four doubles here");
    }

    static TrainingSettings settings(List<Integer> hidden, Activation activation, OptimiserSettings optimiser) {
        return new TrainingSettings(
                SMALL, hidden, activation, PairRepulsion.NONE, LossSettings.ENERGIES, optimiser, 6, true, 5, 6, 0);
    }

    /** Structures of 3 to 40 atoms; P is rare, so that blocks of all fillings occur. */
    static List<TrainingFrame> frames(int count, long seed) {
        Potential.Calculator truth =
                SamplePotentials.random(SMALL, List.of(6), Activation.TANH, 99).calculator();
        SplittableRandom random = new SplittableRandom(seed);
        List<TrainingFrame> frames = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            int side = 2 + f % 2;
            int atoms = side == 2 ? 3 + f % 6 : 9 + 31 * f % 19;
            List<Species> species = new ArrayList<>();
            double[] fractional = new double[3 * atoms];
            for (int i = 0; i < atoms; i++) {
                species.add(i == 0 ? Species.P : LPS.get(i % 2 * 2));
                fractional[3 * i] = (i % side + random.nextDouble(0.2)) / side;
                fractional[3 * i + 1] = (i / side % side + random.nextDouble(0.2)) / side;
                fractional[3 * i + 2] = (i / side / side + random.nextDouble(0.2)) / side;
            }
            double a = 2.5 * side;
            Structure structure =
                    Structure.ofFractional(Cell.periodic(a, 0.2, 0, 0.7, a, 0, 0, 0.3, a), species, fractional);
            frames.add(new TrainingFrame(structure, truth.energy(structure), null, null, "group-" + f)
                    .withWeight(f == 0 ? 3 : 1));
        }
        return frames;
    }

    private static Training training(TrainingSettings settings, Split split, Kernel kernel) {
        return Training.start(settings, PreparedFrames.of(settings, split, PreparedFrames.DEFAULT_BUDGET, kernel));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void lossAndGradientAreThePlainKernels(Activation activation) {
        for (List<Integer> hidden : List.of(List.<Integer>of(), List.of(1), List.of(15, 15), List.of(4, 7, 9))) {
            for (int count : new int[] {1, 5, 61}) {
                TrainingSettings settings = settings(hidden, activation, LbfgsSettings.DEFAULT);
                Split split = new Split(frames(count, 1), List.of(frames(1, 8).getFirst()));
                Training plain = training(settings, split, Kernel.PLAIN);
                Training lanes = training(settings, split, Kernel.LANES);
                double[] expected = new double[plain.weights().length];
                double[] gradient = new double[expected.length];
                double loss = plain.lossAndGradient(expected);
                assertThat(lanes.lossAndGradient(gradient)).isCloseTo(loss, within(1e-12 * loss));
                double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
                for (int k = 0; k < expected.length; k++) {
                    assertThat(gradient[k])
                            .as("%s %s, %d frames, weight %d", activation, hidden, count, k)
                            .isCloseTo(expected[k], within(1e-12 * scale));
                }
            }
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        Split split = Split.byGroup(frames(61, 4), 0.4, 3);
        TrainingSettings settings = settings(List.of(15, 15), Activation.TANH, LbfgsSettings.DEFAULT);
        Training one = training(settings, split, Kernel.LANES);
        Training many = training(settings, split, Kernel.LANES);
        try (ExecutorService workers = Executors.newFixedThreadPool(3)) {
            for (int e = 0; e < 5; e++) {
                assertThat(many.runEpoch(workers)).isEqualTo(one.runEpoch());
            }
        }
        assertThat(many.state()).isEqualTo(one.state());
    }

    @Test
    void whatDoesNotFitIntoTheBudgetIsMadeAnewWithTheSameBits() {
        Split split = Split.byGroup(frames(40, 4), 0.2, 3);
        for (OptimiserSettings optimiser : List.of(LbfgsSettings.DEFAULT, AdamSettings.DEFAULT)) {
            TrainingSettings settings = settings(List.of(5), Activation.TANH, optimiser);
            Training reference = training(settings, split, Kernel.LANES);
            reference.runEpoch();
            for (long budget : new long[] {0, 20_000, 60_000}) {
                Training tight = Training.start(settings, PreparedFrames.of(settings, split, budget, Kernel.LANES));
                tight.runEpoch();
                assertThat(tight.state()).as("%d bytes", budget).isEqualTo(reference.state());
            }
        }
    }

    @Test
    void membersTrainedTogetherGetTheBitsOfEachTrainedAlone() {
        Split split = Split.byGroup(frames(20, 4), 0.2, 3);
        TrainingSettings settings = settings(List.of(5, 4), Activation.TANH, AdamSettings.DEFAULT);
        PreparedFrames shared = PreparedFrames.of(settings, split);
        List<Training> together = new ArrayList<>();
        List<Training> alone = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            together.add(Training.start(settings.withSeed(seed), shared));
            alone.add(Training.start(settings.withSeed(seed), split));
        }
        for (int e = 0; e < 3; e++) {
            assertThat(Training.runEpoch(together, null))
                    .isEqualTo(alone.stream().map(Training::runEpoch).toList());
        }
        for (int m = 0; m < 3; m++) {
            assertThat(together.get(m).state()).isEqualTo(alone.get(m).state());
        }
    }

    @Test
    void aStateOfAnotherKernelIsRefused() {
        Split split = Split.byGroup(frames(8, 4), 0.2, 3);
        TrainingSettings settings = settings(List.of(5), Activation.TANH, LbfgsSettings.DEFAULT);
        byte[] state = training(settings, split, Kernel.PLAIN).state();
        Training lanes = training(settings, split, Kernel.LANES);
        assertThatThrownBy(() -> lanes.restore(state)).hasMessageContaining("another training");
    }

    /** Vectors that are put on the heap would cost a hundred times this. */
    @Test
    void anEvaluationAllocatesLittleOnceItIsCompiled() {
        Split split = new Split(frames(16, 4), List.of(frames(1, 8).getFirst()));
        Training training =
                training(settings(List.of(15, 15), Activation.TANH, LbfgsSettings.DEFAULT), split, Kernel.LANES);
        double[] gradient = new double[training.weights().length];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 40; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < 100; k++) {
                training.lossAndGradient(gradient);
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / 100);
        }
        // The gradient of the unit is handed over: 8 bytes a weight.
        assertThat(least).isLessThan(8L * gradient.length + 10_000);
    }
}
