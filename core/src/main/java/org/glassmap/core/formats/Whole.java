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

    /** The number a text must be, within the limits given. */
    static int require(String text, int least, int most, String field, Place place, String remedy) {
        OptionalInt number = read(text);
        if (number.isEmpty() || number.getAsInt() < least || number.getAsInt() > most) {
            throw new FormatException(
                    place, field, "must be a whole number in %d..%d".formatted(least, most), text, remedy);
        }
        return number.getAsInt();
    }

    /** Whether a text is a whole number of any size. */
    static boolean isWhole(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.length() > start && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    }
}
