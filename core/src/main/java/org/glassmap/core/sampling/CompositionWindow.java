package org.glassmap.core.sampling;

/** Both ends belong to it. */
public record CompositionWindow(double from, double to) {

    /** The paper's 0.385, which is 5/13, to 0.92. */
    public static final CompositionWindow PAPER = new CompositionWindow(5.0 / 13, 0.92);

    public CompositionWindow {
        if (!(0 <= from && from <= to && to <= 1)) {
            throw new IllegalArgumentException(
                    "a window of x lies in 0 ≤ from ≤ to ≤ 1, got %s, %s".formatted(from, to));
        }
    }

    public boolean contains(double x) {
        return from <= x && x <= to;
    }
}
