package org.glassmap.analyses.figures;

import org.jspecify.annotations.Nullable;

/** Something drawn: places in the drawing's own unit, x to the right, y downwards. */
public sealed interface Mark {

    /**
     * A filled and outlined polygon or a line.
     *
     * @param x {@code [n]}
     * @param y {@code [n]}
     * @param fill absent for a bare line
     * @param stroke absent for a bare area
     * @param width of the stroke
     * @param dashes lengths of stroke and gap in turn; empty for a solid one
     * @param note shown when pointed at
     */
    record Path(
            double[] x,
            double[] y,
            boolean closed,
            @Nullable Ink fill,
            @Nullable Ink stroke,
            double width,
            double[] dashes,
            @Nullable String note)
            implements Mark {

        public Path {
            if (x.length != y.length || x.length < 2) {
                throw new IllegalArgumentException(
                        "a path needs two points or more, got %d and %d coordinates".formatted(x.length, y.length));
            }
        }

        public static Path line(double x1, double y1, double x2, double y2, Ink stroke, double width) {
            return new Path(
                    new double[] {x1, x2}, new double[] {y1, y2}, false, null, stroke, width, new double[0], null);
        }

        public static Path line(double[] x, double[] y, Ink stroke, double width) {
            return new Path(x, y, false, null, stroke, width, new double[0], null);
        }

        public static Path box(
                double x, double y, double width, double height, @Nullable Ink fill, @Nullable Ink stroke) {
            return new Path(
                    new double[] {x, x + width, x + width, x},
                    new double[] {y, y, y + height, y + height},
                    true,
                    fill,
                    stroke,
                    1,
                    new double[0],
                    null);
        }
    }

    /** A disc of the given radius; as {@link Path} elsewhere. */
    record Disc(
            double x,
            double y,
            double radius,
            Ink fill,
            @Nullable Ink stroke,
            double width,
            @Nullable String note) implements Mark {}

    /**
     * One line of text.
     *
     * @param y of the baseline
     * @param size height of the em square
     * @param anchor where x lies in the line: 0 at its start, 0.5 in its middle, 1 at its end
     * @param turn anticlockwise about (x, y), degrees
     * @param halo of white behind the letters, its width; 0 for none
     */
    record Text(String text, double x, double y, double size, Ink ink, double anchor, double turn, double halo)
            implements Mark {

        public double width() {
            return Typeface.dejaVuSans().width(text, size);
        }

        /** Of the text in this size. */
        public static double width(String text, double size) {
            return Typeface.dejaVuSans().width(text, size);
        }
    }
}
