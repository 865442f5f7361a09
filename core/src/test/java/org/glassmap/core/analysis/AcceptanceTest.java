package org.glassmap.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.glassmap.core.analysis.AcceptancePart.Kind;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;
import org.glassmap.core.sampling.Relaxation;
import org.glassmap.core.sampling.RelaxationSettings;
import org.glassmap.core.sampling.Strain;
import org.junit.jupiter.api.Test;

class AcceptanceTest {

    private static final Potential GOOD = PairPotential.thiophosphate();
    private static final AcceptanceSettings SHORT = new AcceptanceSettings(
            0.02, 0.05, 0.3, 0.1, List.of(300.0), 100, 12, 0.05, AcceptanceSettings.THIOPHOSPHATE, 1);

    /** Li2S, 3 atoms, relaxed. */
    private static final Structure CRYSTAL = new Relaxation(RelaxationSettings.DEFAULT.withTolerances(1e-4, 1e-5))
            .relax(antifluorite(5.6), GOOD.calculator())
            .structure();

    private static Structure antifluorite(double a) {
        double h = a / 2;
        return Structure.ofFractional(
                Cell.periodic(0, h, h, h, 0, h, h, h, 0),
                List.of(Species.S, Species.Li, Species.Li),
                new double[] {0, 0, 0, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75});
    }

    /** A potential with a deep well for every pair below 2.2 Å: what networks do where nothing was trained. */
    private record Holed(Potential whole) implements Potential {

        @Override
        public Set<Species> species() {
            return whole.species();
        }

        @Override
        public double cutoff() {
            return whole.cutoff();
        }

        @Override
        public Calculator calculator() {
            Calculator inner = whole.calculator();
            return new Calculator() {
                @Override
                public double energy(Structure structure) {
                    return evaluate(structure).energy();
                }

                @Override
                public Evaluation evaluate(Structure structure) {
                    Evaluation said = inner.evaluate(structure);
                    NeighbourList list = NeighbourList.of(structure, 2.2);
                    double energy = said.energy();
                    for (int i = 0; i < list.size(); i++) {
                        for (int k = list.start(i); k < list.end(i); k++) {
                            double u = 1 - list.distance(k) / 2.2;
                            energy -= 3000 * u * u * u;
                        }
                    }
                    return new Evaluation(energy, said.forces(), said.virial());
                }
            };
        }
    }

    private static AcceptanceCrystal labelled(double shift) {
        List<Structure> structures = new ArrayList<>();
        List<Double> energies = new ArrayList<>();
        for (double scale = 0.95; scale < 1.051; scale += 0.02) {
            structures.add(Strain.scaled(CRYSTAL, scale));
            energies.add(GOOD.calculator().energy(structures.getLast()) + shift * (scale - 1) * 3);
        }
        structures.add(Strain.deformed(CRYSTAL, new double[] {0.1, 0, 0, 0, 0, 0, 0, 0, 0})); // not evenly scaled
        energies.add(0.0);
        return new AcceptanceCrystal("Li2S", CRYSTAL, List.of(), true).withLabels(structures, energies);
    }

    private static Map<String, AcceptancePart> run(Potential potential, AcceptanceCrystal crystal) {
        return new Acceptance(potential, Optional.empty(), List.of(crystal), SHORT)
                .tasks().stream()
                        .map(Acceptance.Task::run)
                        .collect(Collectors.toMap(part -> part.kind() + " " + part.subject(), part -> part));
    }

    private static AcceptancePart part(Map<String, AcceptancePart> parts, String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }

