package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingTest {

    private static final List<Species> LPS = SamplePotentials.LPS;
    private static final ResolvedChebyshev SMALL = new ResolvedChebyshev(4.5, 3, 3.5, 2, LPS);
    private static final LossSettings LOSS = new LossSettings(50, 1, 5, 2, 5, 0.4);

    static TrainingSettings settings(int epochs, boolean keepBest) {
        return settings(AdamSettings.DEFAULT, epochs, keepBest);
    }

    private static TrainingSettings settings(AdamSettings adam, int epochs, boolean keepBest) {
        return new TrainingSettings(
                SMALL, List.of(4, 3), Activation.TANH, SamplePotentials.WALLS, LOSS, adam, epochs, keepBest, 11, 12);
    }

    /** Frames of a potential of the same family, so that there is something to learn. */
    static List<TrainingFrame> frames(int count, long seed) {
        Potential.Calculator truth = SamplePotentials.random(SMALL, List.of(6), Activation.TANH, 99)
                .withRepulsion(SamplePotentials.WALLS)
                .calculator();
        SplittableRandom random = new SplittableRandom(seed);
        List<TrainingFrame> frames = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            int atoms = 6 + f % 3;
            List<Species> species = new ArrayList<>();
            double[] fractional = new double[3 * atoms];
            for (int i = 0; i < atoms; i++) {
                species.add(LPS.get((i + f) % 3));
                fractional[3 * i] = (i % 2) / 2.0 + random.nextDouble(0.12);
                fractional[3 * i + 1] = (i / 2 % 2) / 2.0 + random.nextDouble(0.12);
                fractional[3 * i + 2] = (i / 4) / 2.0 + random.nextDouble(0.12);
            }
            Structure structure =
                    Structure.ofFractional(Cell.periodic(4.8, 0.2, 0, 0.7, 4.6, 0, 0, 0.3, 4.7), species, fractional);
            Evaluation label = truth.evaluate(structure);
            frames.add(new TrainingFrame(
                            structure,
                            label.energy(),
                            f == 1 ? null : label.forces(),
                            f == 2 ? null : label.stress(structure.cell().volume()),
                            "group-" + f / 2)
                    .withWeight(f == 0 ? 3 : 1));
        }
        return frames;
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void theGradientOfTheLossIsItsDifferenceQuotientForEveryWeight(Activation activation) {
        TrainingSettings settings = new TrainingSettings(
                SMALL, List.of(4, 3), activation, SamplePotentials.WALLS, LOSS, AdamSettings.DEFAULT, 1, false, 5, 6);
        Training training = Training.start(settings, new Split(frames(5, 1), List.of()));
        double[] weights = training.weights();
        double[] gradient = new double[weights.length];
        training.lossAndGradient(gradient);
        double scale = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
        double[] scratch = new double[weights.length];
        double step = 1e-5;
        for (int k = 0; k < weights.length; k++) {
            double here = weights[k];
            weights[k] = here + step;
            training.setWeights(weights);
            double up = training.lossAndGradient(scratch);
            weights[k] = here - step;
            training.setWeights(weights);
            double down = training.lossAndGradient(scratch);
            weights[k] = here;
            assertThat(gradient[k]).as("weight %d", k).isCloseTo((up - down) / (2 * step), within(1e-7 * scale));
        }
    }

    @Test
    void theLossIsItsFormula() {
        List<TrainingFrame> frames = frames(5, 1);
        Training training = Training.start(settings(1, false), new Split(frames, List.of()));
        Potential.Calculator now = training.potential().calculator();
        double expected = 0;
        for (TrainingFrame frame : frames) {
            Evaluation e = now.evaluate(frame.structure());
            int n = frame.structure().size();
            double loss = 50 * Math.pow((e.energy() - frame.energy()) / n, 2);
            double labels = 0;
            if (frame.forces().isPresent()) {
                double[] forces = frame.forces().get();
                for (int k = 0; k < 3 * n; k++) {
                    loss += Math.pow(e.forces()[k] - forces[k], 2) / (3 * n);
                    labels += Math.pow(forces[k], 2) / (3 * n);
                }
            }
            if (frame.stress().isPresent()) {
                for (int k = 0; k < 9; k++) {
                    double virial =
                            -frame.stress().get()[k] * frame.structure().cell().volume();
                    loss += 5 * Math.pow((e.virial()[k] - virial) / n, 2) / 9;
                }
            }
            expected += frame.weight() / (1 + labels / 4) * loss;
        }
        double value = training.lossAndGradient(new double[training.weights().length]);
        assertThat(value).isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void trainingLearns() {
        Split split = Split.byGroup(frames(24, 2), 0.2, 3);
        TrainingSettings settings = new TrainingSettings(
                SMALL,
                List.of(12),
                Activation.TANH,
                SamplePotentials.WALLS,
                LOSS,
                new AdamSettings(1e-2, 1e-5, 0.9, 0.99, 4, 5, 0),
                60,
                true,
                7,
                8);
        Training training = Training.start(settings, split);
        EpochReport first = training.runEpoch();
        EpochReport last = first;
        while (!training.finished()) {
            last = training.runEpoch();
        }
        assertThat(last.training().force()).isLessThan(0.3 * first.training().force());
        assertThat(last.training().energyPerAtom())
                .isLessThan(0.3 * first.training().energyPerAtom());
        assertThat(last.validation().orElseThrow().force())
                .isLessThan(0.7 * first.validation().orElseThrow().force());
        assertThat(training.potentialEpoch()).isPositive();
    }

    static Stream<AdamSettings> adams() {
        return Stream.of(AdamSettings.DEFAULT, AdamSettings.WHITENED);
    }

    @ParameterizedTest
    @MethodSource("adams")
    void anyNumberOfThreadsGivesTheSameBits(AdamSettings adam) {
        Split split = Split.byGroup(frames(17, 4), 0.2, 3);
        Training one = Training.start(settings(adam, 3, true), split);
        Training many = Training.start(settings(adam, 3, true), split);
        try (ExecutorService workers = Executors.newFixedThreadPool(3)) {
            for (int e = 0; e < 3; e++) {
                assertThat(many.runEpoch(workers)).isEqualTo(one.runEpoch());
            }
        }
        assertThat(many.state()).isEqualTo(one.state());
        assertThat(many.potential()).isEqualTo(one.potential());
    }

    @Test
    void membersTrainedTogetherGetTheBitsOfEachTrainedAlone() {
        Split split = Split.byGroup(frames(17, 4), 0.2, 3);
        PreparedFrames shared = PreparedFrames.of(settings(3, true), split);
        List<Training> together = new ArrayList<>();
        List<Training> alone = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            together.add(Training.start(settings(3, true).withSeed(seed), shared));
            alone.add(Training.start(settings(3, true).withSeed(seed), split));
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
            for (int e = 0; e < 3; e++) {
                assertThat(Training.runEpoch(together, e == 1 ? workers : null))
                        .isEqualTo(alone.stream().map(Training::runEpoch).toList());
            }
        }
        assertThat(together.stream().map(Training::potential).distinct()).hasSize(3);
        for (int m = 0; m < 3; m++) {
            assertThat(together.get(m).state()).isEqualTo(alone.get(m).state());
        }
    }

    @Test
    void onlyTrainingsOfOneKindRunTogether() {
        Split split = new Split(frames(4, 4), List.of());
        PreparedFrames shared = PreparedFrames.of(settings(3, false), split);
        Training one = Training.start(settings(3, false), shared);
        assertThatThrownBy(() -> Training.runEpoch(
                        List.of(one, Training.start(settings(3, false).withSeed(2), split)), null))
                .hasMessageContaining("only trainings on the same frames");
        assertThatThrownBy(() -> Training.runEpoch(List.of(one, Training.start(settings(2, false), shared)), null))
                .hasMessageContaining("with the same settings");
    }

    @Test
    void whatDoesNotFitIntoTheBudgetIsMadeAnewWithTheSameBits() {
        Split split = Split.byGroup(frames(13, 4), 0.2, 3);
        Training reference = Training.start(settings(2, true), split);
        reference.runEpoch();
        for (long budget : new long[] {0, 5_000, 40_000}) {
            Training tight = Training.start(settings(2, true), PreparedFrames.of(settings(2, true), split, budget));
            tight.runEpoch();
            assertThat(tight.state()).as("%d bytes", budget).isEqualTo(reference.state());
        }
    }

    /** The calculator, which looks at one atom after the other, is the reference; sizes fill no block of lanes. */
    @Test
    void theFastLossIsTheCalculatorsForThePapersDescriptorAndFewNeighbours() {
        WeightedChebyshev paper = new WeightedChebyshev(6, 18, 3, 4, LPS);
        WeightedChebyshev wideAngles = new WeightedChebyshev(2.9, 1, 3.4, 0, LPS);
        for (Descriptor descriptor : List.of(paper, wideAngles, new ResolvedChebyshev(3.1, 0, 2.7, 1, LPS))) {
            TrainingSettings settings = new TrainingSettings(
                    descriptor,
                    List.of(5),
                    Activation.TWIST,
                    SamplePotentials.WALLS,
                    new LossSettings(1, 1, 1, Double.POSITIVE_INFINITY, 1, 0),
                    AdamSettings.DEFAULT,
                    1,
                    false,
                    5,
                    6);
            List<TrainingFrame> frames = frames(7, 21);
            Training training = Training.start(settings, new Split(frames, List.of()));
            Potential.Calculator now = training.potential().calculator();
            double energies = 0;
            double forces = 0;
            long components = 0;
            for (TrainingFrame frame : frames) {
                Evaluation e = now.evaluate(frame.structure());
                energies += Math.pow(
                        (e.energy() - frame.energy()) / frame.structure().size(), 2);
                double[] labels = frame.forces().orElse(new double[0]);
                components += labels.length;
                for (int k = 0; k < labels.length; k++) {
                    forces += Math.pow(e.forces()[k] - labels[k], 2);
                }
            }
            Errors errors = training.trainingErrors();
            assertThat(errors.energyPerAtom())
                    .isCloseTo(Math.sqrt(energies / frames.size()), within(1e-11 * errors.energyPerAtom()));
            assertThat(errors.force()).isCloseTo(Math.sqrt(forces / components), within(1e-11 * errors.force()));
        }
    }

    @ParameterizedTest
    @MethodSource("adams")
    void aTrainingThatWasInterruptedAtAnyEpochEndsWithTheSameBits(AdamSettings adam) {
        Split split = Split.byGroup(frames(13, 4), 0.2, 3);
        TrainingSettings settings = settings(adam, 4, true);
        Training through = Training.start(settings, split);
        List<byte[]> states = new ArrayList<>(List.of(through.state()));
        while (!through.finished()) {
            through.runEpoch();
            states.add(through.state());
        }
        for (int at = 0; at <= 4; at++) {
            Training resumed = Training.resume(settings, split, null, states.get(at));
            assertThat(resumed.epoch()).isEqualTo(at);
            while (!resumed.finished()) {
                resumed.runEpoch();
            }
            assertThat(resumed.state()).isEqualTo(through.state());
            assertThat(resumed.potential()).isEqualTo(through.potential());
        }
    }

    @Test
    void theValidationLossIsThatOfTheEpochThatIsKept() {
        Split split = Split.byGroup(frames(13, 4), 0.2, 3);
        // So large a rate that the last epoch is hardly the best.
        AdamSettings rash = new AdamSettings(0.5, 0.5, 0.9, 0.99, 8, 2, 0);
        Training best = Training.start(settings(rash, 6, true), split);
        Training last = Training.start(settings(rash, 6, false), split);
        assertThat(last.validationLoss()).isInfinite();
        List<Double> losses = new ArrayList<>();
        while (!best.finished()) {
            losses.add(best.runEpoch().validation().orElseThrow().loss());
            last.runEpoch();
        }
        assertThat(losses.getLast())
                .isGreaterThan(losses.stream().min(Double::compare).orElseThrow());
        assertThat(best.validationLoss()).isEqualTo(losses.get(best.potentialEpoch() - 1));
        assertThat(last.validationLoss()).isEqualTo(losses.getLast());
        assertThat(last.potentialEpoch()).isEqualTo(6);
    }

    @Test
    void aStateOfAnotherTrainingOrCutShortIsRefused() {
        Split split = new Split(frames(4, 4), List.of());
        Training training = Training.start(settings(2, false), split);
        byte[] state = training.state();
        assertThatThrownBy(() -> Training.resume(settings(3, false), split, null, state))
                .hasMessageContaining("another training");
        assertThatThrownBy(
                        () -> Training.resume(settings(2, false), split, null, Arrays.copyOf(state, state.length - 1)))
                .hasMessageContaining("cut short");
        assertThatThrownBy(() -> Training.resume(settings(2, false), split, null, new byte[200]))
                .hasMessageContaining("not a state");
    }

    @Test
    void aWarmStartBeginsWhereTheEarlierPotentialEnded() {
        Split split = new Split(frames(8, 4), List.of());
        Training first = Training.start(settings(3, false), split);
        while (!first.finished()) {
            first.runEpoch();
        }
        Training second = Training.warm(settings(1, false), new Split(frames(4, 9), List.of()), first.potential());
        assertThat(second.potential()).isEqualTo(first.potential());
        assertThatThrownBy(() -> Training.warm(
                        settings(1, false), split, SamplePotentials.random(SMALL, List.of(9), Activation.TANH, 1)))
                .hasMessageContaining("the potential to start from");
    }

    @Test
    void framesOfOneGroupStayTogether() {
        Split split = Split.byGroup(frames(20, 5), 0.3, 8);
        Set<String> training = new HashSet<>();
        Set<String> validation = new HashSet<>();
        split.training().forEach(f -> training.add(f.group()));
        split.validation().forEach(f -> validation.add(f.group()));
        assertThat(training).doesNotContainAnyElementsOf(validation);
        assertThat(validation).hasSize(3);
        assertThat(training).hasSize(7);
        assertThat(Split.byGroup(frames(20, 5), 0, 8).validation()).isEmpty();
    }

    @Test
    void framesToJudgeOnShareNoGroupWithTheOthers() {
        Split split = Split.byGroup(frames(20, 5), 0.2, 0.3, 8);
        Set<String> seen = new HashSet<>();
        split.training().forEach(f -> seen.add(f.group()));
        split.validation().forEach(f -> seen.add(f.group()));
        assertThat(split.unseen()).hasSize(6).noneMatch(f -> seen.contains(f.group()));
        assertThat(split.training()).hasSize(10);
        List<TrainingFrame> frames = frames(20, 5);
        assertThat(Split.byGroup(frames, 0.2, 8).validation())
                .isEqualTo(Split.byGroup(frames, 0.2, 0.3, 8).validation());
        assertThatThrownBy(() -> Split.byGroup(frames(4, 5), 0.2, Double.NaN, 8))
                .hasMessageContaining("judge on");
    }

    @Test
    void aTrainingThatGetsNoBetterHasFinished() {
        Split split = Split.byGroup(frames(13, 4), 0.2, 3);
        TrainingSettings once = settings(1000, true);
        TrainingSettings patient = new TrainingSettings(
                once.descriptor(),
                once.hidden(),
                once.activation(),
                once.repulsion(),
                once.loss(),
                new AdamSettings(0.5, 0.5, 0.9, 0.99, 8, 2, 0),
                1000,
                true,
                11,
                12,
                3);
        Training training = Training.start(patient, split);
        double best = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        while (!training.finished()) {
            EpochReport report = training.runEpoch();
            if (report.validation().orElseThrow().loss() < best) {
                best = report.validation().orElseThrow().loss();
                bestEpoch = report.epoch();
            }
        }
        assertThat(training.epoch()).isEqualTo(bestEpoch + 3).isLessThan(1000);
        assertThat(training.validationLoss()).isEqualTo(best);
    }

    @Test
    void aFeatureThatDoesNotVaryIsSwitchedOff() {
        List<TrainingFrame> same = List.of(frames(1, 4).getFirst(), frames(1, 4).getFirst());
        NetworkPotential potential =
                Training.start(settings(1, false), new Split(same, List.of())).potential();
        // Two atoms of each species differ; an order-0 feature over no neighbours of a kind cannot.
        for (SpeciesNetwork network : potential.networks()) {
            for (int f = 0; f < SMALL.size(); f++) {
                assertThat(network.scaling().factor(f)).isBetween(0.0, 1e6);
            }
        }
    }

    @Test
    void aSpeciesWithoutAFrameIsRefused() {
        Structure lithium = Structure.of(
                Cell.periodic(3.5, 0, 0, 0, 3.5, 0, 0, 0, 3.5), List.of(Species.Li), new double[] {0, 0, 0});
        Split split = new Split(List.of(new TrainingFrame(lithium, -1.9, null, null, "a")), List.of());
        assertThatThrownBy(() -> Training.start(settings(1, false), split))
                .hasMessageContaining("no frame has P; leave it out of the environment");
    }

    @Test
    void labelsThatAreNotFiniteAreRefused() {
        Structure lithium = Structure.of(Cell.NONE, List.of(Species.Li), new double[] {0, 0, 0});
        assertThatThrownBy(() -> new TrainingFrame(lithium, Double.NaN, null, null, "a"))
                .hasMessageContaining("energy must be finite");
        assertThatThrownBy(() -> new TrainingFrame(lithium, 0, new double[2], null, "a"))
                .hasMessageContaining("forces must have 3 numbers, got 2");
    }
}
