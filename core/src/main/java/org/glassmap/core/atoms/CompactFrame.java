package org.glassmap.core.atoms;

/**
 * The same images in a rounder cell: periodic vectors reduced so that none can be shortened by adding whole multiples
 * of another, the rest replaced by unit vectors at right angles to them.
 *
 * <p>Reduction: each vector is shortened by the others, rounded projections, until nothing gets shorter (pairwise
 * reduction; in three dimensions its heights stay within a small factor of the lengths, which is all a search needs).
 */
final class CompactFrame {

    private CompactFrame() {}

    static Cell of(Cell cell) {
        double[][] v = new double[3][];
        boolean[] periodic = new boolean[3];
        int filled = 0;
        for (int vector = 0; vector < 3; vector++) {
            if (cell.periodic(vector)) {
                periodic[filled] = true;
                v[filled++] = new double[] {cell.lattice(vector, 0), cell.lattice(vector, 1), cell.lattice(vector, 2)};
            }
        }
        reduce(v, filled);
        complete(v, filled);
        return Cell.of(
                new double[] {v[0][0], v[0][1], v[0][2], v[1][0], v[1][1], v[1][2], v[2][0], v[2][1], v[2][2]},
                periodic[0],
                periodic[1],
                periodic[2]);
    }

    private static void reduce(double[][] v, int count) {
        boolean shortened = true;
        // Every pass shortens some vector by a finite share; the bound is for rounding, never reached in exact numbers.
        for (int pass = 0; shortened && pass < 200; pass++) {
            shortened = false;
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    if (i != j) {
                        shortened |= shorten(v[i], v[j]);
                    }
                }
            }
            if (count == 3 && !shortened) {
                shortened = shortenLongest(v);
            }
        }
    }

    private static boolean shorten(double[] a, double[] by) {
        double times = Math.rint(dot(a, by) / dot(by, by));
        return times != 0 && replaceIfShorter(a, a[0] - times * by[0], a[1] - times * by[1], a[2] - times * by[2]);
    }

    /** Three vectors may be pairwise reduced and still leave a ± b ± c shorter than the longest of them. */
    private static boolean shortenLongest(double[][] v) {
        int longest = 0;
        for (int i = 1; i < 3; i++) {
            if (dot(v[i], v[i]) > dot(v[longest], v[longest])) {
                longest = i;
            }
        }
        double[] a = v[longest];
        double[] b = v[(longest + 1) % 3];
        double[] c = v[(longest + 2) % 3];
        for (int s = -1; s <= 1; s += 2) {
            for (int t = -1; t <= 1; t += 2) {
                if (replaceIfShorter(
                        a, a[0] + s * b[0] + t * c[0], a[1] + s * b[1] + t * c[1], a[2] + s * b[2] + t * c[2])) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean replaceIfShorter(double[] a, double x, double y, double z) {
        // The factor keeps rounding from shortening for ever.
        if (x * x + y * y + z * z < dot(a, a) * (1 - 1e-10)) {
            a[0] = x;
            a[1] = y;
            a[2] = z;
            return true;
        }
        return false;
    }

    private static void complete(double[][] v, int filled) {
        if (filled == 0) {
            v[0] = new double[] {1, 0, 0};
            v[1] = new double[] {0, 1, 0};
            v[2] = new double[] {0, 0, 1};
        } else if (filled == 1) {
            double[] a = v[0];
            int least = Math.abs(a[0]) <= Math.abs(a[1]) && Math.abs(a[0]) <= Math.abs(a[2])
                    ? 0
                    : Math.abs(a[1]) <= Math.abs(a[2]) ? 1 : 2;
            double[] axis = new double[3];
            axis[least] = 1;
            v[1] = unitNormal(a, axis);
            v[2] = unitNormal(a, v[1]);
        } else if (filled == 2) {
            v[2] = unitNormal(v[0], v[1]);
        }
    }

    private static double[] unitNormal(double[] a, double[] b) {
        double x = a[1] * b[2] - a[2] * b[1];
        double y = a[2] * b[0] - a[0] * b[2];
        double z = a[0] * b[1] - a[1] * b[0];
        double length = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / length, y / length, z / length};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
