package org.glassmap.core.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.glassmap.core.analysis.AcceptancePart.Curve;
import org.glassmap.core.analysis.AcceptancePart.Kind;
import org.glassmap.core.analysis.AcceptancePart.Quantity;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.ExtrapolationGrade;
import org.glassmap.core.numerics.Seed;
import org.glassmap.core.sampling.LangevinDynamics;
import org.glassmap.core.sampling.LangevinRun;
import org.glassmap.core.sampling.LangevinSettings;
import org.glassmap.core.sampling.Relaxation;
import org.glassmap.core.sampling.RelaxationSettings;
import org.glassmap.core.sampling.Relaxed;
import org.glassmap.core.sampling.Strain;
import org.jspecify.annotations.Nullable;

/**
 * What a potential is put through before it is used: for every crystal its relaxation, equation of state, elastic
 * constants, vibrations at Γ, squeezing and dynamics; for every pair of species the dimer. Each part is a task of its own
 * with an answer that does not depend on the others, so a run that was interrupted goes on after the last one.
 *
 * <p>One thread at a time.
 */
public final class Acceptance {

    /** Å. */
    private static final double DIMER_STEP = 0.02;

    private static final double WELL_SHARE = 0.75;

    private final AcceptanceSettings settings;
    private final Potential potential;
    private final Potential.Calculator calculator;
    private final ExtrapolationGrade.@Nullable Calculator grade;
    private final List<AcceptanceCrystal> crystals;
    private final Map<String, Relaxed> relaxed = new TreeMap<>();

    /** One part, not yet carried out. */
    public record Task(Kind kind, String subject, Supplier<AcceptancePart> work) {

        public AcceptancePart run() {
            return work.get();
        }
    }

    /** A part's judgement before it is given its kind, subject and grade. */
    private record Verdict(boolean passed, String finding, List<Quantity> quantities, List<Curve> curves) {

        static Verdict failed(String finding) {
            return new Verdict(false, finding, List.of(), List.of());
        }
    }

    /** @param crystals with names that differ */
    public Acceptance(
            Potential potential,
            Optional<ExtrapolationGrade> grade,
            List<AcceptanceCrystal> crystals,
            AcceptanceSettings settings) {
        this.potential = potential;
        this.calculator = potential.calculator();
        this.grade = grade.map(ExtrapolationGrade::calculator).orElse(null);
        this.crystals = List.copyOf(crystals);
        this.settings = settings;
        if (crystals.stream().map(AcceptanceCrystal::name).distinct().count() != crystals.size()) {
            throw new IllegalArgumentException("two crystals have the same name");
        }
    }

    /** All parts in their order. */
    public List<Task> tasks() {
        List<Task> tasks = new ArrayList<>();
        for (AcceptanceCrystal crystal : crystals) {
            String name = crystal.name();
            tasks.add(task(Kind.RELAXATION, name, seen -> relaxation(crystal, seen)));
            tasks.add(task(Kind.EQUATION_OF_STATE, name, seen -> equationOfState(crystal, seen)));
            tasks.add(task(Kind.COMPRESSION, name, seen -> compression(crystal, seen)));
            tasks.add(task(Kind.ELASTICITY, name, seen -> elasticity(crystal, seen)));
            tasks.add(task(Kind.PHONONS, name, seen -> phonons(crystal, seen)));
            for (double temperature : settings.temperatures()) {
                tasks.add(task(
                        Kind.DYNAMICS,
                        "%s at %.0f K".formatted(name, temperature),
                        seen -> dynamics(crystal, temperature, seen)));
            }
        }
        List<Species> species = List.copyOf(potential.species());
        for (int a = 0; a < species.size(); a++) {
            for (int b = a; b < species.size(); b++) {
                Species first = species.get(a);
                Species second = species.get(b);
                tasks.add(task(Kind.DIMER, first + "–" + second, seen -> dimer(first, second, seen)));
            }
        }
        return tasks;
    }

    /** Notes the largest grade of the structures that a part passes through. */
    private final class Seen {
        private double largest = Double.NaN;

        void pass(Structure structure) {
            if (grade != null) {
                double here = grade.grades(structure).largest();
                largest = Double.isNaN(largest) ? here : Math.max(largest, here);
            }
        }

        OptionalDouble grade() {
            return Double.isNaN(largest) ? OptionalDouble.empty() : OptionalDouble.of(largest);
        }
    }

    private interface Work {
        Verdict carryOut(Seen seen);
    }

    private Task task(Kind kind, String subject, Work work) {
        return new Task(kind, subject, () -> {
            Seen seen = new Seen();
            Verdict verdict;
            try {
                verdict = work.carryOut(seen);
            } catch (InvalidStructureException e) { // atoms fell into each other, or a species is unknown: the finding
                verdict = Verdict.failed(String.valueOf(e.getMessage()));
            }
            return new AcceptancePart(
                    kind, subject, verdict.passed, verdict.finding, verdict.quantities, verdict.curves, seen.grade());
        });
    }

