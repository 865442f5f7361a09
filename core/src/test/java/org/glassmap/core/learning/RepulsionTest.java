package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;

class RepulsionTest {

    static final ZblRepulsion ZBL = new ZblRepulsion(List.of(
            new ZblRepulsion.Switch(Species.Li, Species.Li, 1, 2.2),
            new ZblRepulsion.Switch(Species.S, Species.Li, 0.9, 1.9),
            new ZblRepulsion.Switch(Species.P, Species.S, 0.8, 1.7)));

    /** Central differences, extrapolated twice: the error is of the sixth order in the step. */
    private static double derivative(DoubleUnaryOperator f, double x) {
        double h = 2e-3;
        double one = (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h);
        double two = (f.applyAsDouble(x + h / 2) - f.applyAsDouble(x - h / 2)) / h;
        double three = (f.applyAsDouble(x + h / 4) - f.applyAsDouble(x - h / 4)) / (h / 2);
        double first = (4 * two - one) / 3;
        double second = (4 * three - two) / 3;
        return (16 * second - first) / 15;
    }

    @Test
    void slopesAreTheDerivativesOfEnergies() {
        for (Repulsion repulsion : List.of(ZBL, SamplePotentials.WALLS)) {
            for (double d = 0.3; d < 2.3; d += 0.0371) {
                double slope = repulsion.slope(Species.Li, Species.S, d);
                double expected = derivative(x -> repulsion.energy(Species.S, Species.Li, x), d);
                boolean knee = Math.abs(d - 0.9) < 5e-3 || Math.abs(d - 1.9) < 5e-3 || Math.abs(d - 1.95) < 5e-3;
                if (!knee) {
                    assertThat(slope)
                            .as("%s at %s Å", repulsion, d)
                            .isCloseTo(expected, within(1e-10 * (1 + Math.abs(expected))));
                }
            }
        }
    }

    /** Z₁Z₂e²/(4πε₀ d) φ(d/a) of Li and S at 0.5 Å, written out with the library's functions. */
    @Test
    void belowTheInnerRadiusItIsThatOfTheNuclei() {
        double a = 0.46850 / (Math.pow(3, 0.23) + Math.pow(16, 0.23));
        double x = 0.5 / a;
        double phi = 0.18175 * Math.exp(-3.1998 * x)
                + 0.50986 * Math.exp(-0.94229 * x)
                + 0.28022 * Math.exp(-0.4029 * x)
                + 0.02817 * Math.exp(-0.20162 * x);
        assertThat(ZBL.energy(Species.Li, Species.S, 0.5)).isCloseTo(48 * 14.3996454784 / 0.5 * phi, within(1e-10));
        assertThat(ZBL.energy(Species.Li, Species.S, 0)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void itEndsAtTheOuterRadiusWithoutAStepInEnergyForceOrCurvature() {
        double outer = 1.9;
        double h = 1e-4;
        assertThat(ZBL.energy(Species.Li, Species.S, outer)).isZero();
        assertThat(ZBL.slope(Species.Li, Species.S, outer)).isZero();
        assertThat(ZBL.energy(Species.Li, Species.S, outer - h)).isBetween(0.0, 1e-9);
        assertThat(ZBL.slope(Species.Li, Species.S, outer - h)).isBetween(-1e-5, 0.0);
        assertThat(ZBL.energy(Species.P, Species.P, 0.5)).isZero();
    }

    @Test
    void forcesAndVirialBelongToTheEnergy() {
        NetworkPotential potential = SamplePotentials.random(
                        new WeightedChebyshev(4, 4, 3, 2, SamplePotentials.LPS), List.of(5), Activation.TANH, 3)
                .withRepulsion(ZBL);
        Structure structure = Structure.of(
                Cell.periodic(3.6, 0, 0, 0.4, 3.9, 0, -0.3, 0.2, 4.1),
                List.of(Species.Li, Species.Li, Species.S, Species.P),
                new double[] {0, 0, 0, 1.2, 0.4, 0.3, 0.2, 1.4, 0.5, 1.3, 1.9, 1.2});
        CommitteeCalculator calculator = potential.calculator();
        Evaluation evaluation = calculator.evaluate(structure);
        for (int c = 0; c < 12; c++) {
            int place = c;
            double expected = -derivative(
                    x -> {
                        double[] positions = structure.positions();
                        positions[place] += x;
                        return calculator.energy(structure.withPositions(positions));
                    },
                    0);
            assertThat(evaluation.forces()[c]).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
        }
    }

    @Test
    void overlapsUnknownSpeciesAndAtomsAloneHaveDefinedAnswers() {
        NetworkPotential potential = SamplePotentials.random(
                        new WeightedChebyshev(4, 4, 3, 2, SamplePotentials.LPS), List.of(5), Activation.TANH, 3)
                .withRepulsion(ZBL);
        CommitteeCalculator calculator = potential.calculator();
        Structure overlap = Structure.of(Cell.NONE, List.of(Species.Li, Species.S), new double[] {1, 2, 3, 1, 2, 3});
        assertThatThrownBy(() -> calculator.evaluate(overlap))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("coincide");
        assertThatThrownBy(() -> calculator.energy(Structure.of(Cell.NONE, List.of(Species.Fe), new double[3])))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("Fe");
        Evaluation alone = calculator.evaluate(Structure.of(Cell.NONE, List.of(Species.P), new double[3]));
        assertThat(alone.energy()).isFinite();
        assertThat(alone.forces()).containsOnly(0);
        assertThat(alone.virial()).containsOnly(0);
        // Apart by 0.01 Å: huge, and finite.
        Structure close = Structure.of(Cell.NONE, List.of(Species.Li, Species.S), new double[] {0, 0, 0, 0, 0, 0.01});
        assertThat(calculator.evaluate(close).energy()).isFinite().isGreaterThan(1e4);
        assertThat(calculator.evaluate(close).forces()).doesNotContain(Double.NaN);
    }

    @Test
    void theChoiceIsPartOfTheDocumentAndOfTheId() {
        NetworkPotential bare = SamplePotentials.random(
                new WeightedChebyshev(4, 4, 3, 2, SamplePotentials.LPS), List.of(5), Activation.TANH, 3);
        PotentialDocument document = PotentialDocument.of(bare.withRepulsion(ZBL));
        assertThat(PotentialDocument.read(document.bytes()).potential()).isEqualTo(bare.withRepulsion(ZBL));
        assertThat(document.id())
                .isNotEqualTo(PotentialDocument.of(bare).id())
                .isNotEqualTo(PotentialDocument.of(bare.withRepulsion(SamplePotentials.WALLS))
                        .id());
        assertThatThrownBy(() -> AenetPotential.of(bare.withRepulsion(ZBL))).hasMessageContaining("pair repulsion");
    }

    @Test
    void radiiThatMakeNoSwitchAreRefused() {
        assertThatThrownBy(() -> new ZblRepulsion.Switch(Species.Li, Species.S, 2, 1))
                .hasMessageContaining("inner < outer");
        assertThatThrownBy(() -> new ZblRepulsion.Switch(Species.Li, Species.S, Double.NaN, 1))
                .hasMessageContaining("Li–S");
        assertThatThrownBy(() -> new ZblRepulsion(List.of())).hasMessageContaining("at least one");
    }
}
