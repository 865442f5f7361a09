package org.glassmap.core.learning;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * ænet's own text layout: arrays four a line as {@code (4(1x,ES24.17))} and {@code (4(1x,I17))}, names one a line,
 * single numbers as gfortran's list-directed output has them (17 digits, fixed point from 0.1 to 1e17).
 */
final class AenetNativeOutput implements AenetOutput {

    private final StringBuilder text = new StringBuilder();

    String text() {
        return text.toString();
    }

    @Override
    public void integer(int value) {
        text.append("%12d".formatted(value)).append('\n');
    }

    @Override
    public void integers(int... values) {
        for (int k = 0; k < values.length; k++) {
            text.append(" %17d".formatted(values[k])).append(k % 4 == 3 || k == values.length - 1 ? "\n" : "");
        }
    }

    @Override
    public void real(double value) {
        list(value);
    }

    @Override
    public void list(double... values) {
        for (double value : values) {
            text.append(listed(value));
        }
        text.append('\n');
    }

    @Override
    public void reals(double... values) {
        for (int k = 0; k < values.length; k++) {
            text.append(' ').append(scientific(values[k]));
            text.append(k % 4 == 3 || k == values.length - 1 ? "\n" : "");
        }
    }

    @Override
    public void text(String value, int length, boolean padded) {
        text.append(padded ? AenetBinaryOutput.fitted(value, length) : value.stripTrailing())
                .append('\n');
    }

    @Override
    public void species(List<Species> species) {
        for (Species one : species) {
            text.append(AenetBinaryOutput.fitted(one.symbol(), 2)).append('\n');
        }
    }

    @Override
    public void logical(boolean value) {
        text.append(value ? " T" : " F").append('\n');
    }

    /** ænet's slip: an array for every species of the environment where the binary layout has two. */
    @Override
    public void featureEnvironments(int environment, int features) {
        integers(new int[environment * features]);
    }

    /** ES24.17. */
    private static String scientific(double value) {
        String digits = digits(value, 18);
        int exponent = exponent(value, 18);
        String sign = exponent < 0 ? "-" : "+";
        int size = Math.abs(exponent);
        String tail = size < 100 ? "E%s%02d".formatted(sign, size) : "%s%03d".formatted(sign, size);
        String number = (negative(value) ? "-" : "") + digits.charAt(0) + "." + digits.substring(1) + tail;
        return " ".repeat(24 - number.length()) + number;
    }

    private static String listed(double value) {
        String digits = digits(value, 17);
        int exponent = exponent(value, 17);
        String number = negative(value) ? "-" : "";
        int width = 26;
        if (exponent >= -1 && exponent < 17) {
            number += exponent < 0
                    ? "0." + digits
                    : digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
            number += "     ";
        } else {
            number += digits.charAt(0) + "." + digits.substring(1);
            number += "E%s%03d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
        return " ".repeat(width - number.length()) + number;
    }

    private static boolean negative(double value) {
        return value < 0 || value == 0 && 1 / value < 0;
    }

    private static BigDecimal rounded(double value, int digits) {
        return new BigDecimal(Math.abs(value)).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static String digits(double value, int digits) {
        String unscaled =
                value == 0 ? "" : rounded(value, digits).unscaledValue().toString();
        return unscaled + "0".repeat(digits - unscaled.length());
    }

    private static int exponent(double value, int digits) {
        if (value == 0) {
            return 0;
        }
        BigDecimal rounded = rounded(value, digits);
        return rounded.precision() - rounded.scale() - 1;
    }
}
