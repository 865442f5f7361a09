package org.glassmap.core.formats;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The words of a CIF 1.1 file: bare, quoted (a quote ends it only before white space), text fields between lines that
 * begin with a semicolon; comments are passed over.
 */
final class CifTokens {

    enum Kind {
        DATA,
        LOOP,
        TAG,
        VALUE,
        OTHER_KEYWORD,
        END
    }

    /**
     * One word.
     *
     * @param text of {@code data_x} the x; of a tag the tag in lower case with {@code .} as {@code _}; of a value the
     *     value, empty for the bare {@code .} and {@code ?} which say that there is none
     */
    record Token(Kind kind, String text, Place place) {}

    private static final int LONGEST_TEXT = 1 << 20;

    private final LineSource lines;
    private String line = "";
    private int at;
    private @Nullable Token peeked;

    CifTokens(LineSource lines) {
        this.lines = lines;
    }

    Token next() throws IOException {
        Token token = peek();
        peeked = null;
        return token;
    }

    Token peek() throws IOException {
        if (peeked == null) {
            peeked = read();
        }
        return peeked;
    }

    Place place() {
        return lines.place();
    }

    /** Goes on at the line after this one, after a finding in it. */
    void skipLine() {
        peeked = null;
        at = line.length();
    }

    private Token read() throws IOException {
        while (true) {
            while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
                at++;
            }
            if (at < line.length() && line.charAt(at) != '#') {
                return word();
            }
            line = "";
            at = 0;
            String next = lines.next();
            if (next == null) {
                return new Token(Kind.END, "", lines.place());
            }
            if (next.startsWith(";")) {
                return textField(next);
            }
            line = next;
        }
    }

    private Token word() {
        char first = line.charAt(at);
        if (first == '\'' || first == '"') {
            return quoted(first);
        }
        int start = at;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        String word = line.substring(start, at);
        String lower = word.toLowerCase(Locale.ROOT);
        Place place = lines.place();
        if (first == '_') {
            return new Token(Kind.TAG, lower.replace('.', '_'), place);
        }
        if (lower.startsWith("data_")) {
            return new Token(Kind.DATA, word.substring(5), place);
        }
        if (lower.equals("loop_")) {
            return new Token(Kind.LOOP, "", place);
        }
        if (lower.startsWith("save_") || lower.equals("global_") || lower.equals("stop_")) {
            return new Token(Kind.OTHER_KEYWORD, word, place);
        }
        return new Token(Kind.VALUE, word.equals(".") || word.equals("?") ? "" : word, place);
    }

    private Token quoted(char quote) {
        int start = at + 1;
        for (int end = start; end < line.length(); end++) {
            boolean closes = line.charAt(end) == quote
                    && (end + 1 == line.length() || Character.isWhitespace(line.charAt(end + 1)));
            if (closes) {
                at = end + 1;
                return new Token(Kind.VALUE, line.substring(start, end), lines.place());
            }
        }
        throw new FormatException(
                lines.place(), "quoted value", "is not closed", line.substring(at), "close it on the same line");
    }

    private Token textField(String first) throws IOException {
        Place place = lines.place();
        StringBuilder text = new StringBuilder(first.substring(1));
        for (String next = lines.next(); next != null; next = lines.next()) {
            if (next.startsWith(";")) {
                line = next;
                at = 1;
                return new Token(Kind.VALUE, text.toString().strip(), place);
            }
            if (text.length() + next.length() > LONGEST_TEXT) {
                throw new FormatException(
                        place, "text field", "is longer than %d characters".formatted(LONGEST_TEXT), "", "shorten it");
            }
            text.append('\n').append(next);
        }
        throw new FormatException(place, "text field", "is not closed", first, "end it with a line ';'");
    }
}
