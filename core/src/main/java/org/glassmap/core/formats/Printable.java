package org.glassmap.core.formats;

/** Pieces of hostile files, made fit for a message. */
final class Printable {

    private static final int LONGEST = 80;

    private Printable() {}

    /** The start of a text, with everything that is not a printable character replaced by '?'. */
    static String abbreviated(String text) {
        return line(text, LONGEST);
    }

    /** As {@link #abbreviated}, of at most {@code longest} characters. */
    static String line(String text, int longest) {
        StringBuilder printable = new StringBuilder();
        String start = text.length() > longest ? text.substring(0, longest) : text;
        start.chars().forEach(c -> printable.append(isControl((char) c) ? '?' : (char) c));
        return text.length() > longest ? printable.append('…').toString() : printable.toString();
    }

    /** Control characters, halves of a surrogate pair left alone by a cut, and the direction marks that reorder text. */
    static boolean isControl(char c) {
        return Character.isISOControl(c)
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }
}