    /** To 0.002 eV/Å, for vibrations are measured from there. */
    private Relaxed relaxed(AcceptanceCrystal crystal) {
        return relaxed.computeIfAbsent(
                crystal.name(),
                name -> new Relaxation(RelaxationSettings.DEFAULT
                                .withTolerances(0.002, 2e-4)
                                .withMaxEvaluations(1500))
                        .relax(crystal.structure(), calculator));
    }

    private Verdict relaxation(AcceptanceCrystal crystal, Seen seen) {
        Relaxed answer = relaxed(crystal);
        double before = crystal.structure().cell().volume();
        double change = answer.structure().cell().volume() / before - 1;
        String bonds = changedBonds(crystal.structure(), answer.structure());
        List<Quantity> quantities = List.of(
                new Quantity("volume change", change, ""),
                new Quantity(
                        "energy",
                        answer.evaluation().energy() / answer.structure().size(),
                        "eV/atom"),
                new Quantity("largest force", answer.largestForce(), "eV/Å"),
                new Quantity("evaluations", answer.evaluations(), ""));
        if (answer.exploded()) {
            return new Verdict(false, "the relaxation ended " + answer.stop(), quantities, List.of());
        }
        seen.pass(answer.structure());
        boolean volume = Math.abs(change) <= settings.volumeTolerance();
        if (!bonds.isEmpty() || !volume || !answer.converged()) {
            String finding = !bonds.isEmpty()
                    ? bonds
                    : !volume
                            ? "the volume changes by %.1f %%, %.1f %% are allowed"
                                    .formatted(100 * change, 100 * settings.volumeTolerance())
                            : "not converged: " + answer.stop();
            return new Verdict(false, finding, quantities, List.of());
        }
        return new Verdict(
                true,
                "the crystal keeps its bonds, the volume changes by %.1f %%".formatted(100 * change),
                quantities,
                List.of());
    }

    /** The first atom whose number of bonds is another; empty where there is none. */
    private String changedBonds(Structure before, Structure after) {
        for (AcceptanceSettings.Bond bond : settings.bonds()) {
            int[] old = bonds(before, bond);
            int[] now = bonds(after, bond);
            for (int i = 0; i < old.length; i++) {
                if (old[i] != now[i]) {
                    return "atom %d (%s) has %d %s–%s bonds and had %d"
                            .formatted(i + 1, before.species(i), now[i], bond.first(), bond.second(), old[i]);
                }
            }
        }
        return "";
    }

    private static int[] bonds(Structure structure, AcceptanceSettings.Bond bond) {
        NeighbourList list = NeighbourList.of(structure, bond.length());
        int[] count = new int[structure.size()];
        for (int i = 0; i < count.length; i++) {
            for (int k = list.start(i); k < list.end(i); k++) {
                Species a = structure.species(i);
                Species b = structure.species(list.neighbour(k));
                count[i] += a == bond.first() && b == bond.second() || a == bond.second() && b == bond.first() ? 1 : 0;
            }
        }
        return count;
    }

    /** At the labelled cells where there are some, else from 0.94 to 1.06 of the relaxed one. */
    private Verdict equationOfState(AcceptanceCrystal crystal, Seen seen) {
        boolean labelled = crystal.scaled().size() >= 3;
        Structure own = labelled ? crystal.structure() : relaxed(crystal).structure();
        int count = labelled ? crystal.scaled().size() : 13;
        double[] scales = new double[count];
        double[] energies = new double[count];
        double[] references = new double[count];
        for (int k = 0; k < count; k++) {
            scales[k] = labelled ? crystal.scaled().get(k).scale() : 0.94 + 0.01 * k;
            Structure at = labelled ? crystal.scaled().get(k).structure() : Strain.scaled(own, scales[k]);
            seen.pass(at);
            energies[k] = calculator.energy(at) / at.size();
            references[k] = labelled ? crystal.scaled().get(k).energy() / at.size() : Double.NaN;
        }
        Curve curve = new Curve("scale of lengths", "energy, eV/atom", scales, energies);
        if (!labelled) {
            int lowest = CurveHole.lowest(energies);
            boolean inside = lowest > 0 && lowest < count - 1;
            return new Verdict(
                    inside,
                    inside
                            ? "no labels to compare with; one minimum, within the range"
                            : "no minimum within ±6 % of the lengths",
                    List.of(new Quantity("scale of the minimum", scales[lowest], "")),
                    List.of(curve));
        }
        double offset = 0;
        for (int k = 0; k < count; k++) {
            offset += (energies[k] - references[k]) / count;
        }
        double sum = 0;
        double shape = 0;
        for (int k = 0; k < count; k++) {
            double error = energies[k] - references[k];
            sum += error * error / count;
            shape += (error - offset) * (error - offset) / count;
        }
        double error = Math.sqrt(sum);
        boolean passed = error <= settings.energyTolerance();
        return new Verdict(
                passed,
                "root mean square error %.1f meV/atom over %d labels, %.1f allowed"
                        .formatted(1000 * error, count, 1000 * settings.energyTolerance()),
                List.of(
                        new Quantity("error", error, "eV/atom"),
                        new Quantity("mean error", offset, "eV/atom"),
                        new Quantity("error of the shape", Math.sqrt(shape), "eV/atom")),
                List.of(curve, new Curve("scale of lengths", "label, eV/atom", scales, references)));
    }

