package org.glassmap.structures.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.glassmap.structures.contents.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a method one after the other, fills in defaults, and in the end refuses what nobody asked for:
 * a misspelt setting must not silently become its default.
 */
final class SettingsReader {

    private static final int LONGEST_TEXT = 1000;

    private final String pointer;
    private final Map<?, ?> given;
    private final TreeMap<String, Object> complete = new TreeMap<>();
    private final List<String> known = new ArrayList<>();

    /** @param pointer of the map within the body */
    SettingsReader(String pointer, @Nullable Map<?, ?> given) {
        this.pointer = pointer;
        this.given = given == null ? Map.of() : given;
    }

    private @Nullable Object value(String name) {
        known.add(name);
        return given.get(name);
    }

    private InvalidInputException refused(String name, @Nullable Object value, String detail, String remedy) {
        return new InvalidInputException(pointer + "/" + name, value, detail, remedy);
    }

    SettingsReader positive(String name, double otherwise) {
        return number(name, otherwise, Double.MIN_VALUE, Double.MAX_VALUE);
    }

    /** A number that the method always has. */
    SettingsReader number(String name, double otherwise, double least, double most) {
        Object value = value(name);
        complete.put(name, value == null ? (Object) otherwise : finite(name, value, least, most));
        return this;
    }

    /** A number that may be left to the engine. */
    SettingsReader numberIfGiven(String name, double least, double most) {
        Object value = value(name);
        if (value != null) {
            complete.put(name, finite(name, value, least, most));
        }
        return this;
    }

    private Double finite(String name, Object value, double least, double most) {
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!(number >= least && number <= most)) {
            throw refused(name, value, "is out of range", "give " + range(least, most));
        }
        return number + 0.0; // −0 becomes 0
    }

    private static String range(double least, double most) {
        if (least == Double.MIN_VALUE) {
            return most == Double.MAX_VALUE ? "a positive number" : "a positive number up to " + most;
        }
        return most == Double.MAX_VALUE
                ? least == -Double.MAX_VALUE ? "a finite number" : "a number of at least " + least
                : "a number from %s to %s".formatted(least, most);
    }

    SettingsReader whole(String name, int otherwise, int least, int most) {
        Object value = value(name);
        complete.put(name, value == null ? (Object) otherwise : integer(name, value, least, most));
        return this;
    }

    SettingsReader wholeIfGiven(String name, int least, int most) {
        Object value = value(name);
        if (value != null) {
            complete.put(name, integer(name, value, least, most));
        }
        return this;
    }

    private Integer integer(String name, Object value, int least, int most) {
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!(number >= least && number <= most) || number != Math.rint(number)) {
            throw refused(name, value, "is no such whole number", "give %d to %d".formatted(least, most));
        }
        return (int) number;
    }

    SettingsReader flag(String name, boolean otherwise) {
        Object value = value(name);
        if (value != null && !(value instanceof Boolean)) {
            throw refused(name, value, "is neither true nor false", "give true or false");
        }
        complete.put(name, value == null ? otherwise : value);
        return this;
    }

    SettingsReader choice(String name, String otherwise, String... choices) {
        Object value = value(name);
        if (value != null && !List.of(choices).contains(value)) {
            throw refused(name, value, "is no choice there is", "give one of " + String.join(", ", choices));
        }
        complete.put(name, value == null ? otherwise : value);
        return this;
    }

    SettingsReader choiceIfGiven(String name, String... choices) {
        return given.get(name) == null ? known(name) : choice(name, choices[0], choices);
    }

    private SettingsReader known(String name) {
        known.add(name);
        return this;
    }

    /** Three whole numbers of at least 1 that must be given. */
    SettingsReader divisions(String name) {
        Object value = value(name);
        if (!(value instanceof List<?> list) || list.size() != 3) {
            throw refused(name, value, "is no mesh", "give three whole numbers: [4, 4, 4]");
        }
        List<Integer> divisions = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            Object element = list.get(k);
            divisions.add(integer(name + "/" + k, element == null ? "null" : element, 1, 1000));
        }
        complete.put(name, divisions);
        return this;
    }

    /** A text of a form that the method must have. */
    SettingsReader text(String name, Pattern form, String remedy) {
        Object value = value(name);
        if (!(value instanceof String text)
                || text.length() > LONGEST_TEXT
                || !form.matcher(text).matches()) {
            throw refused(name, value, value == null ? "is missing" : "has not the form it needs", remedy);
        }
        complete.put(name, text);
        return this;
    }

    /** A text of a form, with a default. */
    SettingsReader text(String name, String otherwise, Pattern form, String remedy) {
        if (given.get(name) != null) {
            return text(name, form, remedy);
        }
        complete.put(name, otherwise);
        return known(name);
    }

    SettingsReader numbersIfGiven(String name, int least, int most) {
        Object value = value(name);
        if (value != null) {
            complete.put(name, numbers(name, value, least, most));
        }
        return this;
    }

    private List<Double> numbers(String name, Object value, int least, int most) {
        if (!(value instanceof List<?> list) || list.size() < least || list.size() > most) {
            throw refused(name, value, "is no such list", "give a list of %d to %d numbers".formatted(least, most));
        }
        List<Double> numbers = new ArrayList<>();
        for (int k = 0; k < list.size(); k++) {
            Object element = list.get(k);
            numbers.add(
                    finite(name + "/" + k, element == null ? "null" : element, -Double.MAX_VALUE, Double.MAX_VALUE));
        }
        return numbers;
    }

    /** A map within; empty where it is left out. */
    Map<?, ?> map(String name) {
        Object value = value(name);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw refused(name, value, "is no object", "give an object with a value per key");
        }
        return map;
    }

    /** What was made of a map within. */
    SettingsReader put(String name, Object value) {
        complete.put(name, value);
        return this;
    }

    /**
     * Every setting, in the order of the names.
     *
     * @param remedies for keys that are known not to belong here
     * @throws InvalidInputException naming the first key that nobody asked for
     */
    Map<String, Object> complete(Map<String, String> remedies) {
        for (Map.Entry<?, ?> entry : new TreeMap<Object, Object>(given).entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (!known.contains(name) && entry.getValue() != null) {
                String remedy = remedies.getOrDefault(name, "known here are " + String.join(", ", known));
                throw refused(name, entry.getValue(), "is not a setting of this engine and kind", remedy);
            }
        }
        return complete;
    }
}
