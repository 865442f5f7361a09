package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.junit.jupiter.api.Test;

class DescriptorProposalTest {

    private static final List<Species> LIS = List.of(Species.Li, Species.S);
    private static final ProposalSettings SHORT = new ProposalSettings(12, 3, List.of(6), 0.3, 0.03, 5);

    private static List<TrainingFrame> frames() {
        SplittableRandom random = new SplittableRandom(4);
        var pairs = PairPotential.thiophosphate().calculator();
        List<TrainingFrame> frames = new ArrayList<>();
        for (int k = 0; k < 12; k++) {
            double a = 5.4 + 0.05 * k;
            double h = a / 2;
            Structure primitive = Structure.ofFractional(
                    Cell.periodic(0, h, h, h, 0, h, h, h, 0),
                    List.of(Species.S, Species.Li, Species.Li),
                    new double[] {0, 0, 0, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75});
            double[] positions = primitive.positions();
            for (int c = 0; c < positions.length; c++) {
                positions[c] += 0.2 * random.nextDouble(-1, 1);
            }
            Structure structure = primitive.withPositions(positions);
            Evaluation said = pairs.evaluate(structure);
            frames.add(new TrainingFrame(structure, said.energy(), said.forces(), null, "group-" + k % 6));
        }
        return frames;
    }

    @Test
    void thePapersSettingsAreTriedFirstAndTheBestIsNoWorse() {
        List<DescriptorProposal.Trial> told = new ArrayList<>();
        DescriptorProposal.Answer answer =
                DescriptorProposal.propose(frames(), LIS, SHORT, (trial, number) -> told.add(trial));
        assertThat(answer.trials()).isEqualTo(told).hasSizeBetween(6, DescriptorProposal.MOST_TRIALS);
        assertThat(answer.trials().getFirst().descriptor()).isEqualTo(new WeightedChebyshev(6, 18, 3, 4, LIS));
        assertThat(answer.best().score())
                .isLessThanOrEqualTo(1.03 * answer.trials().getFirst().score());
        DescriptorProposal.Answer again = DescriptorProposal.propose(frames(), LIS, SHORT, (trial, number) -> {});
        assertThat(again.best()).isEqualTo(answer.best());
    }

    @Test
    void distancesAreThoseOfTheStructures() {
        Structure two = Structure.of(
                Cell.NONE, List.of(Species.Li, Species.S, Species.S), new double[] {0, 0, 0, 2.4, 0, 0, 0, 3.1, 0});
        PairDistances distances = PairDistances.of(List.of(two), LIS);
        assertThat(distances.shortest(Species.S, Species.Li)).isEqualTo(2.4);
        assertThat(distances.shortest(Species.S, Species.S)).isCloseTo(Math.hypot(2.4, 3.1), within(1e-12));
        assertThat(distances.shortest(Species.Li, Species.Li)).isInfinite();
        // Within 2.5 Å one bond of three atoms: 2/3 neighbours each.
        assertThat(distances.radiusOf(0.6)).isCloseTo(2.4, within(0.11));
        assertThat(distances.radiusOf(100)).isEqualTo(PairDistances.REACH);
    }

    @Test
    void oneGroupLeavesNothingToValidateOn() {
        List<TrainingFrame> same = frames().stream()
                .map(frame -> new TrainingFrame(frame.structure(), frame.energy(), null, null, "all"))
                .toList();
        assertThatThrownBy(() -> DescriptorProposal.propose(same, LIS, SHORT, (trial, number) -> {}))
                .hasMessageContaining("validate");
        assertThatThrownBy(() -> new ProposalSettings(200, 0, List.of(4), 0.2, 0.03, 1))
                .hasMessageContaining("epochs");
    }

    /** On thiophosphates a channel per species beats the paper's two by far. */
    @Test
    void onTheSharedDatasetTheProposalBeatsThePapersSettings() throws IOException {
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
        DescriptorProposal.Answer answer = DescriptorProposal.propose(
                frames,
                SamplePotentials.LPS,
                new ProposalSettings(60, 8, List.of(16, 16), 0.25, 0.03, 1),
                (trial, number) -> System.out.printf(
                        "proposal %d: %s, %d features, %.4f eV/Å%n",
                        number, trial.descriptor(), trial.descriptor().size(), trial.score()));
        assertThat(answer.best().score())
                .isLessThan(0.9 * answer.trials().getFirst().score());
    }
}