    private static double number(AcceptancePart part, String name) {
        return part.quantities().stream()
                .filter(quantity -> quantity.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void aSoundPotentialPassesEveryPartOnItsOwnCrystal() {
        AcceptanceCrystal crystal = labelled(0);
        assertThat(crystal.scaled()).hasSize(6);
        Map<String, AcceptancePart> parts = run(GOOD, crystal);
        assertThat(parts.values())
                .allSatisfy(part -> assertThat(part.passed())
                        .as("%s %s: %s", part.kind(), part.subject(), part.finding())
                        .isTrue());
        assertThat(parts).containsKeys("RELAXATION Li2S", "DYNAMICS Li2S at 300 K", "DIMER Li–S", "DIMER P–P");
        assertThat(number(part(parts, "EQUATION_OF_STATE Li2S"), "error")).isLessThan(1e-12);
        assertThat(number(part(parts, "RELAXATION Li2S"), "volume change")).isCloseTo(0, within(1e-3));
    }

    @Test
    void failingPartsAreNamed() {
        Map<String, AcceptancePart> parts = run(new Holed(GOOD), labelled(2));
        assertThat(part(parts, "COMPRESSION Li2S").passed()).isFalse();
        assertThat(part(parts, "COMPRESSION Li2S").finding()).contains("hole");
        assertThat(part(parts, "DIMER Li–S").passed()).isFalse();
        assertThat(part(parts, "DIMER Li–S").finding()).contains("hole");
        assertThat(part(parts, "EQUATION_OF_STATE Li2S").passed()).isFalse();
        assertThat(part(parts, "RELAXATION Li2S").passed()).isTrue();
    }

    @Test
    void aCrystalThatLosesABondOrItsVolumeFails() {
        // P far from its sulphur: relaxing makes a bond that was not there.
        Structure apart =
                Structure.of(Cell.periodic(9, 0, 0, 0, 9, 0, 0, 0, 9), List.of(Species.P, Species.S), new double[] {
                    0, 0, 0, 2.8, 0, 0
                });
        AcceptancePart part = part(run(GOOD, new AcceptanceCrystal("PS", apart, List.of(), true)), "RELAXATION PS");
        assertThat(part.passed()).isFalse();
        AcceptanceCrystal large = new AcceptanceCrystal("Li2S", Strain.scaled(CRYSTAL, 1.04), List.of(), true);
        AcceptancePart swollen = part(run(GOOD, large), "RELAXATION Li2S");
        assertThat(swollen.passed()).isFalse();
        assertThat(swollen.finding()).contains("volume");
    }

    /** The frequency of a Morse dimer is √(2 D a²/μ)/2π; here with D = 3 eV, a = 1.8/Å, μ of P and S. */
    @Test
    void aDimersFrequencyIsMorses() {
        Structure dimer = Structure.of(Cell.NONE, List.of(Species.P, Species.S), new double[] {0, 0, 0, 2.05, 0, 0});
        double[] frequencies = ZonePhonons.frequencies(dimer, GOOD.calculator());
        double mass = Species.P.mass() * Species.S.mass() / (Species.P.mass() + Species.S.mass());
        double omega = Math.sqrt(2 * 3.0 * 1.8 * 1.8 / (mass * Units.EV_PER_AMU_SQUARE_ANGSTROM_PER_SQUARE_FS));
        // Central differences of 0.01 Å miss the fifth order: some 1e-4 of it.
        assertThat(frequencies[5]).isCloseTo(1000 * omega / (2 * Math.PI), within(0.02));
        for (int k = 0; k < 5; k++) {
            assertThat(frequencies[k]).isCloseTo(0, within(0.1));
        }
    }

    /** Cubic symmetry leaves three constants; the bulk modulus is V d²E/dV² = (1/9V) d²E/ds² of an even strain s. */
    @Test
    void elasticConstantsHaveTheCrystalsSymmetryAndItsBulkModulus() {
        ElasticConstants constants = ElasticConstants.of(CRYSTAL, GOOD.calculator());
        assertThat(constants.get(1, 1)).isCloseTo(constants.get(0, 0), within(0.05));
        assertThat(constants.get(2, 2)).isCloseTo(constants.get(0, 0), within(0.05));
        assertThat(constants.get(4, 4)).isCloseTo(constants.get(3, 3), within(0.05));
        assertThat(constants.get(0, 3)).isCloseTo(0, within(0.05));
        double h = 0.005;
        double curvature = (GOOD.calculator().energy(Strain.scaled(CRYSTAL, 1 + h))
                        - 2 * GOOD.calculator().energy(CRYSTAL)
                        + GOOD.calculator().energy(Strain.scaled(CRYSTAL, 1 - h)))
                / (h * h);
        double modulus = curvature / (9 * CRYSTAL.cell().volume()) * Units.GPA_PER_EV_PER_CUBIC_ANGSTROM;
        assertThat(constants.bulkModulus()).isCloseTo(modulus, within(0.02 * modulus));
        assertThat(constants.softest()).isPositive();
    }

    @Test
    void aHoleIsAFallOnTheWayIn() {
        assertThat(CurveHole.depth(new double[] {9, 5, 3, 1}, 3)).isZero();
        assertThat(CurveHole.depth(new double[] {4, 5, 3, 1}, 3)).isEqualTo(1);
        assertThat(CurveHole.depth(new double[] {-4, 5, 3, 1}, 3)).isEqualTo(9);
        assertThat(CurveHole.depth(new double[] {Double.NaN, 5}, 1)).isInfinite();
        assertThat(Kind.values()).hasSize(7);
    }
}
