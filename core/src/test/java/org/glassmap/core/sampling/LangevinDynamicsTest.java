package org.glassmap.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;
import org.junit.jupiter.api.Test;

class LangevinDynamicsTest {

    /** Every atom on a spring of its own to the origin. */
    private record Springs(double stiffness) implements Potential {

        @Override
        public Set<Species> species() {
            return Set.of(Species.Li);
        }

        @Override
        public double cutoff() {
            return 1;
        }

        @Override
        public Calculator calculator() {
            return new Calculator() {
                @Override
                public double energy(Structure structure) {
                    return evaluate(structure).energy();
                }

                @Override
                public Evaluation evaluate(Structure structure) {
                    double[] forces = structure.positions();
                    double energy = 0;
                    for (int c = 0; c < forces.length; c++) {
                        energy += 0.5 * stiffness * forces[c] * forces[c];
                        forces[c] *= -stiffness;
                    }
                    return new Evaluation(energy, forces, new double[9]);
                }
            };
        }
    }

    private static Structure lithium(int count) {
        List<Species> species = new ArrayList<>();
        double[] positions = new double[3 * count];
        for (int i = 0; i < count; i++) {
            species.add(Species.Li);
            positions[3 * i] = 0.01 * i;
        }
        return Structure.of(Cell.NONE, species, positions);
    }

    /** Equipartition: ½ k⟨x²⟩ = ½ k_B T. 50 atoms × 20 correlation times leave an error of some 3 %. */
    @Test
    void springsHoldTheirTemperatureAndTheirSpread() {
        double stiffness = 0.5;
        double[] sum = new double[2];
        LangevinRun run = new LangevinDynamics(new LangevinSettings(300, 2, 0.02, 6000, 5, 5000, 0))
                .run(lithium(50), new Springs(stiffness).calculator(), (step, structure, evaluation, temperature) -> {
                    if (step > 500) {
                        sum[0] += evaluation.energy() / 150;
                        sum[1]++;
                    }
                });
        assertThat(run.stop()).isEqualTo(LangevinRun.Stop.DONE);
        assertThat(run.meanTemperature()).isCloseTo(300, within(12.0));
        assertThat(2 * sum[0] / sum[1] / Units.BOLTZMANN).isCloseTo(300, within(15.0));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherOneDoesNot() {
        LangevinSettings settings = new LangevinSettings(600, 1, 0.01, 200, 7, 5000, 0);
        Structure first = new LangevinDynamics(settings)
                .run(lithium(6), new Springs(1).calculator(), (s, a, e, t) -> {})
                .structure();
        Structure again = new LangevinDynamics(settings)
                .run(lithium(6), new Springs(1).calculator(), (s, a, e, t) -> {})
                .structure();
        assertThat(again).isEqualTo(first);
        Structure other = new LangevinDynamics(new LangevinSettings(600, 1, 0.01, 200, 8, 5000, 0))
                .run(lithium(6), new Springs(1).calculator(), (s, a, e, t) -> {})
                .structure();
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void aHillWithoutAnEndIsAnExplosionAndCoincidingAtomsAnAnswer() {
        LangevinRun hot = new LangevinDynamics(new LangevinSettings(300, 5, 0.01, 5000, 1, 2000, 0))
                .run(lithium(4), new Springs(-5).calculator(), (s, a, e, t) -> {});
        assertThat(hot.stop()).isEqualTo(LangevinRun.Stop.TOO_HOT);
        assertThat(hot.exploded()).isTrue();
        assertThat(hot.steps()).isLessThan(5000);
        Structure fused = Structure.of(Cell.NONE, List.of(Species.Li, Species.Li), new double[] {0, 0, 0, 0, 0, 0.9});
        LangevinRun close = new LangevinDynamics(new LangevinSettings(1, 0.1, 0.01, 100, 1, 5000, 1.0))
                .run(fused, new Springs(0.001).calculator(), (s, a, e, t) -> {});
        assertThat(close.stop()).isEqualTo(LangevinRun.Stop.FUSED);
        assertThat(new LangevinDynamics(new LangevinSettings(300, 1, 0.01, 10, 1, 5000, 0))
                        .run(
                                Structure.of(Cell.NONE, List.of(Species.Li), new double[3]),
                                PairPotential.thiophosphate().calculator(),
                                (s, a, e, t) -> {})
                        .stop())
                .isEqualTo(LangevinRun.Stop.DONE);
    }

    @Test
    void aSettingThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> new LangevinSettings(Double.NaN, 1, 0.01, 10, 1, 5000, 0))
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> new LangevinSettings(300, 1, 0.01, 0, 1, 5000, 0))
                .hasMessageContaining("steps");
    }
}
