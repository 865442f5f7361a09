package org.glassmap.analyses.figures;

import java.util.List;

/**
 * Marks in the order they are laid over each other, on white.
 *
 * @param title for those who cannot see it
 */
public record Drawing(String title, double width, double height, List<Mark> marks) {

    public Drawing {
        if (!(width > 0) || !(height > 0) || width > 10_000 || height > 10_000) {
            throw new IllegalArgumentException("a drawing measures 1 to 10000, got %s × %s".formatted(width, height));
        }
        marks = List.copyOf(marks);
    }

    /** A document of its own; UTF-8. */
    public byte[] svg() {
        return new SvgPage(this).bytes();
    }

    /** @param scale pixels for each unit of the drawing */
    public byte[] png(double scale) {
        return new PixelPage(this, scale).png();
    }
}
