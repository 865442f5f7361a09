package org.glassmap.core.formats;

/** Pieces of hostile files, made fit for a message. */
final class Printable {

    private static final int LONGEST = 80;

    private Printable() {}

    /** The start of a text, with everything that is not a printable character replaced by '?'. */
    static String abbreviated(String text) {
        StringBuilder printable = new StringBuilder();
        String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        start.chars().forEach(c -> printable.append(isControl((char) c) ? '?' : (char) c));
        return text.length() > LONGEST ? printable.append('…').toString() : printable.toString();
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
