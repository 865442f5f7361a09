package org.glassmap.core.atoms;

import java.util.Arrays;
import org.glassmap.core.numerics.Vectors;

/**
 * All atoms near any one, in time that does not grow with the structure: atoms and the images around the cell that can
 * be near it are sorted into columns along z, about as wide as the cutoff, and each column into short pieces, so that
 * what lies within a sphere is a handful of runs of neighbours in memory. Immutable once made.
 */
final class ColumnSearch {

    /** Width of a column and length of a piece, in cutoffs: measured at 46 neighbours within 6 Å. */
    private static final double WIDTH = 1.08;

    private static final double LENGTH = 1.0 / 6;

    /** Runs are those of a sphere this much larger, relative, so that rounding loses no image; distances decide. */
    private static final double MARGIN = 1e-9;

    private final double cutoff;

    // Images, the atoms themselves included, in the order of pieces: of which atom, where that one is, and how far the
    // image is from it. Runs are read eight at a time, so there is room behind the last.
    final int[] atom;
    final double[] x;
    final double[] y;
    final double[] z;
    final double[] shiftX;
    final double[] shiftY;
    final double[] shiftZ;

    private final int size;

    /** Where an atom itself stands among them. */
    private final int[] home;

    /** Which atom of the structure is meant by a number here. */
    private final int[] named;

    private final double[] low = new double[3];
    private final double[] edge = new double[3];
    private final double[] perEdge = new double[3];
    private final int[] count = new int[3];

    /** {@code [pieces + 1]}: first image of each piece, z running fastest. */
    private final int[] first;

    /**
     * @param fractional {@code [3n]}, in the frame, between 0 and 1 where it is periodic
     * @param points the same in Å
     */
    ColumnSearch(Cell frame, double[] fractional, double[] points, double cutoff) {
        this.cutoff = cutoff;
        Images images = new Images(frame, fractional, points, cutoff);
        divide(images);
        int pieces = count[0] * count[1] * count[2];
        int[] piece = new int[images.size];
        first = new int[pieces + 1];
        for (int g = 0; g < images.size; g++) {
            piece[g] = (index(0, images.x[g]) * count[1] + index(1, images.y[g])) * count[2] + index(2, images.z[g]);
            first[piece[g] + 1]++;
        }
        for (int p = 0; p < pieces; p++) {
            first[p + 1] += first[p];
        }
        size = images.size;
        atom = new int[size + 8];
        x = new double[size + 8];
        y = new double[size + 8];
        z = new double[size + 8];
        shiftX = new double[size + 8];
        shiftY = new double[size + 8];
        shiftZ = new double[size + 8];
        home = new int[points.length / 3];
        named = new int[home.length];
        int[] next = Arrays.copyOf(first, pieces);
        for (int g = 0; g < images.size; g++) {
            int to = next[piece[g]]++;
            int i = images.atom[g];
            int cell = 3 * images.cell[g];
            atom[to] = i;
            x[to] = points[3 * i];
            y[to] = points[3 * i + 1];
            z[to] = points[3 * i + 2];
            shiftX[to] = images.shift[cell];
            shiftY[to] = images.shift[cell + 1];
            shiftZ[to] = images.shift[cell + 2];
            if (images.cell[g] == images.homeCell) {
                home[i] = to;
                named[i] = i;
            }
        }
    }

    /** The same with atoms numbered as they follow each other in space, piece by piece. */
    private ColumnSearch(ColumnSearch of) {
        this.cutoff = of.cutoff;
        this.size = of.size;
        this.x = of.x;
        this.y = of.y;
        this.z = of.z;
        this.shiftX = of.shiftX;
        this.shiftY = of.shiftY;
        this.shiftZ = of.shiftZ;
        this.first = of.first;
        System.arraycopy(of.low, 0, low, 0, 3);
        System.arraycopy(of.edge, 0, edge, 0, 3);
        System.arraycopy(of.perEdge, 0, perEdge, 0, 3);
        System.arraycopy(of.count, 0, count, 0, 3);
        int n = of.home.length;
        this.home = new int[n];
        this.named = new int[n];
        int[] place = new int[n];
        int next = 0;
        for (int g = 0; g < size; g++) {
            int i = of.atom[g];
            if (of.home[i] == g) {
                home[next] = g;
                named[next] = of.named[i];
                place[i] = next++;
            }
        }
        this.atom = new int[of.atom.length];
        for (int g = 0; g < size; g++) {
            atom[g] = place[of.atom[g]];
        }
    }

