package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;

class AngularConventionTest {

    private static final WeightedChebyshev DESCRIPTOR = new WeightedChebyshev(5, 4, 4, 5, SamplePotentials.LPS);
    private static final Structure CRYSTAL = AenetReference.structure("lps3/structures/beta-li3ps4-32.xsf");

    /** The older sums term by term; the newer ones of the same order of A are T_n of the cosine itself. */
    private static double[] oldFeatures(int centre) {
        double[] features = SimpleDescriptor.of(DESCRIPTOR, CRYSTAL, centre).values();
        int orders = DESCRIPTOR.angularOrder() + 1;
        int half = DESCRIPTOR.size() / 2;
        for (int from : List.of(DESCRIPTOR.radialOrder() + 1, half + DESCRIPTOR.radialOrder() + 1)) {
            // Power sums S_m = Σ w cos^m, solved out of the newer sums, make the older ones.
            double[] powers = powerSums(features, from, orders);
            for (int n = 0; n < orders; n++) {
                double[] t = chebyshev(n);
                double sum = 0;
                for (int k = 0; k <= n; k++) {
                    // ((2c − π)/π)^k expanded
                    for (int m = 0; m <= k; m++) {
                        sum += t[k] * binomial(k, m) * Math.pow(2 / Math.PI, m) * Math.pow(-1, k - m) * powers[m];
                    }
                }
                features[from + n] = sum;
            }
        }
        return features;
    }

    private static double[] powerSums(double[] features, int from, int orders) {
        double[] powers = new double[orders];
        for (int n = 0; n < orders; n++) {
            double[] t = chebyshev(n);
            double rest = features[from + n];
            for (int k = 0; k < n; k++) {
                rest -= t[k] * powers[k];
            }
            powers[n] = rest / t[n];
        }
        return powers;
    }

    /** Coefficients of T_n by powers. */
    private static double[] chebyshev(int n) {
        double[] before = {1};
        double[] now = {0, 1};
        for (int k = 1; k < n; k++) {
            double[] next = new double[k + 2];
            for (int p = 0; p <= k; p++) {
                next[p + 1] += 2 * now[p];
            }
            for (int p = 0; p < before.length; p++) {
                next[p] -= before[p];
            }
            before = now;
            now = next;
        }
        return n == 0 ? before : now;
    }

    private static double binomial(int n, int k) {
        double value = 1;
        for (int i = 1; i <= k; i++) {
            value = value * (n - k + i) / i;
        }
        return value;
    }

    /** Files whose statistics are those of the older sums over the crystal. */
    private static List<AenetPotential> oldFiles() {
        NetworkPotential random = SamplePotentials.random(DESCRIPTOR, List.of(6, 5), Activation.TANH, 11);
        List<AenetPotential> files = new ArrayList<>();
        for (AenetPotential file : AenetPotential.of(random)) {
            int size = DESCRIPTOR.size();
            double[] mean = new double[size];
            double[] square = new double[size];
            int count = 0;
            for (int i = 0; i < CRYSTAL.size(); i++) {
                if (CRYSTAL.species(i) == file.network().species()) {
                    count++;
                    double[] features = oldFeatures(i);
                    for (int f = 0; f < size; f++) {
                        mean[f] += features[f];
                        square[f] += features[f] * features[f];
                    }
                }
            }
            for (int f = 0; f < size; f++) {
                mean[f] /= count;
                square[f] = square[f] / count + 0.5; // a spread that a crystal of one kind of site lacks
            }
            FeatureStatistics statistics = new FeatureStatistics(count, mean, mean, mean, square);
            SpeciesNetwork network = file.network();
            files.add(new AenetPotential(
                    new SpeciesNetwork(
                            network.species(),
                            DESCRIPTOR,
                            statistics.scaling(),
                            network.network(),
                            network.energyScale(),
                            network.energyShift(),
                            network.atomicEnergy()),
                    file.description(),
                    0.5,
                    statistics,
                    file.trainingSet()));
        }
        return files;
    }

    @Test
    void aPotentialOfTheOlderConventionGivesItsOwnEnergies() {
        List<AenetPotential> files = oldFiles();
        double expected = 0;
        for (AenetPotential file : files) {
            SpeciesNetwork network = file.network();
            NetworkKernel kernel = new NetworkKernel(network.scaling().foldInto(network.network()));
            for (int i = 0; i < CRYSTAL.size(); i++) {
                if (CRYSTAL.species(i) == network.species()) {
                    double[][] column = new double[DESCRIPTOR.size()][1];
                    double[] features = oldFeatures(i);
                    for (int f = 0; f < features.length; f++) {
                        column[f][0] = features[f];
                    }
                    expected += kernel.forward(column, 1)[0] / network.energyScale()
                            + network.energyShift()
                            + network.atomicEnergy();
                }
            }
        }
        List<AenetPotential> read = new ArrayList<>();
        for (AenetPotential file : files) {
            read.add(
                    AenetPotentialFile.read(AenetPotentialFile.binary(file), AngularConvention.COSINE_TAKEN_FOR_ANGLE));
        }
        NetworkPotential potential = AenetPotential.together(read);
        assertThat(potential.calculator().energy(CRYSTAL)).isCloseTo(expected, within(1e-9));
        // and what is written from it is of the newer convention
        List<AenetPotential> again = new ArrayList<>();
        for (byte[] file : LammpsExport.files(potential).values()) {
            again.add(AenetPotentialFile.read(file));
        }
        assertThat(AenetPotential.together(again).calculator().energy(CRYSTAL)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void theOlderConventionIsRecognisedAndRefusedUnlessItIsAskedFor() {
        byte[] file = AenetPotentialFile.binary(oldFiles().getFirst());
        assertThatThrownBy(() -> AenetPotentialFile.read(file))
                .isInstanceOf(PotentialFileException.class)
                .hasMessageContaining("2.0.3 or older");
    }

    @Test
    void aNewerPotentialIsNotReadAsAnOlderOne() {
        byte[] file = AenetReference.bytes("lps3/potential/P.15t-15t.nn");
        assertThatThrownBy(() -> AenetPotentialFile.read(file, AngularConvention.COSINE_TAKEN_FOR_ANGLE))
                .isInstanceOf(PotentialFileException.class)
                .hasMessageContaining("newer version");
    }
}
