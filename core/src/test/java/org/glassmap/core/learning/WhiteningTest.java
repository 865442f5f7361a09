package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.junit.jupiter.api.Test;

class WhiteningTest {

    private static final double RIDGE = 1e-3;
    private static final List<TrainingFrame> FRAMES = TrainingTest.frames(12, 3);
    private static final TrainingSettings SETTINGS = TrainingTest.settings(1, false);
    private static final PreparedFrames PREPARED = PreparedFrames.of(SETTINGS, new Split(FRAMES, List.of()));
    private static final Architecture ARCHITECTURE = Architecture.of(SETTINGS, PREPARED.training);
    private static final Whitening WHITENING = Whitening.of(ARCHITECTURE, PREPARED.training, RIDGE);

    /** The rows of D Vᵀ of a species: what a coordinate of its own makes of the features. */
    private static double[][] rows(int kind) {
        int n = ARCHITECTURE.descriptor.size();
        int nodes = ARCHITECTURE.shape().nodes(1);
        double[][] rows = new double[n][n];
        for (int k = 0; k < n; k++) {
            double[] coordinates = new double[ARCHITECTURE.weightCount()];
            coordinates[ARCHITECTURE.offset(kind) + k * nodes] = 1;
            double[] weights = WHITENING.weights(coordinates);
            for (int f = 0; f < n; f++) {
                rows[k][f] = weights[ARCHITECTURE.offset(kind) + f * nodes];
            }
        }
        return rows;
    }

