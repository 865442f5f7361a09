package org.glassmap.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.PotentialDocument;
import org.junit.jupiter.api.Test;

class VelocityVerletTest {

    /** ps of the run whose energy must not drift: 100 in the proofs. */
    private static final double LENGTH = Double.parseDouble(System.getProperty("glassmap.dynamics.picoseconds", "0.6"));

    private static final Structure LITHIUM_SULFIDE =
            PairPotential.lithiumSulfide(5.718).repeated(2, 2, 2);

    private static Potential teacher() throws IOException {
        Path teacher = Path.of("../data/teacher/teacher.potential"); // tests run in the module's folder
        return PotentialDocument.read(Files.readAllBytes(teacher)).potential();
    }

    /** Total energies, eV, of every step. */
    private static double[] energies(Potential potential, Motion start, double step, long steps) {
        double[] energies = new double[(int) steps + 1];
        new VelocityVerlet(step).run(start, potential.calculator(), steps, (done, motion, evaluation) -> {
            energies[(int) done] = evaluation.energy() + motion.kineticEnergy();
            return true;
        });
        return energies;
    }

    @Test
    void energyDoesNotDrift() throws IOException {
        Motion start = Motion.thermal(LITHIUM_SULFIDE, 600, 7);
        int steps = (int) Math.round(LENGTH * 1000);
        double[] energies = energies(teacher(), start, 1, steps);
        double drift = slope(energies) * 1000 * 1000 / LITHIUM_SULFIDE.size();
        System.out.printf("%s ps: %.2e meV per atom and ps%n", LENGTH, drift);
        // A short run sees the wandering of the energy, some 0.1 meV/atom, as a slope; a long one does not.
        double bound = LENGTH >= 100 ? 1e-3 : 0.3;
        assertThat(drift).as("meV per atom and ps over %s ps", LENGTH).isBetween(-bound, bound);
    }

    /** By least squares, per step. */
    private static double slope(double[] energies) {
        double middle = (energies.length - 1) / 2.0;
        double above = 0;
        double below = 0;
        for (int k = 0; k < energies.length; k++) {
            above += (k - middle) * (energies[k] - energies[0]);
            below += (k - middle) * (k - middle);
        }
        return above / below;
    }

    @Test
    void energyWandersWithTheSquareOfTheStep() {
        Motion start = Motion.thermal(LITHIUM_SULFIDE, 300, 7);
        double fine = spread(energies(PairPotential.thiophosphate(), start, 0.5, 240));
        double coarse = spread(energies(PairPotential.thiophosphate(), start, 1, 120));
        assertThat(coarse / fine).isCloseTo(4, within(0.4));
    }

    private static double spread(double[] energies) {
        double square = 0;
        for (double energy : energies) {
            square += (energy - energies[0]) * (energy - energies[0]);
        }
        return Math.sqrt(square / energies.length);
    }

    @Test
    void turnedRoundItGoesBackToWhereItCameFrom() {
        Motion start = Motion.thermal(LITHIUM_SULFIDE, 600, 3);
        VelocityVerlet verlet = new VelocityVerlet(1);
        Potential.Calculator calculator = PairPotential.thiophosphate().calculator();
        Motion there = verlet.run(start, calculator, 50, (step, motion, evaluation) -> true);
        double[] reversed = there.velocities();
        for (int k = 0; k < reversed.length; k++) {
            reversed[k] = -reversed[k];
        }
        Motion back =
                verlet.run(new Motion(there.structure(), reversed), calculator, 50, (step, motion, evaluation) -> true);
        double[] from = start.structure().positions();
        double[] to = back.structure().positions();
        for (int k = 0; k < from.length; k++) {
            assertThat(to[k]).isCloseTo(from[k], within(1e-9));
        }
    }

    @Test
    void theMomentumOfTheWholeIsKept() {
        Motion start = Motion.thermal(LITHIUM_SULFIDE, 600, 3);
        requireNoMomentum(start);
        requireNoMomentum(new VelocityVerlet(1)
                .run(start, PairPotential.thiophosphate().calculator(), 30, (step, motion, evaluation) -> true));
    }

    private static void requireNoMomentum(Motion motion) {
        double[] velocities = motion.velocities();
        for (int axis = 0; axis < 3; axis++) {
            double momentum = 0;
            for (int i = 0; i < motion.structure().size(); i++) {
                momentum += motion.structure().species(i).mass() * velocities[3 * i + axis];
            }
            // Of velocities of some 1e-2 Å/fs and masses of some 10 amu.
            assertThat(momentum).isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void aThermalStartHasItsTemperatureAndFollowsItsSeed() {
        Motion motion = Motion.thermal(LITHIUM_SULFIDE, 450, 5);
        assertThat(motion.temperature()).isCloseTo(450, within(1e-9));
        assertThat(motion.velocities())
                .isEqualTo(Motion.thermal(LITHIUM_SULFIDE, 450, 5).velocities());
        assertThat(motion.velocities())
                .isNotEqualTo(Motion.thermal(LITHIUM_SULFIDE, 450, 6).velocities());
        assertThat(Motion.thermal(LITHIUM_SULFIDE, 0, 5).kineticEnergy()).isZero();
    }

    @Test
    void theListenerSeesTheStartAndMayStopTheRun() {
        List<Long> seen = new ArrayList<>();
        Motion start = Motion.atRest(LITHIUM_SULFIDE);
        Motion end = new VelocityVerlet(1)
                .run(start, PairPotential.thiophosphate().calculator(), 100, (step, motion, evaluation) -> {
                    seen.add(step);
                    return step < 3;
                });
        assertThat(seen).containsExactly(0L, 1L, 2L, 3L);
        assertThat(end.structure()).isNotEqualTo(start.structure());
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> new VelocityVerlet(Double.NaN)).hasMessageContaining("step must be positive");
        assertThatThrownBy(() -> Motion.thermal(LITHIUM_SULFIDE, -1, 0)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> new Motion(LITHIUM_SULFIDE, new double[3])).hasMessageContaining("3 × 96");
    }
}
