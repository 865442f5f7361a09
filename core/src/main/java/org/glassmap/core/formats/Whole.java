package org.glassmap.core.formats;

import java.util.OptionalInt;

/** Whole numbers: an optional sign and digits. */
final class Whole {

    private Whole() {}

    /** The number a text is; empty if it is none, or one beyond 32 bits. */
    static OptionalInt read(String text) {
        try {
            return isWhole(text) ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
        } catch (NumberFormatException beyond32Bits) {
            return OptionalInt.empty();
        }
    }

    /** Whether a text is a whole number of any size. */
    static boolean isWhole(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.length() > start && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    }
}