    /** From the relaxed cell to 0.7 of its lengths the energy must only rise. */
    private Verdict compression(AcceptanceCrystal crystal, Seen seen) {
        Structure own = relaxed(crystal).structure();
        int count = 31;
        double[] scales = new double[count];
        double[] energies = new double[count];
        for (int k = 0; k < count; k++) {
            scales[k] = 0.7 + 0.01 * k;
            Structure at = Strain.scaled(own, scales[k]);
            seen.pass(at);
            energies[k] = calculator.energy(at) / at.size();
        }
        double depth = CurveHole.depth(energies, count - 1);
        boolean passed = depth <= settings.holeDepth();
        return new Verdict(
                passed,
                passed
                        ? "the energy rises down to 0.7 of the lengths"
                        : "squeezed, the energy falls by %.2f eV/atom: the potential has a hole".formatted(depth),
                List.of(new Quantity("depth of the hole", depth, "eV/atom")),
                List.of(new Curve("scale of lengths", "energy, eV/atom", scales, energies)));
    }

    private Verdict elasticity(AcceptanceCrystal crystal, Seen seen) {
        Relaxed start = relaxed(crystal);
        if (start.exploded()) {
            return Verdict.failed("the crystal does not survive its relaxation");
        }
        seen.pass(start.structure());
        ElasticConstants constants = ElasticConstants.of(start.structure(), calculator);
        double softest = constants.softest();
        List<Quantity> quantities = new ArrayList<>();
        quantities.add(new Quantity("bulk modulus", constants.bulkModulus(), "GPa"));
        quantities.add(new Quantity("shear modulus", constants.shearModulus(), "GPa"));
        quantities.add(new Quantity("softest eigenvalue", softest, "GPa"));
        for (int i = 0; i < 6; i++) {
            for (int j = i; j < 6; j++) {
                quantities.add(new Quantity("C%d%d".formatted(i + 1, j + 1), constants.get(i, j), "GPa"));
            }
        }
        boolean passed = softest > 0;
        return new Verdict(
                passed,
                passed
                        ? "stable by Born's condition, bulk modulus %.0f GPa".formatted(constants.bulkModulus())
                        : "unstable by Born's condition: a strain costs %.1f GPa".formatted(softest),
                quantities,
                List.of());
    }

    private Verdict phonons(AcceptanceCrystal crystal, Seen seen) {
        Relaxed start = relaxed(crystal);
        if (start.exploded()) {
            return Verdict.failed("the crystal does not survive its relaxation");
        }
        seen.pass(start.structure());
        double[] frequencies = ZonePhonons.frequencies(start.structure(), calculator);
        // The acoustic modes are the three nearest to 0: an imaginary one may lie below them.
        double[] bySize = Arrays.stream(frequencies).map(Math::abs).sorted().toArray();
        double acoustic = bySize[2];
        double lowest = frequencies[0];
        boolean real = lowest >= -settings.imaginaryTolerance();
        boolean zero = acoustic <= settings.acousticTolerance();
        boolean passed = zero && (real || !crystal.stable());
        String finding = !zero
                ? "the third mode nearest to 0 lies at %.2f THz: the acoustic modes are not zero".formatted(acoustic)
                : real
                        ? "no imaginary mode; the acoustic ones within %.3f THz of 0".formatted(acoustic)
                        : "an imaginary mode of %.2f THz%s"
                                .formatted(-lowest, crystal.stable() ? "" : ", as the reference may have one");
        return new Verdict(
                passed,
                finding,
                List.of(
                        new Quantity("lowest frequency", lowest, "THz"),
                        new Quantity("acoustic modes", acoustic, "THz"),
                        new Quantity("highest frequency", frequencies[frequencies.length - 1], "THz")),
                List.of());
    }

