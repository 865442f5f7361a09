package org.glassmap.core.formats;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The second line of an extended XYZ frame: {@code key=value} pairs between blanks, in the order of the line. A value
 * may stand in quotes, braces or brackets, and a backslash takes the next character as it is; a key without a value is
 * true ({@code T}). A line with neither {@code Properties} nor {@code Lattice} nor {@code energy} is the free text of a
 * plain XYZ file and becomes the key {@code comment}.
 */
final class ExtendedXyzComment {

    private final String line;
    private final Place place;
    private int at;

    private ExtendedXyzComment(String line, Place place) {
        this.line = line;
        this.place = place;
    }

    static Map<String, String> keys(String line, Place place) {
        if (!line.contains("Properties=") && !line.contains("Lattice=") && !line.contains("energy=")) {
            Map<String, String> plain = new LinkedHashMap<>();
            if (!line.isBlank()) {
                plain.put("comment", line.strip());
            }
            return plain;
        }
        return new ExtendedXyzComment(line, place).keys();
    }

    private Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (skipBlanks(); at < line.length(); skipBlanks()) {
            String key = key();
            String value = "T";
            if (at < line.length() && line.charAt(at) == '=') {
                at++;
                value = value(key);
            }
            if (keys.put(key, value) != null) {
                throw problem(key, "stands twice", value, "give each key once");
            }
        }
        return keys;
    }

    private void skipBlanks() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    private String key() {
        if (closing(line.charAt(at)) == line.charAt(at)) { // a quoted key
            return quoted("key", line.charAt(at));
        }
        int start = at;
        while (at < line.length() && line.charAt(at) != '=' && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw problem("key", "must not be empty", line.substring(start), "write key=value");
        }
        return line.substring(start, at);
    }

    private String value(String key) {
        if (at == line.length()) {
            return "";
        }
        char opening = line.charAt(at);
        return closing(opening) == 0 ? bare() : quoted(key, closing(opening));
    }

    private String bare() {
        int start = at;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    private String quoted(String key, char closing) {
        char opening = line.charAt(at++);
        StringBuilder value = new StringBuilder();
        int depth = 1;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '\\' && at < line.length()) {
                value.append(line.charAt(at++));
            } else if (c == closing && --depth == 0) {
                return value.toString();
            } else {
                depth += c == opening && opening != closing ? 1 : 0;
                value.append(c);
            }
        }
        throw problem(key, "is not closed by " + closing, value.toString(), "close it on the same line");
    }

    /** What closes a value that begins so; 0 if it needs no closing. */
    private static char closing(char opening) {
        return switch (opening) {
            case '"' -> '"';
            case '\'' -> '\'';
            case '{' -> '}';
            case '[' -> ']';
            default -> 0;
        };
    }

    private FormatException problem(String field, String complaint, String value, String remedy) {
        return new FormatException(place, Printable.abbreviated(field), complaint, value, remedy);
    }
}
