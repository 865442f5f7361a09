package org.glassmap.core.atoms;

import java.util.Arrays;

/**
 * Finds all pairs of atoms, periodic images included, that are closer than a distance.
 *
 * <p>The lattice is first exchanged for one that spans the same images and is nearly orthogonal, and a direction that
 * does not repeat for one at right angles to those that do: the range of images to look at then follows the volume, not
 * the shape the cell happened to be written in. The heights of that cell bound the images exactly: two points whose
 * fractional coordinates differ by f along a direction of height h are at least |f|·h apart.
 */
final class ImageSearch {

    /** Up to this many atoms all pairs are looked at; above, atoms are sorted into bins. */
    private static final int ALL_PAIRS_UP_TO = 256;

    /** Ranges are widened by this much, relative, so that rounding loses no image; distances decide. */
    private static final double MARGIN = 1e-9;

    /** Told of every pair once: j ≥ i, the vector from i to the image of j in Å, and its squared length. */
    interface Visitor {
        /** @return whether to go on */
        boolean visit(int i, int j, double dx, double dy, double dz, double squared);
    }

    private final int n;
    private final double cutoff;
    private final Cell frame;
    private final boolean[] periodic;

    /** Wrapped into the frame in its periodic directions; {@code [3n]} each. */
    private final double[] fractional;

    private final double[] points;

    ImageSearch(Structure structure, double cutoff) {
        if (!(cutoff > 0) || !Double.isFinite(cutoff)) {
            throw new IllegalArgumentException("cutoff must be positive, got " + cutoff + " Å");
        }
        this.n = structure.size();
        this.cutoff = cutoff;
        this.frame = CompactFrame.of(structure.cell());
        this.periodic = new boolean[] {frame.periodic(0), frame.periodic(1), frame.periodic(2)};
        this.fractional = structure.positions();
        frame.toFractional(fractional);
        for (int k = 0; k < 3 * n; k++) {
            if (periodic[k % 3]) {
                fractional[k] -= Math.floor(fractional[k]);
            }
        }
        this.points = fractional.clone();
        frame.toCartesian(points);
    }

    /** The cell that is searched: the same images, nearly orthogonal vectors. */
    Cell frame() {
        return frame;
    }

    ColumnSearch columns() {
        return new ColumnSearch(frame, fractional, points, cutoff);
    }

    /** @return whether the visitor saw everything */
    boolean visitAll(Visitor visitor) {
        return n <= ALL_PAIRS_UP_TO ? visitAllPairs(visitor) : visitBins(visitor);
    }

