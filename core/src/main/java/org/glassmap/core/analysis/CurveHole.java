package org.glassmap.core.analysis;

/** Whether a curve that should rise falls instead. */
final class CurveHole {

    private CurveHole() {}

    /**
     * How far the curve falls below the highest point it has passed, going from the last point to the first; 0 where it
     * only rises. A number that is not finite is an infinite fall.
     *
     * @param ys in the order of growing distance
     * @param begin place from which on, going inwards, it is looked at
     */
    static double depth(double[] ys, int begin) {
        double highest = ys[begin];
        double depth = Double.isFinite(highest) ? 0 : Double.POSITIVE_INFINITY;
        for (int k = begin; k >= 0; k--) {
            if (!Double.isFinite(ys[k])) {
                return Double.POSITIVE_INFINITY;
            }
            highest = Math.max(highest, ys[k]);
            depth = Math.max(depth, highest - ys[k]);
        }
        return depth;
    }

    /** Of the smallest; of equals the first. */
    static int lowest(double[] ys) {
        int lowest = 0;
        for (int k = 1; k < ys.length; k++) {
            lowest = ys[k] < ys[lowest] ? k : lowest;
        }
        return lowest;
    }
}