    @Test
    void featuresAreUncorrelatedAndThoseThatVaryOfVarianceOne() {
        int n = ARCHITECTURE.descriptor.size();
        DescriptorCalculator calculator = new DescriptorCalculator(ARCHITECTURE.descriptor);
        for (int kind = 0; kind < ARCHITECTURE.species(); kind++) {
            double[][] rows = rows(kind);
            double[][] moments = new double[n][n];
            int atoms = 0;
            for (PreparedFrame frame : PREPARED.training) {
                double[] features = frame.features(calculator);
                for (int i = 0; i < frame.size(); i++) {
                    if (frame.kind[i] != kind) {
                        continue;
                    }
                    double[] scaled = new double[n];
                    ARCHITECTURE.scalings.get(kind).apply(Arrays.copyOfRange(features, i * n, (i + 1) * n), scaled);
                    double[] z = Arrays.stream(rows)
                            .mapToDouble(row -> dot(row, scaled))
                            .toArray();
                    atoms++;
                    for (int a = 0; a < n; a++) {
                        for (int b = 0; b < n; b++) {
                            moments[a][b] += z[a] * z[b];
                        }
                    }
                }
            }
            int ones = 0;
            for (int a = 0; a < n; a++) {
                assertThat(moments[a][a] / atoms).isBetween(0.0, 1.0);
                ones += moments[a][a] / atoms > 0.9 ? 1 : 0;
                for (int b = 0; b < a; b++) {
                    // Rounding of the directions, times at most 1/ridge.
                    assertThat(moments[a][b] / atoms).isCloseTo(0, within(1e-10));
                }
            }
            assertThat(ones).as("of %d", n).isGreaterThan(n / 3);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    @Test
    void theDerivativeByACoordinateIsTheDifferenceQuotientOfTheLoss() {
        Training training = Training.start(SETTINGS, PREPARED);
        double[] here = training.weights();
        double[] byWeights = new double[here.length];
        training.lossAndGradient(byWeights);
        double[] derivative = WHITENING.derivative(byWeights);
        double scale = Arrays.stream(derivative).map(Math::abs).max().orElseThrow();
        double[] scratch = new double[here.length];
        double step = 1e-5;
        for (int k = 0; k < here.length; k++) {
            double[] coordinates = new double[here.length];
            coordinates[k] = step;
            double[] way = WHITENING.weights(coordinates);
            double[] there = here.clone();
            Arrays.setAll(there, w -> here[w] + way[w]);
            training.setWeights(there);
            double up = training.lossAndGradient(scratch);
            Arrays.setAll(there, w -> here[w] - way[w]);
            training.setWeights(there);
            double down = training.lossAndGradient(scratch);
            assertThat(derivative[k]).as("coordinate %d", k).isCloseTo((up - down) / (2 * step), within(1e-7 * scale));
        }
    }

    @Test
    void allButTheFirstLayersWeightsOnFeaturesAreTheirOwnCoordinates() {
        double[] coordinates = new double[ARCHITECTURE.weightCount()];
        Arrays.setAll(coordinates, k -> k + 1);
        double[] weights = WHITENING.weights(coordinates);
        int first = ARCHITECTURE.descriptor.size() * ARCHITECTURE.shape().nodes(1);
        for (int kind = 0; kind < ARCHITECTURE.species(); kind++) {
            int from = ARCHITECTURE.offset(kind) + first;
            int to = ARCHITECTURE.offset(kind) + ARCHITECTURE.shape().weightCount();
            assertThat(Arrays.copyOfRange(weights, from, to)).isEqualTo(Arrays.copyOfRange(coordinates, from, to));
            assertThat(weights[from - 1]).isNotEqualTo(coordinates[from - 1]);
        }
    }

    @Test
    void aSpeciesWhoseFeaturesDoNotVaryHasNoneToWhiten() {
        List<TrainingFrame> same = List.of(FRAMES.getFirst());
        TrainingSettings settings = new TrainingSettings(
                new WeightedChebyshev(2.0, 1, 2.0, 1, List.of(Species.Li, Species.P, Species.S)),
                List.of(3),
                Activation.TANH,
                PairRepulsion.NONE,
                LossSettings.DEFAULT,
                AdamSettings.WHITENED,
                3,
                false,
                1,
                1);
        Training training = Training.start(settings, new Split(same, List.of()));
        while (!training.finished()) {
            assertThat(training.runEpoch().training().loss()).isFinite();
        }
    }

    @Test
    void aShareIsWanted() {
        for (double ridge : new double[] {-1e-3, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> new AdamSettings(1e-3, 1e-5, 0.9, 0.99, 8, 2, 0, ridge))
                    .hasMessageContaining("whitening");
        }
    }

    /** A state hashes the settings: one of before there was whitening goes on. */
    @Test
    void settingsWithoutItReadAsTheyDidBefore() {
        assertThat(AdamSettings.DEFAULT)
                .hasToString("AdamSettings[rate=0.002, finalRate=6.0E-6, beta1=0.9, beta2=0.99, framesPerStep=8,"
                        + " clip=2.0, decay=0.03]");
        assertThat(AdamSettings.WHITENED.toString()).endsWith("decay=0.03, whitening=0.001]");
    }

    @Test
    void onTheSharedDatasetEnergiesAreLearntFaster() throws IOException {
        List<TrainingFrame> frames = new ArrayList<>();
        try (var reader = ExtendedXyz.reader(SharedReference.open(SharedReference.dataset("md.extxyz.gz")))) {
            for (Frame frame : reader.frames()) {
                frames.add(new TrainingFrame(
                        frame.structure(),
                        frame.energy().getAsDouble(),
                        frame.forces().orElseThrow(),
                        null,
                        String.valueOf(frame.metadata().get("config"))));
            }
        }
        List<TrainingFrame> some = new ArrayList<>();
        for (int f = 0; f < frames.size(); f += 6) {
            some.add(frames.get(f));
        }
        Split split = new Split(some, List.of());
        Errors plain = trained(AdamSettings.DEFAULT, split);
        Errors whitened = trained(AdamSettings.WHITENED, split);
        System.out.printf("Adam %s%nin whitened coordinates %s%n", plain, whitened);
        assertThat(whitened.loss()).isLessThan(0.8 * plain.loss());
        assertThat(whitened.energyPerAtom()).isLessThan(0.9 * plain.energyPerAtom());
    }

    private static Errors trained(AdamSettings adam, Split split) {
        TrainingSettings settings = new TrainingSettings(
                new WeightedChebyshev(6, 18, 3, 4, SamplePotentials.LPS),
                List.of(15, 15),
                Activation.TANH,
                PairRepulsion.NONE,
                LossSettings.DEFAULT,
                adam,
                20,
                false,
                1,
                1);
        Training training = Training.start(settings, split);
        while (!training.finished()) {
            training.runEpoch();
        }
        return training.trainingErrors();
    }
}
