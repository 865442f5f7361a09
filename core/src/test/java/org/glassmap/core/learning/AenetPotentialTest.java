package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AenetPotentialTest {

    private static final String LI = "lps3/potential/Li.15t-15t.nn";

    private static NetworkPotential potential(String folder, String... files) {
        List<AenetPotential> parts = new ArrayList<>();
        for (String file : files) {
            parts.add(AenetPotentialFile.read(AenetReference.bytes(folder + "/" + file)));
        }
        return AenetPotential.together(parts);
    }

    /**
     * ænet's two builds differ by 3e-14 eV and 5e-14 eV/Å; sums of terms of some 200 eV per atom and of several eV/Å
     * are held to 1e-12 of their size.
     */
    @ParameterizedTest
    @CsvSource({
        "lps3, Li.15t-15t.nn P.15t-15t.nn S.15t-15t.nn",
        "li1, Li.nn",
        "li2s2, Li.nn S.nn",
    })
    void energiesAndForcesAreAenets(String set, String files) {
        NetworkPotential potential = potential(set + "/potential", files.split(" "));
        CommitteeCalculator calculator = potential.calculator();
        int compared = 0;
        for (JsonNode entry : AenetReference.json(set + "/predicted.json").get("structures")) {
            Structure structure =
                    AenetReference.structure(set + "/" + entry.get("file").asString());
            Evaluation evaluation = calculator.evaluate(structure);
            double total = entry.get("total_energy").asDouble();
            assertThat(evaluation.energy()).isCloseTo(total, within(1e-12 * (1 + Math.abs(total))));
            double[] atomic = calculator.atomicEnergies(structure);
            for (JsonNode atom : entry.get("atoms")) {
                int i = atom.get("index").asInt() - 1;
                assertThat(atomic[i]).isCloseTo(atom.get("atomic_energy").asDouble(), within(1e-12 * 1000));
                double[] force = AenetReference.doubles(atom.get("force"));
                for (int axis = 0; axis < 3; axis++) {
                    assertThat(evaluation.forces()[3 * i + axis])
                            .as("%s atom %d", entry.get("file"), i + 1)
                            .isCloseTo(force[axis], within(1e-12 * (1 + 10 * magnitude(structure, force))));
                }
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    /** Terms of a force sum are larger than the force; per neighbour they reach some eV/Å. */
    private static double magnitude(Structure structure, double[] force) {
        return Math.abs(force[0]) + Math.abs(force[1]) + Math.abs(force[2]) + Math.min(structure.size(), 50);
    }

    @Test
    void theVirialIsAenetsDerivativeByStrain() {
        JsonNode golden = AenetReference.json("lps3/strain-derivatives.json");
        NetworkPotential potential = potential("lps3/potential", "Li.15t-15t.nn", "P.15t-15t.nn", "S.15t-15t.nn");
        Structure structure =
                AenetReference.structure("lps3/" + golden.get("structure").asString());
        double[] virial = potential.calculator().evaluate(structure).virial();
        for (JsonNode derivative : golden.get("derivatives")) {
            String component = derivative.get("component").asString();
            int a = component.charAt(0) - 'x';
            int b = component.charAt(1) - 'x';
            double mine = a == b ? -virial[4 * a] : -(virial[3 * a + b] + virial[3 * b + a]);
            // central differences of ænet's energies, good to about 1e-6 eV
            assertThat(mine).isCloseTo(derivative.get("richardson").asDouble(), within(2e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lps3/potential/P.15t-15t.nn", "li1/potential/Li.nn", "li2s2/potential/S.nn"})
    void allLayoutsHoldTheSamePotential(String path) {
        AenetPotential binary = AenetPotentialFile.read(AenetReference.bytes(path));
        AenetPotential exchange = AenetPotentialFile.read(AenetReference.bytes(path + ".ascii"));
        // the exchange file was written without the blanks its description begins with
        assertThat(exchange.description()).isEqualTo(binary.description().strip());
        assertThat(exchange.network()).isEqualTo(binary.network());
        assertThat(exchange.statistics()).isEqualTo(binary.statistics());
        assertThat(exchange.trainingSet()).isEqualTo(binary.trainingSet());
        int name = path.lastIndexOf('/');
        String nativePath = path.substring(0, name) + "/native-ascii" + path.substring(name) + ".ascii";
        AenetPotential own = AenetPotentialFile.read(AenetReference.bytes(nativePath));
        assertThat(own.network().network()).isEqualTo(binary.network().network());
        assertThat(own.statistics()).isEqualTo(binary.statistics());
        assertThat(own.trainingSet().types()).isEqualTo(binary.trainingSet().types());
    }

    @Test
    void namesThatRunTogetherAreToldApart() {
        String text = AenetReference.text(LI + ".ascii").replace("Li P S\n-202", "LiP S \n-202");
        assertThat(AenetPotentialFile.read(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(AenetPotentialFile.read(AenetReference.bytes(LI + ".ascii")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lps3/potential/S.15t-15t.nn", "li1/potential/Li.nn", "li2s2/potential/Li.nn"})
    void aBinaryFileIsWrittenAsAenetWroteIt(String path) {
        byte[] file = AenetReference.bytes(path);
        AenetPotential potential = AenetPotentialFile.read(file);
        assertThat(AenetPotentialFile.binary(potential)).isEqualTo(file);
        String text = AenetPotentialFile.text(potential);
        assertThat(AenetPotentialFile.read(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(potential);
        int name = path.lastIndexOf('/');
        String nativePath = path.substring(0, name) + "/native-ascii" + path.substring(name) + ".ascii";
        assertThat(AenetPotentialFile.nativeText(potential)).isEqualTo(AenetReference.text(nativePath));
    }

    @Test
    void aPotentialOfOursComesBackFromItsFiles() {
        NetworkPotential potential = SamplePotentials.random(
                new WeightedChebyshev(6, 18, 3, 4, SamplePotentials.LPS), List.of(15, 15), Activation.TANH, 5);
        List<AenetPotential> files = new ArrayList<>();
        for (AenetPotential file : AenetPotential.of(potential)) {
            AenetPotential read = AenetPotentialFile.read(AenetPotentialFile.binary(file));
            assertThat(read.leastDistance()).as("RMIN").isEqualTo(0.75);
            files.add(read);
        }
        Structure structure = AenetReference.structure("lps3/structures/beta-li3ps4-32.xsf");
        assertThat(AenetPotential.together(files).calculator().energy(structure))
                .isCloseTo(potential.calculator().energy(structure), within(1e-9));
    }

    @Test
    void whatAenetHasNoPlaceForIsRefused() {
        NetworkPotential rich = SamplePotentials.random(
                new ResolvedChebyshev(6, 3, 3, 2, SamplePotentials.LPS), List.of(4), Activation.TANH, 5);
        assertThatThrownBy(() -> AenetPotential.of(rich)).hasMessageContaining("species-weighted descriptor only");
        NetworkPotential walled = SamplePotentials.random(
                        new WeightedChebyshev(6, 3, 3, 2, SamplePotentials.LPS), List.of(4), Activation.TANH, 5)
                .withRepulsion(SamplePotentials.WALLS);
        assertThatThrownBy(() -> AenetPotential.of(walled)).hasMessageContaining("pair repulsion");
    }

    @Test
    void aBinaryFileCutAnywhereIsRefusedByRecord() {
        byte[] file = AenetReference.bytes(LI);
        for (int length = 0; length < file.length; length += length < 300 ? 1 : 37) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> AenetPotentialFile.read(cut)).isInstanceOf(PotentialFileException.class);
        }
        assertThatThrownBy(() -> AenetPotentialFile.read(Arrays.copyOf(file, 5000)))
                .hasMessageContaining("record 9 (weights)")
                .hasMessageContaining("cut short");
    }

    @Test
    void aTextFileCutAtAnyLineIsRefusedByLine() {
        String[] lines = AenetReference.text(LI + ".ascii").split("\n");
        for (int count = 1; count < lines.length; count++) {
            String cut = String.join("\n", Arrays.copyOf(lines, count));
            assertThatThrownBy(() -> AenetPotentialFile.read(cut.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(PotentialFileException.class);
        }
    }

    @Test
    void anArrayLengthOfTwoToTheThirtyOneIsRefusedBeforeItIsReserved() {
        byte[] file = AenetReference.bytes(LI);
        // record 3, the number of weights: its value at byte 28
        byte[] weights = file.clone();
        ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putInt(28, Integer.MAX_VALUE);
        assertThatThrownBy(() -> AenetPotentialFile.read(weights))
                .isInstanceOf(PotentialFileException.class)
                .hasMessageContaining("expected 991, got 2147483647");
        // record 9, the weights: its mark at byte 140
        byte[] mark = file.clone();
        ByteBuffer.wrap(mark).order(ByteOrder.LITTLE_ENDIAN).putInt(140, Integer.MAX_VALUE);
        assertThatThrownBy(() -> AenetPotentialFile.read(mark))
                .hasMessageContaining("record 9 (weights): must have 7928 bytes, its mark says 2147483647");
        String text = AenetReference.text(LI + ".ascii").replaceFirst("\n991\n", "\n2147483648\n");
        assertThatThrownBy(() -> AenetPotentialFile.read(text.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("line 3 (weights): expected a whole number of 32 bits, got '2147483648'");
    }

    @Test
    void whatIsNoPotentialIsRefused() {
        assertThatThrownBy(() -> AenetPotentialFile.read(new byte[0])).hasMessageContaining("empty");
        assertThatThrownBy(() -> AenetPotentialFile.read("# XSF\nPRIMVEC\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("line 1 (layers): expected a whole number");
        String behler = AenetReference.text(LI + ".ascii").replace("\nChebyshev\n", "\nBehler2011\n");
        assertThatThrownBy(() -> AenetPotentialFile.read(behler.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("line 16 (basis): only Chebyshev");
        String nan = AenetReference.text(LI + ".ascii").replaceFirst("-0.27983042477914366", "NaN");
        assertThatThrownBy(() -> AenetPotentialFile.read(nan.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("line 9 (weights): expected a finite number, got 'NaN'");
    }

    @Test
    void damagedFilesAreReadOrRefusedButNothingElse() {
        SplittableRandom random = new SplittableRandom(7);
        for (String path : List.of(LI, LI + ".ascii")) {
            byte[] file = AenetReference.bytes(path);
            for (int trial = 0; trial < 1500; trial++) {
                byte[] damaged = file.clone();
                for (int k = 0; k <= trial % 3; k++) {
                    damaged[random.nextInt(trial % 2 == 0 ? 200 : damaged.length)] = (byte) random.nextInt(256);
                }
                try {
                    AenetPotential read = AenetPotentialFile.read(damaged);
                    assertThat(read.network().species()).isIn((Object[]) Species.values());
                } catch (PotentialFileException refused) {
                    assertThat(refused).hasMessageContaining(refused.place());
                }
            }
        }
    }

    @Test
    void aFeatureThatDoesNotVaryIsSwitchedOff() {
        double[] mean = {7.5, 2, 0};
        // 7.5² + 1e-13: what cancellation leaves; 2² + 0.01: a spread of 0.1
        double[] squares = {56.25 + 1e-13, 4.01, 0};
        FeatureScaling scaling = new FeatureStatistics(10, mean, mean, mean, squares).scaling();
        assertThat(scaling.factor(0)).isZero();
        assertThat(scaling.factor(1)).isCloseTo(10, within(1e-10));
        assertThat(scaling.factor(2)).isZero();
    }
}
