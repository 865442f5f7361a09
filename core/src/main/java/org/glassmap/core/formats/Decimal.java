package org.glassmap.core.formats;

import java.util.OptionalDouble;

/**
 * Decimal numbers as programs print them: sign, digits, point, exponent with e, E, d or D (Fortran). Java's own reader
 * takes more (hexadecimal digits, {@code NaN}, a suffix {@code f}), none of which belongs into a structure.
 */
final class Decimal {

    private static final int LONGEST = 400; // beyond the 325 digits the smallest double can be printed with

    private Decimal() {}

    /** The finite number a text is; empty if it is none. */
    static OptionalDouble read(String text) {
        if (!wellFormed(text)) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text.replace('d', 'e').replace('D', 'e'));
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The finite number a text must be. */
    static double require(String text, String field, Place place) {
        OptionalDouble number = read(text);
        if (number.isEmpty()) {
            throw new FormatException(
                    place, field, "must be a finite number", text, "write a decimal such as -1.25e-3");
        }
        return number.getAsDouble();
    }

    private static boolean wellFormed(String text) {
        int n = text.length();
        if (n == 0 || n > LONGEST) {
            return false;
        }
        int i = afterSign(text, 0);
        int digits = 0;
        boolean point = false;
        for (; i < n; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return false;
        }
        return i == n || ("eEdD".indexOf(text.charAt(i)) >= 0 && wholeNumber(text, afterSign(text, i + 1)));
    }

    private static int afterSign(String text, int i) {
        return i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+') ? i + 1 : i;
    }

    private static boolean wholeNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < text.length();
    }
}
