package org.glassmap.core.numerics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lower convex hull of points in the plane: the largest convex function of x that lies on or below all of them,
 * between the smallest and the largest x. Points come in any order, one by one or at once; the hull is the same.
 *
 * <p>Monotone chain (A. M. Andrew, Inf. Process. Lett. 9, 216 (1979)) with an exact orientation test, no tolerance: a
 * point is a vertex if it lies below the chord of its neighbours by any amount, and of points that lie on one chord
 * only the ends are vertices. Of points with the same coordinates the first one counts.
 */
public final class LowerHull {

    /** A point and the number the caller knows it by. */
    public record Vertex(double x, double y, int id) {

        public Vertex {
            requireFinite(x, y, id);
        }
    }

    /**
     * Where the hull passes x: between two neighbouring vertices, the same one twice at a vertex.
     *
     * @param leftShare of the left vertex, 0 to 1; the right one has the rest (lever rule)
     */
    public record Place(Vertex left, Vertex right, double leftShare) {

        /** Height of the hull. */
        public double height() {
            return left == right ? left.y : leftShare * left.y + (1 - leftShare) * right.y;
        }
    }

    private final List<Vertex> vertices = new ArrayList<>();

    private static void requireFinite(double x, double y, int id) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("point %d must be finite, got (%s, %s)".formatted(id, x, y));
        }
    }

    /** The hull of points {@code (x[i], y[i])}, known by i. */
    public static LowerHull of(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("x has %d numbers, y %d".formatted(x.length, y.length));
        }
        for (int i = 0; i < x.length; i++) {
            requireFinite(x[i], y[i], i);
        }
        double[] places = distinct(x);
        int[] lowest = new int[places.length];
        Arrays.fill(lowest, -1);
        for (int i = 0; i < x.length; i++) {
            int place = Arrays.binarySearch(places, x[i] + 0.0);
            if (lowest[place] < 0 || y[i] < y[lowest[place]]) {
                lowest[place] = i;
            }
        }
        LowerHull hull = new LowerHull();
        for (int i : lowest) {
            hull.append(new Vertex(x[i], y[i], i));
        }
        return hull;
    }

    /** Rising; −0 counts as 0. */
    private static double[] distinct(double[] x) {
        double[] sorted = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            sorted[i] = x[i] + 0.0;
        }
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /** Points by rising x. */
    private void append(Vertex point) {
        int last = vertices.size() - 1;
        while (last >= 1 && !below(vertices.get(last), vertices.get(last - 1), point)) {
            vertices.remove(last--);
        }
        vertices.add(point);
    }

    /** Adds one point.
     *
     * @return whether it became a vertex
     */
    public boolean insert(double x, double y, int id) {
        Vertex point = new Vertex(x, y, id);
        int at = firstNotLeftOf(x);
        if (at < vertices.size() && vertices.get(at).x == x) {
            if (!(y < vertices.get(at).y)) {
                return false;
            }
            vertices.set(at, point);
        } else if (at > 0 && at < vertices.size() && !below(point, vertices.get(at - 1), vertices.get(at))) {
            return false;
        } else {
            vertices.add(at, point);
        }
        while (at >= 2 && !below(vertices.get(at - 1), vertices.get(at - 2), point)) {
            vertices.remove(--at);
        }
        while (at + 2 < vertices.size() && !below(vertices.get(at + 1), point, vertices.get(at + 2))) {
            vertices.remove(at + 1);
        }
        return true;
    }

    /** From left to right. */
    public List<Vertex> vertices() {
        return List.copyOf(vertices);
    }

    /** @throws IllegalArgumentException if x lies outside the points */
    public Place at(double x) {
        int right = firstNotLeftOf(x);
        if (right < vertices.size() && vertices.get(right).x == x) {
            return new Place(vertices.get(right), vertices.get(right), 1);
        }
        if (right == 0 || right == vertices.size() || Double.isNaN(x)) {
            throw new IllegalArgumentException("no hull at x = %s: the points lie %s"
                    .formatted(
                            x,
                            vertices.isEmpty()
                                    ? "nowhere"
                                    : "between %s and %s".formatted(vertices.getFirst().x, vertices.getLast().x)));
        }
        Vertex a = vertices.get(right - 1);
        Vertex b = vertices.get(right);
        return new Place(a, b, (b.x - x) / (b.x - a.x));
    }

    private int firstNotLeftOf(double x) {
        int low = 0;
        int high = vertices.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (vertices.get(middle).x < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether {@code point} lies below the chord from {@code left} to {@code right}, decided exactly. */
    private static boolean below(Vertex point, Vertex left, Vertex right) {
        double up = (right.x - left.x) * (point.y - left.y);
        double down = (point.x - left.x) * (right.y - left.y);
        double difference = up - down;
        // Each product of two rounded differences is right to 3 roundings of 2^-53, their difference to one more:
        // (J. R. Shewchuk, Discrete Comput. Geom. 18, 305 (1997), bound A).
        if (Math.abs(difference) > 4e-16 * (Math.abs(up) + Math.abs(down))) {
            return difference < 0;
        }
        return exactly(right.x, left.x)
                        .multiply(exactly(point.y, left.y))
                        .compareTo(exactly(point.x, left.x).multiply(exactly(right.y, left.y)))
                < 0;
    }

    private static BigDecimal exactly(double minuend, double subtrahend) {
        return new BigDecimal(minuend).subtract(new BigDecimal(subtrahend));
    }
}
