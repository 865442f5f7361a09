package org.glassmap.worker.engines.vasp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.formats.Incar;
import org.glassmap.core.formats.Kpoints;
import org.glassmap.core.formats.VaspOrder;
import org.glassmap.worker.engines.LabelledSteps;
import org.glassmap.worker.engines.UnfitInputException;
import org.jspecify.annotations.Nullable;

/**
 * What a method of the engine {@code vasp} asks for.
 *
 * @param incar physical tags, all of them
 * @param kpoints {@code {"length": 25}} or {@code {"mesh": [2, 2, 2], "gamma": true}}
 * @param potcars by element symbol
 * @param labels which ionic steps become labels
 */
record VaspMethod(
        boolean relaxes,
        Map<String, Object> incar,
        Map<String, Object> kpoints,
        Map<String, PotcarChoice> potcars,
        LabelledSteps labels) {

    record PotcarChoice(String choice, String title) {}

    /** @throws UnfitInputException if the settings are not this engine's */
    static VaspMethod of(MethodRecord method) {
        boolean relaxes = switch (method.kind()) {
            case "static" -> false;
            case "relax", "cell-relax" -> true;
            default -> throw new UnfitInputException("kind must be static, relax or cell-relax, got " + method.kind());
        };
        Map<String, PotcarChoice> potcars = new TreeMap<>();
        map(method.settings(), "potcars").forEach((symbol, value) -> potcars.put(symbol, potcar(symbol, value)));
        return new VaspMethod(
                relaxes,
                map(method.settings(), "incar"),
                map(method.settings(), "kpoints"),
                potcars,
                LabelledSteps.of(method.settings()));
    }

    private static PotcarChoice potcar(String symbol, Object value) {
        if (value instanceof Map<?, ?> potcar
                && potcar.get("choice") instanceof String choice
                && potcar.get("title") instanceof String title) {
            return new PotcarChoice(choice, title);
        }
        throw new UnfitInputException("the POTCAR of %s needs a choice and a title".formatted(symbol));
    }

    private static Map<String, Object> map(Map<String, Object> settings, String name) {
        if (!(settings.get(name) instanceof Map<?, ?> map)) {
            throw new UnfitInputException("the method has no %s".formatted(name));
        }
        Map<String, Object> copy = new TreeMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), value);
            }
        });
        return copy;
    }

    /**
     * The INCAR for one structure.
     *
     * @param runtime tags that say how a run is carried out here
     * @throws UnfitInputException if a tag or value is none that VASP would read as just that, or a tag is said twice
     */
    Incar incar(VaspOrder order, Map<String, String> runtime) {
        try {
            Incar written = Incar.EMPTY;
            for (Map.Entry<String, Object> entry : incar.entrySet()) {
                Incar.@Nullable Value value = value(entry.getKey(), entry.getValue(), order);
                written = value == null ? written : written.with(entry.getKey(), value);
            }
            for (Map.Entry<String, String> entry : new TreeMap<>(runtime).entrySet()) {
                if (incar.containsKey(entry.getKey())) {
                    throw new UnfitInputException(
                            "the method sets %s, and so does this agent; it belongs to one of them"
                                    .formatted(entry.getKey()));
                }
                written = written.with(entry.getKey(), new Incar.Words(entry.getValue()));
            }
            return withDefault(withDefault(written, "LWAVE"), "LCHARG");
        } catch (IllegalArgumentException e) {
            throw new UnfitInputException("the INCAR cannot be written: " + e.getMessage(), e);
        }
    }

    /** Gigabytes that nobody asked for. */
    private static Incar withDefault(Incar incar, String tag) {
        return incar.values().containsKey(tag) ? incar : incar.with(tag, false);
    }

    /** Absent for words that mean "not at all". */
    private static Incar.@Nullable Value value(String tag, Object value, VaspOrder order) {
        return switch (value) {
            case Boolean flag -> new Incar.Logical(flag);
            case Integer whole -> new Incar.WholeNumber(whole);
            case Long whole -> new Incar.WholeNumber(Math.toIntExact(whole));
            case Number number -> new Incar.Real(number.doubleValue());
            case List<?> list -> new Incar.Reals(arranged(tag, list, order));
            case String word when tag.equals("METAGGA") && word.equals("none") -> null;
            case String word when word.equals("true") || word.equals("false") -> new Incar.Logical(word.equals("true"));
            case String words -> new Incar.Words(words);
            default -> throw new IllegalArgumentException("%s cannot be %s".formatted(tag, value));
        };
    }

    /** Numbers per atom come in the order of the structure; VASP has another. */
    private static List<Double> arranged(String tag, List<?> list, VaspOrder order) {
        List<Double> numbers = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof Number number)) {
                throw new IllegalArgumentException("%s holds %s, which is no number".formatted(tag, element));
            }
            numbers.add(number.doubleValue());
        }
        if (!tag.equals("MAGMOM")) {
            return numbers;
        }
        int atoms = order.structure().size();
        if (numbers.size() != atoms) {
            throw new IllegalArgumentException(
                    "MAGMOM has %d numbers, the structure %d atoms".formatted(numbers.size(), atoms));
        }
        List<Double> arranged = new ArrayList<>();
        for (int k = 0; k < atoms; k++) {
            arranged.add(numbers.get(order.original(k)));
        }
        return arranged;
    }

    /** The mesh, always spelt out: what the automatic scheme gives does not depend on VASP's version then. */
    Kpoints mesh(Cell cell) {
        try {
            if (kpoints.get("length") instanceof Number length) {
                return Kpoints.Mesh.automatic(cell, length.doubleValue());
            }
            if (kpoints.get("mesh") instanceof List<?> mesh && mesh.size() == 3) {
                List<Integer> divisions = mesh.stream()
                        .map(n -> n instanceof Number number ? number.intValue() : 0)
                        .toList();
                boolean gamma = !Boolean.FALSE.equals(kpoints.get("gamma"));
                return new Kpoints.Mesh(
                        gamma ? Kpoints.Mesh.Centre.GAMMA : Kpoints.Mesh.Centre.MONKHORST_PACK,
                        divisions,
                        List.of(0.0, 0.0, 0.0));
            }
        } catch (IllegalArgumentException e) {
            throw new UnfitInputException("the k-points cannot be written: " + e.getMessage(), e);
        }
        throw new UnfitInputException("kpoints must have a length or a mesh of three divisions, got " + kpoints);
    }

    /** @throws UnfitInputException if the method names none for it */
    PotcarChoice potcar(Species species) {
        @Nullable PotcarChoice choice = potcars.get(species.symbol());
        if (choice == null) {
            throw new UnfitInputException("the method names no POTCAR of " + species.symbol());
        }
        return choice;
    }
}