    private boolean visitAllPairs(Visitor visitor) {
        double[] reach = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            reach[axis] = cutoff / frame.height(axis) * (1 + MARGIN) + MARGIN;
        }
        int[] self = {images(reach, 0), images(reach, 1), images(reach, 2)};
        if (frame.fullyPeriodic() && reach[0] < 1 && reach[1] < 1 && reach[2] < 1) {
            return visitNearestImages(reach, visitor);
        }
        double[] lattice = frame.lattice();
        for (int i = 0; i < n; i++) {
            if (!visitOwnImages(i, self, visitor)) {
                return false;
            }
            for (int j = i + 1; j < n; j++) {
                if (!visitImages(i, j, reach, lattice, visitor)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Where the reach is below a period, an atom is nearer than its own images, and of a neighbour the nearest image
     * along a direction and, at most, the one on the other side can count.
     */
    private boolean visitNearestImages(double[] reach, Visitor visitor) {
        double reachA = reach[0];
        double reachB = reach[1];
        double reachC = reach[2];
        double[] lattice = frame.lattice();
        double squareCutoff = cutoff * cutoff;
        double[] f = fractional;
        double[] p = points;
        for (int i = 0; i < n; i++) {
            double fa = f[3 * i];
            double fb = f[3 * i + 1];
            double fc = f[3 * i + 2];
            for (int j = i + 1; j < n; j++) {
                double a = f[3 * j] - fa;
                double b = f[3 * j + 1] - fb;
                double c = f[3 * j + 2] - fc;
                double turnsA = Math.rint(a);
                double turnsB = Math.rint(b);
                double turnsC = Math.rint(c);
                double nearA = Math.abs(a - turnsA);
                double nearB = Math.abs(b - turnsB);
                double nearC = Math.abs(c - turnsC);
                if (nearA > reachA || nearB > reachB || nearC > reachC) {
                    continue;
                }
                double endA = 1 - nearA <= reachA ? turnsA + (a > turnsA ? 1 : -1) : turnsA;
                double endB = 1 - nearB <= reachB ? turnsB + (b > turnsB ? 1 : -1) : turnsB;
                double endC = 1 - nearC <= reachC ? turnsC + (c > turnsC ? 1 : -1) : turnsC;
                double x = p[3 * j] - p[3 * i];
                double y = p[3 * j + 1] - p[3 * i + 1];
                double z = p[3 * j + 2] - p[3 * i + 2];
                for (double q = turnsA; ; q = endA) {
                    for (double r = turnsB; ; r = endB) {
                        for (double s = turnsC; ; s = endC) {
                            double dx = x - (q * lattice[0] + r * lattice[3] + s * lattice[6]);
                            double dy = y - (q * lattice[1] + r * lattice[4] + s * lattice[7]);
                            double dz = z - (q * lattice[2] + r * lattice[5] + s * lattice[8]);
                            double squared = dx * dx + dy * dy + dz * dz;
                            if (squared < squareCutoff && !visitor.visit(i, j, dx, dy, dz, squared)) {
                                return false;
                            }
                            if (s == endC) {
                                break;
                            }
                        }
                        if (r == endB) {
                            break;
                        }
                    }
                    if (q == endA) {
                        break;
                    }
                }
            }
        }
        return true;
    }

    private int images(double[] reach, int axis) {
        return periodic[axis] ? (int) Math.floor(reach[axis]) : 0;
    }

    private boolean visitOwnImages(int i, int[] images, Visitor visitor) {
        for (int a = 0; a <= images[0]; a++) {
            for (int b = a == 0 ? 0 : -images[1]; b <= images[1]; b++) {
                for (int c = a == 0 && b == 0 ? 1 : -images[2]; c <= images[2]; c++) {
                    if (!visitOne(i, i, a, b, c, visitor)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean visitImages(int i, int j, double[] reach, double[] lattice, Visitor visitor) {
        double a = fractional[3 * j] - fractional[3 * i];
        double b = fractional[3 * j + 1] - fractional[3 * i + 1];
        double c = fractional[3 * j + 2] - fractional[3 * i + 2];
        int a0 = periodic[0] ? (int) Math.ceil(-reach[0] - a) : 0;
        int a1 = periodic[0] ? (int) Math.floor(reach[0] - a) : 0;
        int b0 = periodic[1] ? (int) Math.ceil(-reach[1] - b) : 0;
        int b1 = periodic[1] ? (int) Math.floor(reach[1] - b) : 0;
        int c0 = periodic[2] ? (int) Math.ceil(-reach[2] - c) : 0;
        int c1 = periodic[2] ? (int) Math.floor(reach[2] - c) : 0;
        double x = points[3 * j] - points[3 * i];
        double y = points[3 * j + 1] - points[3 * i + 1];
        double z = points[3 * j + 2] - points[3 * i + 2];
        double squareCutoff = cutoff * cutoff;
        for (int p = a0; p <= a1; p++) {
            for (int q = b0; q <= b1; q++) {
                for (int r = c0; r <= c1; r++) {
                    double dx = x + (p * lattice[0] + q * lattice[3] + r * lattice[6]);
                    double dy = y + (p * lattice[1] + q * lattice[4] + r * lattice[7]);
                    double dz = z + (p * lattice[2] + q * lattice[5] + r * lattice[8]);
                    double squared = dx * dx + dy * dy + dz * dz;
                    if (squared < squareCutoff && !visitor.visit(i, j, dx, dy, dz, squared)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean visitOne(int i, int j, int a, int b, int c, Visitor visitor) {
        double dx = points[3 * j] - points[3 * i];
        double dy = points[3 * j + 1] - points[3 * i + 1];
        double dz = points[3 * j + 2] - points[3 * i + 2];
        if ((a | b | c) != 0) {
            dx += a * frame.lattice(0, 0) + b * frame.lattice(1, 0) + c * frame.lattice(2, 0);
            dy += a * frame.lattice(0, 1) + b * frame.lattice(1, 1) + c * frame.lattice(2, 1);
            dz += a * frame.lattice(0, 2) + b * frame.lattice(1, 2) + c * frame.lattice(2, 2);
        }
        double squared = dx * dx + dy * dy + dz * dz;
        return !(squared < cutoff * cutoff) || visitor.visit(i, j, dx, dy, dz, squared);
    }

    /** Bins of about the cutoff; each atom looks at the bins that its reach can touch, images included. */
    private boolean visitBins(Visitor visitor) {
        int[] bins = new int[3];
        int[] range = new int[3];
        double[] low = new double[3];
        double[] width = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double extent = 1;
            if (!periodic[axis]) {
                double high = Double.NEGATIVE_INFINITY;
                low[axis] = Double.POSITIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    low[axis] = Math.min(low[axis], fractional[3 * i + axis]);
                    high = Math.max(high, fractional[3 * i + axis]);
                }
                extent = Math.max(high - low[axis], MARGIN);
            }
            // Never more bins along a direction than atoms: sparse structures must not cost memory.
            bins[axis] = (int) Math.clamp(Math.floor(extent * frame.height(axis) / cutoff), 1, Math.max(1, n / 4));
            width[axis] = extent / bins[axis];
            range[axis] = (int) Math.floor(cutoff / (width[axis] * frame.height(axis)) * (1 + MARGIN) + MARGIN) + 1;
        }
        while ((long) bins[0] * bins[1] * bins[2] > 4L * n + 64) {
            int longest = bins[0] >= bins[1] && bins[0] >= bins[2] ? 0 : bins[1] >= bins[2] ? 1 : 2;
            width[longest] *= bins[longest] / (double) ((bins[longest] + 1) / 2);
            bins[longest] = (bins[longest] + 1) / 2;
            range[longest] =
                    (int) Math.floor(cutoff / (width[longest] * frame.height(longest)) * (1 + MARGIN) + MARGIN) + 1;
        }
        int[][] binOf = new int[3][n];
        int[] first = new int[bins[0] * bins[1] * bins[2] + 1];
        for (int i = 0; i < n; i++) {
            for (int axis = 0; axis < 3; axis++) {
                int bin = (int) Math.floor((fractional[3 * i + axis] - low[axis]) / width[axis]);
                binOf[axis][i] = Math.clamp(bin, 0, bins[axis] - 1);
            }
            first[1 + (binOf[0][i] * bins[1] + binOf[1][i]) * bins[2] + binOf[2][i]]++;
        }
        for (int b = 0; b + 1 < first.length; b++) {
            first[b + 1] += first[b];
        }
        int[] members = new int[n];
        int[] filled = Arrays.copyOf(first, first.length);
        for (int i = 0; i < n; i++) {
            members[filled[(binOf[0][i] * bins[1] + binOf[1][i]) * bins[2] + binOf[2][i]]++] = i;
        }
        for (int i = 0; i < n; i++) {
            for (int p = binOf[0][i] - range[0]; p <= binOf[0][i] + range[0]; p++) {
                int a = Math.floorDiv(p, bins[0]);
                if (a != 0 && !periodic[0]) {
                    continue;
                }
                for (int q = binOf[1][i] - range[1]; q <= binOf[1][i] + range[1]; q++) {
                    int b = Math.floorDiv(q, bins[1]);
                    if (b != 0 && !periodic[1]) {
                        continue;
                    }
                    for (int r = binOf[2][i] - range[2]; r <= binOf[2][i] + range[2]; r++) {
                        int c = Math.floorDiv(r, bins[2]);
                        if (c != 0 && !periodic[2]) {
                            continue;
                        }
                        int bin = ((p - a * bins[0]) * bins[1] + q - b * bins[1]) * bins[2] + r - c * bins[2];
                        for (int m = first[bin]; m < first[bin + 1]; m++) {
                            int j = members[m];
                            boolean mine = j > i || j == i && (a > 0 || a == 0 && (b > 0 || b == 0 && c > 0));
                            if (mine && !visitOne(i, j, a, b, c, visitor)) {
                                return false;
                            }
                        }
                    }
                }
            }
        }
        return true;
    }
}
