package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The reproducible run of {@code train.x} in reference/aenet/lps3/training/bfgs-trace. */
class AenetTrainingTest {

    private static final String FOLDER = "lps3/training/";

    /** ænet's builds differ by 6e-13 in the weights after 40 evaluations. */
    private static final double TRACE = 1e-10;

    private static final JsonNode STATISTICS = AenetReference.json(FOLDER + "statistics.json");
    private static final JsonNode WEIGHTS = AenetReference.json(FOLDER + "bfgs-trace/weights.json");
    private static final JsonNode HISTORY = AenetReference.json(FOLDER + "bfgs-trace/history.json");

    private static NetworkPotential start() {
        List<SpeciesNetwork> networks = new ArrayList<>();
        double[] atomicEnergies = {-202.88, -189.41, -282.06};
        for (int s = 0; s < 3; s++) {
            Species species = SamplePotentials.LPS.get(s);
            JsonNode own = STATISTICS.get("species").get(species.symbol());
            FeatureStatistics statistics = new FeatureStatistics(
                    own.get("evaluations").asInt(),
                    AenetReference.doubles(own.get("min")),
                    AenetReference.doubles(own.get("max")),
                    AenetReference.doubles(own.get("mean")),
                    AenetReference.doubles(own.get("mean_of_squares")));
            networks.add(new SpeciesNetwork(
                    species,
                    new WeightedChebyshev(6, 18, 3, 4, SamplePotentials.LPS),
                    statistics.scaling(),
                    new Network(
                            new int[] {48, 15, 15, 1},
                            List.of(Activation.TANH, Activation.TANH, Activation.LINEAR),
                            weights(0, s)),
                    STATISTICS.get("energy_scale").asDouble(),
                    STATISTICS.get("energy_shift").asDouble(),
                    atomicEnergies[s]));
        }
        return new NetworkPotential(networks, PairRepulsion.NONE);
    }

    private static double[] weights(int epoch, int species) {
        for (JsonNode entry : WEIGHTS.get("epochs")) {
            if (entry.get("epoch").asInt() == epoch) {
                return AenetReference.doubles(entry.get("weights").get(species));
            }
        }
        throw new IllegalArgumentException("no weights of epoch " + epoch);
    }

    private static Training training(Kernel kernel) {
        List<TrainingFrame> frames = new ArrayList<>();
        for (int k = 1; k <= 40; k++) {
            String path = FOLDER + "train-structures/lps-%03d.xsf".formatted(k);
            Structure structure = AenetReference.structure(path);
            String head = AenetReference.text(path).lines().findFirst().orElseThrow();
            double energy = Double.parseDouble(
                    head.replaceAll(".*=\\s*", "").replaceAll("\\s*eV.*", "").strip());
            frames.add(new TrainingFrame(structure, energy, null, null, "" + k));
        }
        double scale = STATISTICS.get("energy_scale").asDouble();
        // ænet's loss: half the squared error per atom, in scaled units
        LossSettings loss = new LossSettings(0.5 * scale * scale, 0, 0, Double.POSITIVE_INFINITY, 1, 0);
        TrainingSettings settings = new TrainingSettings(
                new WeightedChebyshev(6, 18, 3, 4, SamplePotentials.LPS),
                List.of(15, 15),
                Activation.TANH,
                PairRepulsion.NONE,
                loss,
                LbfgsSettings.DEFAULT,
                100,
                false,
                1,
                1);
        PreparedFrames prepared =
                PreparedFrames.of(settings, new Split(frames, List.of()), PreparedFrames.DEFAULT_BUDGET, kernel);
        return Training.warm(settings, prepared, start());
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void theGradientIsAenets(Kernel kernel) {
        assumeTrue(kernel.available(), "no vectors here");
        JsonNode golden = AenetReference.json(FOLDER + "bfgs-trace/gradient-epoch0.json");
        Training training = training(kernel);
        double[] gradient = new double[training.weights().length];
        double loss = training.lossAndGradient(gradient);
        assertThat(loss).isCloseTo(history(0).get("sse_scaled").asDouble(), within(1e-11));
        for (int s = 0; s < 3; s++) {
            double[] expected =
                    AenetReference.doubles(golden.get("species").get(s).get("gradient"));
            for (int k = 0; k < expected.length; k++) {
                assertThat(gradient[991 * s + k]).isCloseTo(expected[k], within(1e-11));
            }
        }
    }

    private static JsonNode history(int epoch) {
        return HISTORY.get("epochs").get(epoch);
    }

    /** An iteration of train.x is one evaluation; its first only hands the start over, so that ours are one behind. */
    @ParameterizedTest
    @EnumSource(Kernel.class)
    void fortyIterationsGoWhereAenetWent(Kernel kernel) {
        assumeTrue(kernel.available(), "no vectors here");
        Training training = training(kernel);
        int compared = 0;
        for (int iteration = 2; iteration <= 40; iteration++) {
            EpochReport report = training.runEpoch();
            assertThat(report.training().energyPerAtom())
                    .isCloseTo(history(iteration - 1).get("rmse_eV").asDouble(), within(TRACE));
            for (JsonNode entry : WEIGHTS.get("epochs")) {
                if (entry.get("epoch").asInt() == iteration) {
                    double[] mine = training.weights();
                    for (int s = 0; s < 3; s++) {
                        double[] expected = weights(iteration, s);
                        for (int k = 0; k < 991; k++) {
                            assertThat(mine[991 * s + k])
                                    .as("iteration %d", iteration)
                                    .isCloseTo(expected[k], within(TRACE));
                        }
                    }
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void anInterruptedRunGoesTheSameWay(Kernel kernel) {
        assumeTrue(kernel.available(), "no vectors here");
        Training through = training(kernel);
        Training stopped = training(kernel);
        for (int k = 0; k < 12; k++) {
            through.runEpoch();
            if (k < 7) {
                stopped.runEpoch();
            }
        }
        Training resumed = training(kernel);
        resumed.restore(stopped.state());
        for (int k = 7; k < 12; k++) {
            resumed.runEpoch();
        }
        assertThat(resumed.state()).isEqualTo(through.state());
    }
}
