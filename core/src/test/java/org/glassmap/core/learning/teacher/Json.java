package org.glassmap.core.learning.teacher;

import java.util.Map;
import java.util.stream.Collectors;

/** Maps, strings, numbers and booleans as JSON, indented. */
final class Json {

    private Json() {}

    static String text(Object value) {
        return text(value, "");
    }

    private static String text(Object value, String indent) {
        if (value instanceof Map<?, ?> map) {
            String inner = indent + "  ";
            return map.entrySet().stream()
                    .map(e -> inner + '"' + e.getKey() + "\": " + text(e.getValue(), inner))
                    .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
        }
        return value instanceof String string ? '"' + string + '"' : String.valueOf(value);
    }
}