    /**
     * Another that finds the same with atoms numbered as they follow each other in space: those near each other are then
     * near in memory too.
     */
    ColumnSearch inSpace() {
        return new ColumnSearch(this);
    }

    /** Which atom of the structure is meant by a number, here and in the lists that are made. */
    int[] named() {
        return named;
    }

    private void divide(Images images) {
        double[][] along = {images.x, images.y, images.z};
        double[] extent = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int g = 0; g < images.size; g++) {
                low[axis] = Math.min(low[axis], along[axis][g]);
                high = Math.max(high, along[axis][g]);
            }
            extent[axis] = high - low[axis];
            edge[axis] = cutoff * (axis < 2 ? WIDTH : LENGTH);
        }
        // Never many more pieces than images: sparse structures must not cost memory.
        while (true) {
            double pieces = 1;
            for (int axis = 0; axis < 3; axis++) {
                pieces *= Math.floor(extent[axis] / edge[axis]) + 1;
            }
            if (pieces <= 4.0 * images.size + 64) {
                break;
            }
            int finest = 0;
            for (int axis = 1; axis < 3; axis++) {
                finest = extent[axis] / edge[axis] > extent[finest] / edge[finest] ? axis : finest;
            }
            edge[finest] *= 2;
        }
        for (int axis = 0; axis < 3; axis++) {
            count[axis] = (int) Math.floor(extent[axis] / edge[axis]) + 1;
            perEdge[axis] = 1 / edge[axis];
        }
    }

    private int index(int axis, double at) {
        // What rounding may do to it is nothing to what it is for: it never falls where the coordinate rises.
        return Math.min(Math.max((int) ((at - low[axis]) * perEdge[axis]), 0), count[axis] - 1);
    }

    /** How many images are looked at, the atoms included. */
    int images() {
        return size;
    }

    /** Adds all neighbours of an atom to a list that is being made. */
    void find(int i, NeighbourList.Space into) {
        int self = home[i];
        double px = x[self];
        double py = y[self];
        double pz = z[self];
        double reach = cutoff * (1 + MARGIN);
        int a1 = index(0, px + reach);
        int b0 = index(1, py - reach);
        int b1 = index(1, py + reach);
        for (int a = index(0, px - reach); a <= a1; a++) {
            double dx = outside(px, low[0] + a * edge[0], edge[0]);
            for (int b = b0; b <= b1; b++) {
                double dy = outside(py, low[1] + b * edge[1], edge[1]);
                double square = reach * reach - dx * dx - dy * dy;
                if (square > 0) {
                    double half = Math.sqrt(square);
                    int column = (a * count[1] + b) * count[2];
                    int from = first[column + index(2, pz - half)];
                    int to = first[column + index(2, pz + half) + 1];
                    into.reserve(to - from);
                    if (from <= self && self < to) {
                        sieve(self, from, self, into);
                        from = self + 1;
                    }
                    sieve(self, from, to, into);
                }
            }
        }
    }

    /** How far a coordinate is outside an interval, at the least. */
    private static double outside(double at, double begin, double length) {
        return Math.max(0, Math.max(begin - at, at - begin - length) - 1e-9 * length);
    }

    /**
     * Adds those of a run that are near. Differences of atoms first, then the shift: both ends of a pair get opposite
     * vectors to the last bit. No branch on a distance, which a processor cannot guess: what is too far is overwritten by
     * the next.
     */
    private void sieve(int self, int from, int to, NeighbourList.Space into) {
        double square = cutoff * cutoff;
        if (Vectors.available()) {
            VectorSieve.sieve(this, self, square, from, to, into);
            return;
        }
        double px = x[self];
        double py = y[self];
        double pz = z[self];
        int m = into.count;
        for (int g = from; g < to; g++) {
            double dx = x[g] - px + shiftX[g];
            double dy = y[g] - py + shiftY[g];
            double dz = z[g] - pz + shiftZ[g];
            double squared = dx * dx + dy * dy + dz * dz;
            into.neighbours[m] = atom[g];
            into.x[m] = dx;
            into.y[m] = dy;
            into.z[m] = dz;
            into.distances[m] = squared;
            m += squared < square ? 1 : 0;
        }
        into.count = m;
    }

    /** The atoms and all images within the cutoff of the cell. */
    private static final class Images {
        final int size;
        final int[] atom;
        final double[] x;
        final double[] y;
        final double[] z;

        /** Which of the cells around the frame, the frame itself included, an image stands in. */
        final int[] cell;

        final double[] shift;
        final int homeCell;

        private final int[] reach = new int[3];

        Images(Cell frame, double[] fractional, double[] points, double cutoff) {
            double[] beyond = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                beyond[axis] = cutoff / frame.height(axis) * (1 + MARGIN) + MARGIN;
                reach[axis] = frame.periodic(axis) ? (int) Math.floor(beyond[axis]) + 1 : 0;
            }
            double[] lattice = frame.lattice();
            shift = shifts(lattice);
            homeCell = (reach[0] * (2 * reach[1] + 1) + reach[1]) * (2 * reach[2] + 1) + reach[2];
            int n = points.length / 3;
            int[] from = new int[3];
            int[] to = new int[3];
            int total = 0;
            for (int i = 0; i < n; i++) {
                range(frame, fractional, beyond, i, from, to);
                total = Math.addExact(
                        total,
                        Math.multiplyExact(
                                to[0] - from[0] + 1, Math.multiplyExact(to[1] - from[1] + 1, to[2] - from[2] + 1)));
            }
            size = total;
            atom = new int[size];
            cell = new int[size];
            x = new double[size];
            y = new double[size];
            z = new double[size];
            int g = 0;
            for (int i = 0; i < n; i++) {
                range(frame, fractional, beyond, i, from, to);
                for (int a = from[0]; a <= to[0]; a++) {
                    for (int b = from[1]; b <= to[1]; b++) {
                        int at = ((a + reach[0]) * (2 * reach[1] + 1) + b + reach[1]) * (2 * reach[2] + 1) + reach[2];
                        for (int c = from[2]; c <= to[2]; c++) {
                            atom[g] = i;
                            cell[g] = at + c;
                            x[g] = points[3 * i] + shift[3 * (at + c)];
                            y[g] = points[3 * i + 1] + shift[3 * (at + c) + 1];
                            z[g] = points[3 * i + 2] + shift[3 * (at + c) + 2];
                            g++;
                        }
                    }
                }
            }
        }

        private double[] shifts(double[] lattice) {
            int cells = (2 * reach[0] + 1) * (2 * reach[1] + 1) * (2 * reach[2] + 1);
            double[] shifts = new double[3 * cells];
            int at = 0;
            for (int a = -reach[0]; a <= reach[0]; a++) {
                for (int b = -reach[1]; b <= reach[1]; b++) {
                    for (int c = -reach[2]; c <= reach[2]; c++) {
                        for (int k = 0; k < 3; k++) {
                            shifts[at++] = a * lattice[k] + b * lattice[3 + k] + c * lattice[6 + k];
                        }
                    }
                }
            }
            return shifts;
        }

        /** Fractional distance along a direction times its height is the least a distance can be. */
        private static void range(Cell frame, double[] fractional, double[] beyond, int i, int[] from, int[] to) {
            for (int axis = 0; axis < 3; axis++) {
                double f = fractional[3 * i + axis];
                from[axis] = frame.periodic(axis) ? Math.min(0, (int) Math.ceil(-beyond[axis] - f)) : 0;
                to[axis] = frame.periodic(axis) ? Math.max(0, (int) Math.floor(1 + beyond[axis] - f)) : 0;
            }
        }
    }
}
