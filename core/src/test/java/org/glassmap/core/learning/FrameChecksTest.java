package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.FrameChecks.Finding;
import org.glassmap.core.learning.FrameChecks.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameChecksTest {

    private static final Potential TRUTH = SamplePotentials.random(
                    new ResolvedChebyshev(4.5, 3, 3.5, 2, SamplePotentials.LPS), List.of(6), Activation.TANH, 99)
            .withRepulsion(SamplePotentials.WALLS);

    /** Snapshots of one crystal, whose atoms move a little. */
    private static List<Named> snapshots(int count, double energyUnit, double forceUnit) {
        Potential.Calculator truth = TRUTH.calculator();
        SplittableRandom random = new SplittableRandom(4);
        List<Named> frames = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            double[] fractional = new double[24];
            List<Species> species = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                species.add(SamplePotentials.LPS.get(i % 3));
                fractional[3 * i] = (i % 2) / 2.0 + 0.05 + random.nextDouble(0.02);
                fractional[3 * i + 1] = (i / 2 % 2) / 2.0 + random.nextDouble(0.02);
                fractional[3 * i + 2] = (i / 4) / 2.0 + random.nextDouble(0.02);
            }
            Structure structure =
                    Structure.ofFractional(Cell.periodic(5.2, 0.2, 0, 0.7, 5.1, 0, 0, 0.3, 5.3), species, fractional);
            Evaluation label = truth.evaluate(structure);
            double[] forces = label.forces();
            for (int k = 0; k < forces.length; k++) {
                forces[k] *= forceUnit;
            }
            frames.add(new Named(
                    "label-" + f, new TrainingFrame(structure, label.energy() * energyUnit, forces, null, "a")));
        }
        return frames;
    }

    private static Named shifted(Named named, double perAtom) {
        TrainingFrame frame = named.frame();
        return new Named(
                named.name(),
                new TrainingFrame(
                        frame.structure(),
                        frame.energy() + perAtom * frame.structure().size(),
                        null,
                        null,
                        frame.group()));
    }

    @Test
    void labelsOfOneKindAreFreeOfFaults() {
        assertThat(FrameChecks.fault(snapshots(20, 1, 1))).isEmpty();
        assertThat(FrameChecks.fault(List.of())).isEmpty();
        assertThat(FrameChecks.fault(snapshots(1, 1, 1))).isEmpty();
    }

    @Test
    void energiesOffByAConstantAreTwoLevelsOfTheory() {
        List<Named> frames = snapshots(20, 1, 1);
        for (int f = 0; f < 7; f++) {
            frames.set(f, shifted(frames.get(f), -3));
        }
        Finding finding = FrameChecks.fault(frames).orElseThrow();
        assertThat(finding.detail())
                .contains("two levels of theory")
                .contains("7 frames")
                .contains("13 like");
        assertThat(finding.frames()).hasSize(2);
        assertThat(Integer.parseInt(finding.frames().getFirst().substring(6))).isLessThan(7);
        assertThat(Integer.parseInt(finding.frames().getLast().substring(6))).isGreaterThanOrEqualTo(7);
    }

    @Test
    void oneStructureWithTwoEnergiesIsRefusedAndWithOneIsADuplicate() {
        List<Named> frames = snapshots(3, 1, 1);
        frames.add(new Named("again", frames.getFirst().frame()));
        assertThat(FrameChecks.fault(frames)).isEmpty();
        assertThat(FrameChecks.duplicates(frames)).hasSize(1).containsEntry("again", "label-0");
        frames.set(3, shifted(frames.get(3), 0.01));
        Finding finding = FrameChecks.fault(frames).orElseThrow();
        assertThat(finding.frames()).containsExactly("label-0", "again");
        assertThat(finding.detail()).contains("the same structure");
    }

    /** 1 Ry = 13.6057 eV, 1 Bohr = 0.529177 Å. */
    @ParameterizedTest
    @CsvSource({
        "0.0734986, 1, energies in Ry",
        "0.0367493, 1, energies in Ha",
        "1, 0.0388938, forces in Ry/Bohr",
        "1, 0.0194469, forces in Ha/Bohr",
        "1, -1, sign of the gradient"
    })
    void aWrongUnitIsTold(double energyUnit, double forceUnit, String told) {
        Finding finding =
                FrameChecks.fault(snapshots(12, energyUnit, forceUnit)).orElseThrow();
        assertThat(finding.detail()).contains(told).contains("label-");
        assertThat(finding.remedy()).contains("eV/Å");
    }
}
