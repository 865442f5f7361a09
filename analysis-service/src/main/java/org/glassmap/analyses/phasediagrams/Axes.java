package org.glassmap.analyses.phasediagrams;

/**
 * A panel of a figure: where its numbers lie on the page. The page's y runs downwards, the panel's upwards.
 *
 * @param left of the frame on the page
 * @param top of the frame on the page
 * @param xFrom at the left edge of the frame
 * @param yFrom at the lower edge of the frame
 */
record Axes(double left, double top, double width, double height, double xFrom, double xTo, double yFrom, double yTo) {

    Axes {
        if (!(xTo > xFrom) || !(yTo > yFrom)) {
            throw new IllegalArgumentException(
                    "an axis runs upwards, got x %s to %s, y %s to %s".formatted(xFrom, xTo, yFrom, yTo));
        }
    }

    double x(double value) {
        return left + width * (value - xFrom) / (xTo - xFrom);
    }

    double y(double value) {
        return top + height * (yTo - value) / (yTo - yFrom);
    }

    boolean shows(double xValue, double yValue) {
        return xValue >= xFrom && xValue <= xTo && yValue >= yFrom && yValue <= yTo;
    }

    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    /** A step of 1, 2 or 5 times a power of ten that divides the axis into at most {@code most} parts. */
    static double step(double range, int most) {
        double rough = range / most;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double mantissa = rough / power;
        return power * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
    }
}
