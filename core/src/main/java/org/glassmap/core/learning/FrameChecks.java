package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/**
 * What is wrong with a set of labelled frames before anything is learnt from them: one structure with two energies, two
 * levels of theory in one set, forces in another unit than energies and lengths.
 */
public final class FrameChecks {

    /** eV/atom: one structure cannot have two energies that differ by more. */
    private static final double SAME_ENERGY = 1e-3;

    /** eV/atom between two levels of theory, at least. Structures of one composition rarely differ so much. */
    private static final double LEVELS_APART = 0.5;

    /** How many times the spread within either set the gap between them is, at least. */
    private static final double CLEAR_GAP = 4;

    /** The same after fitted atomic energies, which widen either set. */
    private static final double CLEAR_GAP_BETWEEN = 2;

    /** eV/Å: root mean square of a frame's forces, above which its energy tells of its distortion. */
    private static final double CALM = 1;

    private static final int LEAST_OF_A_LEVEL = 3;

    /** Å: atoms that moved less are near enough for energies to follow from forces. */
    private static final double NEAR = 0.25;

    private static final int PAIRS_ENOUGH = 5;

    /** Of one composition and cell, the most frames that are compared with each other. */
    private static final int COMPARED = 40;

    /** A frame under the name it is told of by. */
    public record Named(String name, TrainingFrame frame) {}

    /**
     * @param frames the names of those it is about
     * @param detail what is wrong, with values
     */
    public record Finding(List<String> frames, String detail, String remedy) {

        public Finding {
            frames = List.copyOf(frames);
        }
    }

    private FrameChecks() {}

    /** The first fault that forbids learning from these frames; empty where there is none. */
    public static Optional<Finding> fault(List<Named> frames) {
        return contradiction(frames)
                .or(() -> twoLevels(frames.stream().filter(FrameChecks::calm).toList()))
                .or(() -> wrongUnit(frames));
    }

    /** Frames whose structure an earlier one has, with the same energy: in a split, either would tell of the other. */
    public static Map<String, String> duplicates(List<Named> frames) {
        Map<String, String> first = new TreeMap<>();
        Map<String, String> duplicates = new LinkedHashMap<>();
        for (Named named : frames) {
            String earlier = first.putIfAbsent(named.frame.structure().hash(), named.name);
            if (earlier != null) {
                duplicates.put(named.name, earlier);
            }
        }
        return duplicates;
    }

