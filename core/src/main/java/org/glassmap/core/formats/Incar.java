package org.glassmap.core.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An INCAR to be written: tags and typed values, in order. Immutable. What is written is read by VASP as exactly these
 * tags: a value that could begin another line, statement or comment is refused, and so is one that a shell could take for
 * more than a word.
 */
public final class Incar {

    static final String FORMAT = "INCAR";

    private static final Pattern TAG = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9_.+*-]+( [A-Za-z0-9_.+*-]+)*");
    private static final int LONGEST = 240; // VASP 5 reads lines of 255 characters
    private static final int MOST_TAGS = 1000;
    private static final int LONGEST_QUOTED = 1 << 16;

    /** None yet. */
    public static final Incar EMPTY = new Incar(Map.of());

    private final Map<String, Value> values;

    private Incar(Map<String, Value> values) {
        this.values = values;
    }

    /** What a tag can be set to. */
    public sealed interface Value {

        /** As it stands in the file. */
        String text();
    }

    public record WholeNumber(int value) implements Value {
        @Override
        public String text() {
            return Integer.toString(value);
        }
    }

    public record Real(double value) implements Value {

        public Real {
            requireFinite(value);
        }

        @Override
        public String text() {
            return Double.toString(value);
        }
    }

    public record Logical(boolean value) implements Value {
        @Override
        public String text() {
            return value ? ".TRUE." : ".FALSE.";
        }
    }

    public record Reals(List<Double> values) implements Value {

        public Reals {
            values = List.copyOf(values);
            values.forEach(Incar::requireFinite);
        }

        @Override
        public String text() {
            return values.stream().map(value -> Double.toString(value)).collect(Collectors.joining(" "));
        }
    }

    /** A word or some, as {@code Normal}, {@code PE} or {@code 6*0.6 2*-0.6}. */
    public record Words(String value) implements Value {

        public Words {
            if (!WORDS.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "an INCAR value must be words of letters, digits and _ . + - *, got '%s'"
                                .formatted(Printable.abbreviated(value)));
            }
        }

        @Override
        public String text() {
            return value;
        }
    }

    private static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("an INCAR value must be finite, got " + value);
        }
    }

    /** @throws IllegalArgumentException if the tag is no tag, or the line would be too long for VASP */
    public Incar with(String tag, Value value) {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(
                    "an INCAR tag must be capitals, digits and _, got '%s'".formatted(Printable.abbreviated(tag)));
        }
        if (tag.length() + value.text().length() + 3 > LONGEST) {
            throw new IllegalArgumentException(
                    "the line of INCAR tag %s must have at most %d characters".formatted(tag, LONGEST));
        }
        Map<String, Value> more = new LinkedHashMap<>(values);
        more.put(tag, value);
        return new Incar(Collections.unmodifiableMap(more));
    }

    public Incar with(String tag, int value) {
        return with(tag, new WholeNumber(value));
    }

    public Incar with(String tag, double value) {
        return with(tag, new Real(value));
    }

    public Incar with(String tag, boolean value) {
        return with(tag, new Logical(value));
    }

    public Incar with(String tag, String value) {
        return with(tag, new Words(value));
    }

    public Map<String, Value> values() {
        return values;
    }

    /** As VASP will read it. */
    public VaspTags tags() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((tag, value) -> texts.put(tag, value.text()));
        return VaspTags.of(texts);
    }

    /** Appends a line per tag. */
    public void write(Appendable out) throws IOException {
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            out.append(entry.getKey())
                    .append(" = ")
                    .append(entry.getValue().text())
                    .append('\n');
        }
    }

    /**
     * The tags of an INCAR as VASP reads it: {@code TAG = value}, several in a line between semicolons, comments from
     * {@code #} or {@code !} on, a backslash at the end of a line to go on in the next, values in quotes over several
     * lines; the first of equal tags counts and lines without {@code =} are passed over.
     *
     * @throws FormatException if it is not text, has too many tags, or a quote is not closed
     */
    public static VaspTags read(InputStream in, ReadingLimits limits) throws IOException {
        LineSource lines = new LineSource(in, FORMAT, limits);
        Map<String, String> tags = new LinkedHashMap<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            for (String statement : statement(line, lines).split(";")) {
                int equals = statement.indexOf('=');
                if (equals > 0) {
                    String tag = statement.substring(0, equals).strip().toUpperCase(Locale.ROOT);
                    tags.putIfAbsent(tag, statement.substring(equals + 1).strip());
                }
                if (tags.size() > MOST_TAGS) {
                    throw new FormatException(
                            lines.place(), "tags", "are more than %d".formatted(MOST_TAGS), statement, "shorten it");
                }
            }
        }
        return VaspTags.of(tags);
    }

    /** As {@link #read(InputStream, ReadingLimits)} with {@link ReadingLimits#DEFAULT}. */
    public static VaspTags read(InputStream in) throws IOException {
        return read(in, ReadingLimits.DEFAULT);
    }

    /** The line without its comment, with the lines that belong to it. */
    private static String statement(String line, LineSource lines) throws IOException {
        StringBuilder whole = new StringBuilder(withoutComment(line));
        while (goesOn(whole)) {
            String next = lines.next();
            boolean quoted = isOpenQuote(whole);
            if (next == null || whole.length() + next.length() > LONGEST_QUOTED) {
                throw new FormatException(
                        lines.place(),
                        "value",
                        "does not end",
                        whole.toString(),
                        "close the quote or drop the backslash");
            }
            if (!quoted) {
                whole.setLength(whole.length() - 1);
            }
            whole.append(quoted ? "\n" : " ").append(quoted ? next : withoutComment(next));
        }
        return whole.toString();
    }

    private static boolean goesOn(CharSequence text) {
        return isOpenQuote(text) || (!text.isEmpty() && text.charAt(text.length() - 1) == '\\');
    }

    private static boolean isOpenQuote(CharSequence text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private static String withoutComment(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '#' || line.charAt(i) == '!') {
                return line.substring(0, i).strip();
            }
        }
        return line.strip();
    }
}
