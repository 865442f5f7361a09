package org.glassmap.structures.contents;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the one form that hashes are made of, RFC 8785: keys sorted by UTF-16 code units, no white space, numbers as
 * ECMAScript writes doubles ({@code 520}, {@code 1e-7}), as few escapes as can be.
 *
 * <p>Values are {@link Map}s with text keys, {@link List}s, {@link String}s, {@link Number}s, {@link Boolean}s and
 * null.
 */
public final class CanonicalJson {

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /**
     * The canonical text of a value.
     *
     * @throws IllegalArgumentException if a number is not a finite double, a text holds half a surrogate pair, or a
     *     value is none of JSON's
     */
    public static String of(@Nullable Object value) {
        CanonicalJson json = new CanonicalJson();
        json.append(value);
        return json.out.toString();
    }

    private void append(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag);
            case Number number -> out.append(number(number));
            case String text -> appendText(text);
            case List<?> list -> appendList(list);
            case Map<?, ?> map -> appendMap(map);
            default ->
                throw new IllegalArgumentException(
                        "JSON has no " + value.getClass().getSimpleName());
        }
    }

    private void appendList(List<?> list) {
        String separator = "[";
        for (Object element : list) {
            out.append(separator);
            append(element);
            separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private void appendMap(Map<?, ?> map) {
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        String separator = "{";
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            out.append(separator);
            appendText(entry.getKey());
            out.append(':');
            append(entry.getValue());
            separator = ",";
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private void appendText(String text) {
        out.append('"');
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> appendPlain(text, k, c);
            }
        }
        out.append('"');
    }

    private void appendPlain(String text, int k, char c) {
        if (c < 0x20) {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            return;
        }
        boolean lone = Character.isHighSurrogate(c)
                ? k + 1 == text.length() || !Character.isLowSurrogate(text.charAt(k + 1))
                : Character.isLowSurrogate(c) && (k == 0 || !Character.isHighSurrogate(text.charAt(k - 1)));
        if (lone) {
            throw new IllegalArgumentException("text holds half a surrogate pair at character " + (k + 1));
        }
        out.append(c);
    }

    /**
     * A number as ECMAScript writes the double nearest to it (Number::toString, ECMA-262 6.1.6.1.20).
     *
     * @throws IllegalArgumentException if that double is not finite, or is not the whole number that was given
     */
    static String number(Number number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a number must be finite, got " + number);
        }
        boolean whole = !(number instanceof Double || number instanceof Float || number instanceof BigDecimal);
        if (whole && new BigDecimal(value).compareTo(new BigDecimal(number.toString())) != 0) {
            throw new IllegalArgumentException("a whole number must be exact as a double, got " + number);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale(); // value = 0.digits × 10^point
        return (value < 0 ? "-" : "") + placed(digits, point);
    }

    private static String placed(String digits, int point) {
        int k = digits.length();
        if (k <= point && point <= 21) {
            return digits + "0".repeat(point - k);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        return digits.charAt(0)
                + (k == 1 ? "" : "." + digits.substring(1))
                + (exponent < 0 ? "e-" : "e+")
                + Math.abs(exponent);
    }

    /**
     * Double.toString gives the shortest decimal but for one case: it prefers two digits that are nearer to one digit
     * that suffices (4.9E-324, where ECMAScript writes 5e-324).
     */
    private static BigDecimal shortest(double value) {
        BigDecimal java = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (java.precision() != 2) {
            return java;
        }
        BigDecimal rounded = java.round(new java.math.MathContext(1));
        return rounded.doubleValue() == value ? rounded : java;
    }
}
