package org.glassmap.structures.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glassmap.structures.contents.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * The engine {@code stated}: labels that were computed elsewhere, by what their owner says. Every key that is given
 * counts: two statements that differ in anything are two levels of theory, since nobody here can tell which
 * difference matters.
 */
final class StatedSchema implements EngineSchema {

    private static final String LEVEL = "levelOfTheory";
    private static final int DEEPEST = 8;

    @Override
    public String engine() {
        return "stated";
    }

    @Override
    public Map<String, Object> complete(MethodKind kind, @Nullable Map<String, Object> given) {
        Map<String, Object> settings = given == null ? Map.of() : given;
        if (!(settings.get(LEVEL) instanceof String level) || level.isBlank()) {
            throw new InvalidInputException(
                    "/settings/" + LEVEL, settings.get(LEVEL), "is missing", "say in words what computed the labels");
        }
        return checked("/settings", settings, 0);
    }

    private static Map<String, Object> checked(String pointer, Map<?, ?> map, int depth) {
        TreeMap<String, Object> copy = new TreeMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put((String) key, checked(pointer + "/" + key, value, depth + 1));
            }
        });
        return copy;
    }

    private static Object checked(String pointer, Object value, int depth) {
        if (depth > DEEPEST) {
            throw new InvalidInputException(pointer, null, "is nested too deep", "use at most 8 levels");
        }
        return switch (value) {
            case Map<?, ?> map -> checked(pointer, map, depth);
            case List<?> list -> {
                ArrayList<Object> copy = new ArrayList<>();
                for (Object element : list) {
                    if (element == null) {
                        throw new InvalidInputException(pointer, null, "holds nothing at one place", "leave it out");
                    }
                    copy.add(checked(pointer, element, depth + 1));
                }
                yield copy;
            }
            case Number number
            when !Double.isFinite(number.doubleValue()) ->
                throw new InvalidInputException(pointer, number, "must be finite", "give a finite number");
            default -> value;
        };
    }

    @Override
    public Map<String, Object> decidingEnergies(Map<String, Object> complete) {
        return complete;
    }
}