    private static Optional<Finding> contradiction(List<Named> frames) {
        Map<String, Named> first = new TreeMap<>();
        for (Named named : frames) {
            Named earlier = first.putIfAbsent(named.frame.structure().hash(), named);
            if (earlier != null) {
                double apart = Math.abs(perAtom(named.frame) - perAtom(earlier.frame));
                if (apart > SAME_ENERGY) {
                    return Optional.of(new Finding(
                            List.of(earlier.name, named.name),
                            "%s and %s are the same structure, with %.6f and %.6f eV/atom"
                                    .formatted(earlier.name, named.name, perAtom(earlier.frame), perAtom(named.frame)),
                            "keep the one that is right, or make a dataset for each level of theory"));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean calm(Named named) {
        double[] forces = named.frame.forces().orElse(new double[0]);
        double sum = 0;
        for (double force : forces) {
            sum += force * force;
        }
        return forces.length == 0 || Math.sqrt(sum / forces.length) < CALM;
    }

    private static double perAtom(TrainingFrame frame) {
        return frame.energy() / frame.structure().size();
    }

    /**
     * Energies per atom, by composition, in two sets with a gap far wider than either. Compared within one composition:
     * across compositions a fit of atomic energies could take a constant for chemistry.
     */
    private static Optional<Finding> twoLevels(List<Named> frames) {
        Map<String, List<Named>> compositions = new TreeMap<>();
        for (Named named : frames) {
            compositions
                    .computeIfAbsent(composition(named.frame.structure()), c -> new ArrayList<>())
                    .add(named);
        }
        for (Map.Entry<String, List<Named>> entry : compositions.entrySet()) {
            Optional<Finding> finding = twoLevels(entry.getKey(), entry.getValue());
            if (finding.isPresent()) {
                return finding;
            }
        }
        return offTheLine(frames);
    }

    private static Optional<Finding> twoLevels(String composition, List<Named> frames) {
        List<Named> sorted = new ArrayList<>(frames);
        sorted.sort(Comparator.comparingDouble(named -> perAtom(named.frame)));
        int cut = 0;
        double gap = 0;
        for (int k = 1; k < sorted.size(); k++) {
            double step = perAtom(sorted.get(k).frame) - perAtom(sorted.get(k - 1).frame);
            if (step > gap) {
                gap = step;
                cut = k;
            }
        }
        boolean clear = gap > LEVELS_APART
                && cut >= LEAST_OF_A_LEVEL
                && sorted.size() - cut >= LEAST_OF_A_LEVEL
                && gap > CLEAR_GAP * width(sorted.subList(0, cut))
                && gap > CLEAR_GAP * width(sorted.subList(cut, sorted.size()));
        return clear
                ? Optional.of(mixed(composition, sorted.subList(0, cut), sorted.subList(cut, sorted.size())))
                : Optional.empty();
    }

    private static double width(List<Named> sorted) {
        return perAtom(sorted.getLast().frame) - perAtom(sorted.getFirst().frame);
    }

    private static Finding mixed(String composition, List<Named> low, List<Named> high) {
        return new Finding(
                List.of(low.getFirst().name, high.getFirst().name),
                "the energies of %s fall into two sets: %d frames like %s at %.4f eV/atom, %d like %s at %.4f: two levels of theory, or two zeros of energy"
                        .formatted(
                                composition,
                                low.size(),
                                low.getFirst().name,
                                perAtom(low.getFirst().frame),
                                high.size(),
                                high.getFirst().name,
                                perAtom(high.getFirst().frame)),
                "make a dataset for each");
    }

    /** Sets that share no composition: what is left after atomic energies, fitted to both, still falls apart. */
    private static Optional<Finding> offTheLine(List<Named> frames) {
        List<Species> species = frames.stream()
                .flatMap(named -> named.frame.structure().species().stream())
                .distinct()
                .sorted()
                .toList();
        if (frames.size() < 4 * (species.size() + 1)) {
            return Optional.empty();
        }
        double[] rest = rests(frames, species);
        Integer[] order = new Integer[rest.length];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, Comparator.comparingDouble(k -> rest[k]));
        int cut = 0;
        double gap = 0;
        for (int k = 1; k < order.length; k++) {
            if (rest[order[k]] - rest[order[k - 1]] > gap) {
                gap = rest[order[k]] - rest[order[k - 1]];
                cut = k;
            }
        }
        double below = cut == 0 ? 0 : rest[order[cut - 1]] - rest[order[0]];
        double above = cut == 0 ? 0 : rest[order[order.length - 1]] - rest[order[cut]];
        int least = Math.max(LEAST_OF_A_LEVEL, frames.size() / 50);
        if (gap > LEVELS_APART
                && cut >= least
                && order.length - cut >= least
                && gap > CLEAR_GAP_BETWEEN * Math.max(below, above)) {
            List<Named> low = Arrays.stream(order).limit(cut).map(frames::get).toList();
            List<Named> high = Arrays.stream(order).skip(cut).map(frames::get).toList();
            return Optional.of(mixed("all compositions, less fitted atomic energies,", low, high));
        }
        return Optional.empty();
    }

    /** Energy per atom less the least-squares atomic energies. */
    private static double[] rests(List<Named> frames, List<Species> species) {
        int kinds = species.size();
        DMatrixRMaj normal = new DMatrixRMaj(kinds, kinds);
        DMatrixRMaj right = new DMatrixRMaj(kinds, 1);
        double[][] shares = new double[frames.size()][kinds];
        for (int f = 0; f < shares.length; f++) {
            Structure structure = frames.get(f).frame.structure();
            for (int i = 0; i < structure.size(); i++) {
                shares[f][species.indexOf(structure.species(i))] += 1.0 / structure.size();
            }
            for (int a = 0; a < kinds; a++) {
                right.add(a, 0, shares[f][a] * perAtom(frames.get(f).frame));
                for (int b = 0; b < kinds; b++) {
                    normal.add(a, b, shares[f][a] * shares[f][b]);
                }
            }
        }
        for (int a = 0; a < kinds; a++) {
            normal.add(a, a, 1e-9 * frames.size());
        }
        DMatrixRMaj atomic = new DMatrixRMaj(kinds, 1);
        CommonOps_DDRM.solve(normal, right, atomic);
        double[] rest = new double[frames.size()];
        for (int f = 0; f < rest.length; f++) {
            rest[f] = perAtom(frames.get(f).frame);
            for (int a = 0; a < kinds; a++) {
                rest[f] -= shares[f][a] * atomic.get(a, 0);
            }
        }
        return rest;
    }

    /** Such as {@code Li12 P4 S16}. */
    public static String composition(Structure structure) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < structure.size(); i++) {
            counts.merge(structure.species(i).symbol(), 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder();
        counts.forEach((symbol, count) ->
                text.append(text.isEmpty() ? "" : " ").append(symbol).append(count));
        return text.toString();
    }

    private record Unit(String wrong, double ratio) {}

    /** What ΔE/(−F̄·ΔR) is where one of the three is in another unit. */
    private static final List<Unit> UNITS = List.of(
            new Unit("energies in Ry, forces in eV/Å", 1 / 13.605693),
            new Unit("energies in Ha, forces in eV/Å", 1 / 27.211386),
            new Unit("forces in Ry/Bohr, energies in eV", 25.711043),
            new Unit("forces in Ha/Bohr, energies in eV", 51.422067),
            new Unit("energies in Ry and forces in Ry/Bohr, lengths in Å", 25.711043 / 13.605693),
            new Unit("energies in eV, forces in eV/Bohr", 1.889726),
            new Unit("lengths in Bohr", 0.529177),
            new Unit("energies in kcal/mol, forces in eV/Å", 23.060548),
            new Unit("forces with the sign of the gradient", -1));

    /**
     * Between two frames that differ little, ΔE = −½ (F + F′) · ΔR. The median of the ratio of both sides over such pairs
     * is 1 in consistent units.
     */
    private static Optional<Finding> wrongUnit(List<Named> frames) {
        Map<String, List<Named>> alike = new TreeMap<>();
        for (Named named : frames) {
            if (named.frame.forces().isPresent()) {
                Structure structure = named.frame.structure();
                String key =
                        structure.species() + Arrays.toString(structure.cell().lattice());
                alike.computeIfAbsent(key, k -> new ArrayList<>()).add(named);
            }
        }
        List<Double> ratios = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (List<Named> group : alike.values()) {
            for (int a = 0; a < Math.min(COMPARED, group.size()); a++) {
                for (int b = a + 1; b < Math.min(COMPARED, group.size()); b++) {
                    compare(group.get(a), group.get(b), ratios, named);
                }
            }
        }
        if (ratios.size() < PAIRS_ENOUGH) {
            return Optional.empty();
        }
        ratios.sort(Comparator.naturalOrder());
        double median = ratios.get(ratios.size() / 2);
        double spread = ratios.get(ratios.size() * 3 / 4) - ratios.get(ratios.size() / 4);
        for (Unit unit : UNITS) {
            if (Math.abs(median - unit.ratio) < 0.1 * Math.abs(unit.ratio)
                    && spread < 0.3 * Math.abs(unit.ratio)
                    && Math.abs(median - unit.ratio) < Math.abs(median - 1)) {
                return Optional.of(new Finding(
                        named.subList(0, 2),
                        String.format(
                                Locale.ROOT,
                                "between frames that differ little, such as %s and %s, energies change by %.4g times what the forces say: %s?",
                                named.get(0),
                                named.get(1),
                                median,
                                unit.wrong),
                        "give energies in eV, lengths in Å and forces in eV/Å"));
            }
        }
        return Optional.empty();
    }

    private static void compare(Named a, Named b, List<Double> ratios, List<String> named) {
        double[] here = a.frame.structure().positions();
        double[] there = b.frame.structure().positions();
        double[] forceHere = a.frame.forces().orElseThrow();
        double[] forceThere = b.frame.forces().orElseThrow();
        double work = 0;
        double size = 0;
        for (int k = 0; k < here.length; k++) {
            double moved = there[k] - here[k];
            if (!(Math.abs(moved) < NEAR)) {
                return;
            }
            double part = -0.5 * (forceHere[k] + forceThere[k]) * moved;
            work += part;
            size += Math.abs(part);
        }
        // A sum of which most cancels says little.
        if (Math.abs(work) > 0.3 * size && size > 0) {
            ratios.add((b.frame.energy() - a.frame.energy()) / work);
            named.add(a.name);
            named.add(b.name);
        }
    }
}