    private Verdict dynamics(AcceptanceCrystal crystal, double temperature, Seen seen) {
        Relaxed start = relaxed(crystal);
        if (start.exploded()) {
            return Verdict.failed("the crystal does not survive its relaxation");
        }
        double step = 1;
        int steps = Math.max(1, (int) Math.round(settings.time() / step));
        long seed = Seed.of(settings.seed(), "%s/%s".formatted(crystal.name(), temperature));
        // Five times the bath: an instant of 64 free atoms strays by a tenth.
        LangevinSettings dynamics =
                new LangevinSettings(temperature, step, 0.01, steps, seed, 5 * temperature + 500, 1.0);
        int look = Math.max(1, steps / 100);
        LangevinRun run = new LangevinDynamics(dynamics)
                .run(repeated(start.structure()), potential.calculator(), (at, structure, evaluation, kelvin) -> {
                    if (at % look == 0) {
                        seen.pass(structure);
                    }
                });
        List<Quantity> quantities = List.of(
                new Quantity("time", run.steps() * step, "fs"),
                new Quantity("mean temperature of the second half", run.meanTemperature(), "K"),
                new Quantity("highest temperature", run.highestTemperature(), "K"),
                new Quantity("largest force", run.largestForce(), "eV/Å"));
        boolean passed = !run.exploded();
        return new Verdict(
                passed,
                passed
                        ? "%.1f ps without explosion".formatted(run.steps() * step / 1000)
                        : "ended %s after %.0f fs".formatted(run.stop(), run.steps() * step),
                quantities.stream().filter(q -> Double.isFinite(q.value())).toList(),
                List.of());
    }

    /** Along its shortest vector, again and again, until there are enough atoms. */
    private Structure repeated(Structure structure) {
        Structure cell = structure;
        while (cell.size() < settings.leastAtoms()) {
            int shortest = 0;
            for (int vector = 1; vector < 3; vector++) {
                shortest = cell.cell().length(vector) < cell.cell().length(shortest) ? vector : shortest;
            }
            cell = cell.repeated(shortest == 0 ? 2 : 1, shortest == 1 ? 2 : 1, shortest == 2 ? 2 : 1);
        }
        return cell;
    }

    /**
     * From its well inwards the energy must only rise. The well is the lowest place at the distances that the pair may
     * have: three quarters of its bond's length, or of its shortest distance in the crystals, and beyond.
     */
    private Verdict dimer(Species first, Species second, Seen seen) {
        double allowed = WELL_SHARE * length(first, second);
        double innermost = Math.min(0.5, allowed / 2);
        int count = (int) Math.ceil((potential.cutoff() - innermost) / DIMER_STEP) + 1;
        double[] distances = new double[count];
        double[] energies = new double[count];
        int well = count - 1;
        for (int k = count - 1; k >= 0; k--) {
            distances[k] = innermost + DIMER_STEP * k;
            energies[k] = calculator.energy(pair(first, second, distances[k]));
            well = distances[k] >= allowed && energies[k] < energies[well] ? k : well;
        }
        seen.pass(pair(first, second, distances[well]));
        double depth = CurveHole.depth(energies, well);
        boolean passed = depth <= settings.holeDepth();
        return new Verdict(
                passed,
                passed
                        ? "the energy rises from the well at %.2f Å inwards".formatted(distances[well])
                        : "closer than %.2f Å the energy falls by %.2f eV: the potential has a hole"
                                .formatted(distances[well], depth),
                List.of(new Quantity("depth of the hole", depth, "eV"), new Quantity("well", distances[well], "Å")),
                List.of(new Curve("distance, Å", "energy, eV", distances, energies)));
    }

    private static Structure pair(Species first, Species second, double distance) {
        return Structure.of(Cell.NONE, List.of(first, second), new double[] {0, 0, 0, distance, 0, 0});
    }

    /** Of the bond where the pair has one, else the shortest distance in the crystals, at most 3 Å. */
    private double length(Species first, Species second) {
        for (AcceptanceSettings.Bond bond : settings.bonds()) {
            if (bond.first() == first && bond.second() == second || bond.first() == second && bond.second() == first) {
                return bond.length();
            }
        }
        return Math.min(3, shortestDistance(first, second));
    }

    /** Of the pair in the crystals, as they are given; the cut-off where they are never neighbours. */
    private double shortestDistance(Species first, Species second) {
        double shortest = potential.cutoff();
        for (AcceptanceCrystal crystal : crystals) {
            Structure structure = crystal.structure();
            NeighbourList list = NeighbourList.of(structure, potential.cutoff());
            for (int i = 0; i < structure.size(); i++) {
                for (int k = list.start(i); k < list.end(i); k++) {
                    boolean pair = structure.species(i) == first && structure.species(list.neighbour(k)) == second;
                    shortest = pair ? Math.min(shortest, list.distance(k)) : shortest;
                }
            }
        }
        return shortest;
    }
}
