package org.glassmap.core.formats;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object asked for what should be in it; each answer names what is not as it should be. */
record JsonFields(Map<?, ?> fields, Place place, String path) {

    static JsonFields of(@Nullable Object value, Place place, String path) {
        if (value instanceof Map<?, ?> map) {
            return new JsonFields(map, place, path);
        }
        throw fault(place, path.isEmpty() ? "structure" : path, "must be an object", value);
    }

    static FormatException fault(Place place, String field, String complaint, @Nullable Object value) {
        String shown = value == null
                ? "nothing"
                : value instanceof List<?> list ? "a list of " + list.size() : value.toString();
        return new FormatException(place, field, complaint, shown, "send what the program itself writes");
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    @Nullable
    Object get(String name) {
        return fields.get(name);
    }

    JsonFields object(String name) {
        return of(fields.get(name), place, path(name));
    }

    String text(String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw fault(place, path(name), "must be a text", fields.get(name));
    }

    double number(String name) {
        return number(fields.get(name), path(name));
    }

    private double number(@Nullable Object value, String where) {
        if (value instanceof Double number) {
            return number;
        }
        throw fault(place, where, "must be a finite number", value);
    }

    List<?> list(String name) {
        if (fields.get(name) instanceof List<?> list) {
            return list;
        }
        throw fault(place, path(name), "must be a list", fields.get(name));
    }

    /** Numbers, or rows of them, one after the other. */
    double[] numbers(String name, int count) {
        return flat(list(name), path(name), count);
    }

    /** Numbers of a list that may be nested once. */
    double[] flat(List<?> list, String where, int count) {
        double[] numbers = new double[count];
        int k = 0;
        for (Object item : list) {
            for (Object value : item instanceof List<?> row ? row : List.of(orNothing(item))) {
                if (k == count) {
                    throw fault(place, where, "must hold %d numbers".formatted(count), "more");
                }
                numbers[k++] = number(value, where);
            }
        }
        if (k != count) {
            throw fault(place, where, "must hold %d numbers".formatted(count), k);
        }
        return numbers;
    }

    private static Object orNothing(@Nullable Object value) {
        return value == null ? "null" : value;
    }

    boolean[] flags(List<?> list, String where) {
        boolean[] flags = new boolean[3];
        for (int k = 0; k < 3; k++) {
            if (list.size() != 3 || !(list.get(k) instanceof Boolean flag)) {
                throw fault(place, where, "must hold 3 flags", list.toString());
            }
            flags[k] = flag;
        }
        return flags;
    }
}
