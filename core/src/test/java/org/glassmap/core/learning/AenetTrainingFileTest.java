package org.glassmap.core.learning;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AenetTrainingFileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lps3/descriptors.train",
                "li1/descriptors.train",
                "li2s2/descriptors.train",
                "lps3/training/toy.train",
                "lps3/training/bfgs-trace/toy.train.scaled"
            })
    void aFileIsWrittenAsAenetWroteIt(String path) {
        byte[] file = AenetReference.bytes(path);
        AenetTrainingFile read = AenetTrainingFile.read(file);
        assertThat(read.entries()).isNotEmpty();
        assertThat(AenetTrainingFile.read(file).bytes()).isEqualTo(file);
    }

    /** The descriptors are ænet's to rounding, so statistics and energies are too. */
    @Test
    void theFileOfFramesIsTheOneThatAenetGenerates() {
        AenetTrainingFile golden = AenetTrainingFile.read(AenetReference.bytes("lps3/descriptors.train"));
        List<WeightedChebyshev> descriptors =
                golden.setups().stream().map(AenetSetup::descriptor).toList();
        List<String> names =
                golden.entries().stream().map(AenetTrainingFile.Entry::name).toList();
        List<TrainingFrame> frames = golden.entries().stream()
                .map(entry -> {
                    Structure structure = AenetReference.structure("lps3/" + entry.name());
                    double energy = entry.energy();
                    double[] forces = new double[3 * structure.size()];
                    for (int i = 0; i < structure.size(); i++) {
                        energy += golden.atomicEnergies().get(golden.types().indexOf(structure.species(i)));
                        System.arraycopy(entry.atoms().get(i).force(), 0, forces, 3 * i, 3);
                    }
                    return new TrainingFrame(structure, energy, forces, null, entry.name());
                })
                .toList();
        AenetTrainingFile made =
                AenetTrainingFile.of(golden.types(), descriptors, golden.atomicEnergies(), frames, names);
        assertThat(AenetTrainingFile.read(made.bytes()).entries()).hasSameSizeAs(golden.entries());
        for (int s = 0; s < names.size(); s++) {
            AenetTrainingFile.Entry mine = made.entries().get(s);
            AenetTrainingFile.Entry theirs = golden.entries().get(s);
            assertThat(mine.species()).isEqualTo(theirs.species());
            assertThat(mine.energy()).isCloseTo(theirs.energy(), within(1e-9));
            for (int i = 0; i < mine.atoms().size(); i++) {
                double[] features = theirs.atoms().get(i).features();
                for (int f = 0; f < features.length; f++) {
                    assertThat(mine.atoms().get(i).features()[f]).isCloseTo(features[f], within(1e-11));
                }
            }
        }
        for (int t = 0; t < golden.types().size(); t++) {
            FeatureStatistics mine = made.setups().get(t).statistics();
            FeatureStatistics theirs = golden.setups().get(t).statistics();
            assertThat(mine.evaluations()).isEqualTo(theirs.evaluations());
            for (int f = 0; f < mine.size(); f++) {
                assertThat(mine.mean()[f]).isCloseTo(theirs.mean()[f], within(1e-10));
                assertThat(mine.meanSquare()[f]).isCloseTo(theirs.meanSquare()[f], within(1e-9));
                assertThat(mine.maximum()[f]).isCloseTo(theirs.maximum()[f], within(1e-11));
            }
        }
    }

    @Test
    void aFileCutAnywhereIsRefusedByRecord() {
        byte[] file = AenetReference.bytes("li2s2/descriptors.train");
        for (int length = 0; length < file.length; length += 101) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> AenetTrainingFile.read(cut))
                    .isInstanceOf(PotentialFileException.class)
                    .hasMessageContaining("record");
        }
    }

    @Test
    void whatLammpsIsToldNamesTheFiles() {
        NetworkPotential potential = SamplePotentials.random(
                new WeightedChebyshev(6, 3, 3, 2, SamplePotentials.LPS), List.of(4), Activation.TANH, 5);
        assertThat(LammpsExport.files(potential).sequencedKeySet()).containsExactly("Li.nn", "P.nn", "S.nn");
        assertThat(LammpsExport.lines(potential).lines())
                .contains(
                        "pair_style      aenet", "pair_coeff      * * v00 Li P S nn Li P S", "mass            1 6.94");
        assertThat(AenetPotentialFile.read(
                                requireNonNull(LammpsExport.files(potential).get("P.nn")))
                        .network()
                        .species())
                .isEqualTo(Species.P);
    }

    /** ænet makes room for the more neighbours, and takes the more time over them, the smaller RMIN is. */
    @ParameterizedTest
    @CsvSource({"1.9, 0.75", "0.76, 0.75", "0.7, 0.7"})
    void theLeastDistanceIsTheUsualOneOrThatOfTheData(double apart, double expected) {
        Structure pair = Structure.of(Cell.NONE, List.of(Species.Li, Species.Li), new double[] {0, 0, 0, apart, 0, 0});
        AenetTrainingFile made = AenetTrainingFile.of(
                List.of(Species.Li),
                List.of(new WeightedChebyshev(6, 3, 3, 2, List.of(Species.Li))),
                List.of(0.0),
                List.of(new TrainingFrame(pair, -1, null, null, "pair")),
                List.of("pair"));
        assertThat(AenetTrainingFile.read(made.bytes()).setups().getFirst().leastDistance())
                .isCloseTo(expected, within(1e-15));
    }
}
