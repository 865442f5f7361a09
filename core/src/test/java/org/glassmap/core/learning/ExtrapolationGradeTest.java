package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.junit.jupiter.api.Test;

class ExtrapolationGradeTest {

    private static final Structure CRYSTAL = AenetReference.structure("lps3/structures/beta-li3ps4-32.xsf");
    private static final NetworkPotential POTENTIAL = SamplePotentials.random(
            new WeightedChebyshev(6, 18, 3, 4, SamplePotentials.LPS), List.of(15, 15), Activation.TANH, 5);

    private static List<Structure> rattled(int count, double displacement, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Structure> structures = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] positions = CRYSTAL.positions();
            for (int c = 0; c < positions.length; c++) {
                positions[c] += displacement * random.nextDouble(-1, 1);
            }
            structures.add(CRYSTAL.withPositions(positions));
        }
        return structures;
    }

    private static double largest(ExtrapolationGrade grade, Structure structure) {
        return grade.calculator().grades(structure).largest();
    }

    private static Structure scaled(Structure structure, double factor) {
        double[] lattice = structure.cell().lattice();
        for (int k = 0; k < 9; k++) {
            lattice[k] *= factor;
        }
        return structure.withCellAndAtoms(Cell.periodic(lattice));
    }

    @Test
    void withinTheTrainingSetGradesStayBelowTheBoundAndOutsideTheyGrow() {
        List<Structure> training = rattled(60, 0.15, 1);
        GradeSelection.Outcome outcome = GradeSelection.select(POTENTIAL, training, GradeSettings.DEFAULT);
        assertThat(outcome.converged()).isTrue();
        for (Structure structure : training) {
            assertThat(largest(outcome.grade(), structure)).isLessThanOrEqualTo(1 + 0.01 + 1e-7);
        }
        for (GradeSelection.Chosen chosen : outcome.chosen()) {
            Structure structure = training.get(chosen.structure());
            assertThat(structure.species(chosen.atom())).isEqualTo(chosen.species());
            // It is 1 where it stands for itself; its weight on the others is 0.
            assertThat(outcome.grade().calculator().grades(structure).atoms()[chosen.atom()])
                    .isBetween(1 - 1e-7, 1.01 + 1e-7);
        }
        double compressed = largest(outcome.grade(), scaled(CRYSTAL, 0.85));
        double more = largest(outcome.grade(), scaled(CRYSTAL, 0.75));
        assertThat(compressed).isGreaterThan(10);
        assertThat(more).isGreaterThan(compressed);
        Structure foreign = AenetReference.structure("lps3/structures/li2s-primitive-3-displaced.xsf");
        assertThat(largest(outcome.grade(), foreign)).isGreaterThan(10);
    }

    @Test
    void theGradeIsUnchangedByTheOrderOfAtomsAndByRepeatingTheCell() {
        ExtrapolationGrade grade = GradeSelection.select(POTENTIAL, rattled(20, 0.15, 1), GradeSettings.DEFAULT)
                .grade();
        Structure structure = rattled(1, 0.3, 9).getFirst();
        double[] own = grade.calculator().grades(structure).atoms();
        double[] repeated =
                grade.calculator().grades(structure.repeated(1, 1, 2)).atoms();
        for (int i = 0; i < own.length; i++) {
            assertThat(repeated[2 * i]).isCloseTo(own[i], withinPercentage(1e-5));
        }
    }

    @Test
    void theSameTrainingSetGivesTheSameBits() {
        byte[] first = GradeDocument.write(
                GradeSelection.select(POTENTIAL, rattled(20, 0.15, 1), GradeSettings.DEFAULT)
                        .grade(),
                "0".repeat(64));
        byte[] second = GradeDocument.write(
                GradeSelection.select(POTENTIAL, rattled(20, 0.15, 1), GradeSettings.DEFAULT)
                        .grade(),
                "0".repeat(64));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aDocumentComesBackAndAnotherPotentialsIsRefused() {
        String id = PotentialDocument.of(POTENTIAL).id();
        ExtrapolationGrade grade = GradeSelection.select(POTENTIAL, rattled(10, 0.1, 1), GradeSettings.DEFAULT)
                .grade();
        byte[] bytes = GradeDocument.write(grade, id);
        ExtrapolationGrade back = GradeDocument.read(bytes, POTENTIAL, id);
        assertThat(back.calculator().grades(CRYSTAL).atoms())
                .isEqualTo(grade.calculator().grades(CRYSTAL).atoms());
        assertThatThrownBy(() -> GradeDocument.read(bytes, POTENTIAL, "1".repeat(64)))
                .isInstanceOf(PotentialFileException.class)
                .hasMessageContaining("not the grade");
        assertThatThrownBy(() -> GradeDocument.read(Arrays.copyOf(bytes, 100), POTENTIAL, id))
                .isInstanceOf(PotentialFileException.class);
    }

    @Test
    void aTrainingSetWithoutOneOfTheSpeciesIsRefusedAndSoIsAnAtomWithoutAGrade() {
        Structure lithium = Structure.of(Cell.periodic(3, 0, 0, 0, 3, 0, 0, 0, 3), List.of(Species.Li), new double[3]);
        assertThatThrownBy(() -> GradeSelection.select(POTENTIAL, List.of(lithium), GradeSettings.DEFAULT))
                .hasMessageContaining("has P");
        ExtrapolationGrade grade = GradeSelection.select(POTENTIAL, rattled(5, 0.1, 1), GradeSettings.DEFAULT)
                .grade();
        Structure iron = Structure.of(Cell.NONE, List.of(Species.Fe), new double[3]);
        assertThatThrownBy(() -> grade.calculator().grades(iron))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("Fe");
        // An atom alone has all sums 0: defined, and far from anything in a crystal.
        Structure alone = Structure.of(Cell.NONE, List.of(Species.Li), new double[3]);
        assertThat(largest(grade, alone)).isGreaterThan(10);
    }

    /** Frames of trajectories not seen lie near 1; cells that were squeezed beyond what was seen far above. */
    @Test
    void onTheSharedDatasetGradesTellSeenFromUnseen() throws IOException {
        List<Frame> md = frames("md.extxyz.gz");
        List<Structure> training = new ArrayList<>();
        List<Structure> heldOut = new ArrayList<>();
        List<String> configurations = md.stream()
                .map(f -> String.valueOf(f.metadata().get("config")))
                .distinct()
                .toList();
        for (Frame frame : md) {
            boolean out = configurations.indexOf(frame.metadata().get("config")) % 10 == 3;
            (out ? heldOut : training).add(frame.structure());
        }
        GradeSelection.Outcome outcome = GradeSelection.select(POTENTIAL, training, GradeSettings.DEFAULT);
        assertThat(outcome.converged()).isTrue();
        double unseen = median(outcome.grade(), heldOut);
        double close = median(
                outcome.grade(),
                frames("close.extxyz.gz").stream().map(Frame::structure).toList());
        double random = median(
                outcome.grade(),
                frames("random.extxyz.gz").stream().map(Frame::structure).toList());
        System.out.printf(
                "grades, medians of the largest of a cell: unseen dynamics %.2f, random %.1f, close %.1f; %d chosen of %d"
                        + " structures%n",
                unseen, random, close, outcome.chosen().size(), training.size());
        assertThat(unseen).isLessThan(3);
        assertThat(random).isGreaterThan(2 * unseen);
        assertThat(close).isGreaterThan(3 * unseen);
    }

    private static double median(ExtrapolationGrade grade, List<Structure> structures) {
        ExtrapolationGrade.Calculator calculator = grade.calculator();
        double[] largest = structures.stream()
                .mapToDouble(structure -> calculator.grades(structure).largest())
                .sorted()
                .toArray();
        return largest[largest.length / 2];
    }

    private static List<Frame> frames(String name) throws IOException {
        Path file = SharedReference.dataset(name);
        try (var reader = ExtendedXyz.reader(SharedReference.open(file))) {
            return reader.frames();
        }
    }
}
