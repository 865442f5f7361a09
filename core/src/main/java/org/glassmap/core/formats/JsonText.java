package org.glassmap.core.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) of a hostile stream as a whole: objects become maps, arrays lists, numbers doubles, null null. Text,
 * depth and number of values are bounded. {@code NaN} and {@code Infinity}, which Python writes, are read as texts of
 * these names: whoever needs a number there will say that it is none.
 */
final class JsonText {

    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_VALUES = 5_000_000;
    private static final int MOST_DEPTH = 60;
    private static final String SYNTAX = "JSON";

    private final String text;
    private final Place place;
    private int at;
    private int values;

    private JsonText(String text, Place place) {
        this.text = text;
        this.place = place;
    }

    /**
     * @param in plain or compressed with gzip; closed
     * @throws FormatException if it is no JSON or too much of it
     */
    static @Nullable Object read(InputStream in, Place place, ReadingLimits limits) throws IOException {
        try (in) {
            JsonText json = new JsonText(text(in, place, (int) Math.min(MOST_BYTES, limits.bytes())), place);
            @Nullable Object value = json.value(0);
            json.skipSpace();
            if (json.at < json.text.length()) {
                throw json.fault("goes on after its end");
            }
            return value;
        }
    }

    private static String text(InputStream in, Place place, int most) throws IOException {
        InputStream plain = Compression.decompressed(in);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 16];
        for (int read = plain.read(block, 0, block.length); read >= 0; read = plain.read(block, 0, block.length)) {
            bytes.write(block, 0, read);
            if (bytes.size() > most) {
                throw new FormatException(
                        place, "input", "is longer than %d bytes".formatted(most), "", "send many structures in parts");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private FormatException fault(String complaint) {
        long line = 1
                + text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        String value = at < text.length() ? text.substring(at, Math.min(text.length(), at + 40)) : "the end";
        return new FormatException(
                place.atLine(line), SYNTAX, complaint, value, "send the file as the program wrote it");
    }

    private @Nullable Object value(int depth) {
        if (depth > MOST_DEPTH) {
            throw fault("is nested deeper than %d".formatted(MOST_DEPTH));
        }
        if (++values > MOST_VALUES) {
            throw fault("has more than %d values".formatted(MOST_VALUES));
        }
        skipSpace();
        if (at == text.length()) {
            throw fault("ends where a value should stand");
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> bare();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        at++;
        if (ends('}')) {
            return fields;
        }
        do {
            skipSpace();
            if (at == text.length() || text.charAt(at) != '"') {
                throw fault("has a field without a name");
            }
            String name = string();
            skipSpace();
            require(':');
            if (fields.containsKey(name)) {
                throw fault("says '%s' twice".formatted(Printable.abbreviated(name)));
            }
            fields.put(name, value(depth + 1));
        } while (more('}'));
        return Collections.unmodifiableMap(fields);
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> items = new ArrayList<>(4);
        at++;
        if (ends(']')) {
            return items;
        }
        do {
            items.add(value(depth + 1));
        } while (more(']'));
        return Collections.unmodifiableList(items);
    }

    private boolean ends(char end) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == end) {
            at++;
            return true;
        }
        return false;
    }

    private boolean more(char end) {
        if (ends(end)) {
            return false;
        }
        require(',');
        return true;
    }

    private void require(char c) {
        if (at == text.length() || text.charAt(at) != c) {
            throw fault("lacks a '%c'".formatted(c));
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (true) {
            if (at == text.length()) {
                throw fault("ends within a text");
            }
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        if (at == text.length()) {
            throw fault("ends within a text");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw fault("has an escape that is none");
        };
    }

    private char unicode() {
        int code = 0;
        for (int k = 0; k < 4; k++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw fault("has an escape that is none");
            }
            code = 16 * code + digit;
            at++;
        }
        return (char) code;
    }

    private @Nullable Object bare() {
        int begin = at;
        while (at < text.length() && ",]} \t\r\n:\"[{".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(begin, at);
        switch (word) {
            case "null":
                return null;
            case "true":
                return Boolean.TRUE;
            case "false":
                return Boolean.FALSE;
            case "NaN", "Infinity", "-Infinity":
                return word;
            default:
                OptionalDouble number = Decimal.read(word);
                if (number.isEmpty()) {
                    at = begin;
                    throw fault("has a word that is no value");
                }
                return number.getAsDouble();
        }
    }
}
