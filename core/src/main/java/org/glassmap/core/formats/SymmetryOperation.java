package org.glassmap.core.formats;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A symmetry operation on fractional coordinates, f → R f + t, as CIF writes it: {@code -y, x-y, z+1/3}. Immutable.
 */
final class SymmetryOperation {

    private static final Pattern TERM =
            Pattern.compile("([+-]?)(?:([xyz])|(\\d{1,4})/(\\d{1,4})|(\\d{0,9}\\.?\\d{1,16}))");

    private final int[] rotation;
    private final double[] translation;

    private SymmetryOperation(int[] rotation, double[] translation) {
        this.rotation = rotation;
        this.translation = translation;
    }

    static SymmetryOperation of(String text, Place place) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[\\s'\"]", "");
        String[] parts = plain.split(",", -1);
        if (parts.length != 3) {
            throw problem(text, place);
        }
        int[] rotation = new int[9];
        double[] translation = new double[3];
        for (int row = 0; row < 3; row++) {
            Matcher term = TERM.matcher(parts[row]);
            int end = 0;
            while (end < parts[row].length() && term.find(end) && term.start() == end) {
                boolean unsigned = term.group(1).isEmpty() && end > 0;
                if (unsigned) {
                    throw problem(text, place);
                }
                int sign = term.group(1).equals("-") ? -1 : 1;
                if (term.group(2) != null) {
                    rotation[3 * row + "xyz".indexOf(term.group(2))] += sign;
                } else {
                    translation[row] += sign * translation(term, text, place);
                }
                end = term.end();
            }
            if (end == 0 || end < parts[row].length()) {
                throw problem(text, place);
            }
        }
        if (Math.abs(determinant(rotation)) != 1) {
            throw problem(text, place);
        }
        return new SymmetryOperation(rotation, translation);
    }

    private static double translation(Matcher term, String text, Place place) {
        if (term.group(3) == null) {
            return Double.parseDouble(term.group(5));
        }
        int denominator = Integer.parseInt(term.group(4));
        if (denominator == 0) {
            throw problem(text, place);
        }
        return (double) Integer.parseInt(term.group(3)) / denominator;
    }

    boolean isIdentity() {
        return Arrays.equals(rotation, new int[] {1, 0, 0, 0, 1, 0, 0, 0, 1})
                && Arrays.stream(translation).allMatch(t -> t == 0);
    }

    /** The image of a point, {@code [3]} fractional. */
    double[] image(double[] point) {
        double[] image = translation.clone();
        for (int row = 0; row < 3; row++) {
            for (int k = 0; k < 3; k++) {
                image[row] += rotation[3 * row + k] * point[k];
            }
        }
        return image;
    }

    private static int determinant(int[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    private static FormatException problem(String text, Place place) {
        return new FormatException(
                place, "symmetry operation", "must be three expressions in x, y, z", text, "write 'x, y, z+1/2'");
    }
}
