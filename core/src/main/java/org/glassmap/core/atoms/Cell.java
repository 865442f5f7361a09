package org.glassmap.core.atoms;

import java.util.Arrays;

/**
 * Lattice vectors and the directions in which they repeat. Immutable.
 *
 * <p>Rows of the lattice are the vectors a, b, c in Å; Cartesian r = f · lattice for fractional f. A direction that is
 * not periodic may have a zero vector; a cell in which any direction is periodic needs three independent vectors.
 */
public final class Cell {

    /** Open space: no lattice, nothing repeats. */
    public static final Cell NONE = new Cell(new double[9], new boolean[3]);

    private final double[] lattice;
    private final boolean[] periodic;
    private final double[] inverse;
    private final double volume;

    private Cell(double[] lattice, boolean[] periodic) {
        this.lattice = lattice;
        this.periodic = periodic;
        double determinant = determinant(lattice);
        this.volume = Math.abs(determinant);
        this.inverse = determinant == 0 ? new double[9] : inverse(lattice, determinant);
    }

    /** A cell that repeats in all three directions.
     *
     * @param lattice {@code [9]}, rows a, b, c, Å; copied
     * @throws InvalidStructureException if a number is not finite or the vectors are not independent
     */
    public static Cell periodic(double... lattice) {
        return of(lattice, true, true, true);
    }

    /** @param lattice {@code [9]}, rows a, b, c, Å; copied
     * @throws InvalidStructureException if a number is not finite, or a direction is periodic and the vectors are not
     *     independent
     */
    public static Cell of(double[] lattice, boolean periodicA, boolean periodicB, boolean periodicC) {
        if (lattice.length != 9) {
            throw new InvalidStructureException("lattice", "lattice must have 9 numbers, got " + lattice.length);
        }
        double[] rows = new double[9];
        for (int i = 0; i < 9; i++) {
            if (!Double.isFinite(lattice[i])) {
                throw new InvalidStructureException(
                        "lattice", "lattice must be finite, got %s at row %d".formatted(lattice[i], i / 3 + 1));
            }
            rows[i] = lattice[i] + 0.0; // −0 becomes 0
        }
        if (periodicA || periodicB || periodicC) {
            requireIndependent(rows);
        }
        return new Cell(rows, new boolean[] {periodicA, periodicB, periodicC});
    }

    private static void requireIndependent(double[] rows) {
        double product = length(rows, 0) * length(rows, 1) * length(rows, 2);
        double determinant = Math.abs(determinant(rows));
        // Below 1e-6 of the box of the same edges a vector is the sum of the others within the digits files carry.
        if (!(determinant > 1e-6 * product) || !Double.isFinite(product)) {
            throw new InvalidStructureException(
                    "lattice",
                    "singular cell: volume %s Å³ of edges %s, %s, %s Å; give three independent lattice vectors"
                            .formatted(determinant, length(rows, 0), length(rows, 1), length(rows, 2)));
        }
    }

    /** Rows a, b, c, Å; a copy, {@code [9]}. */
    public double[] lattice() {
        return lattice.clone();
    }

    /** Component {@code axis} of lattice vector {@code vector}, Å. */
    public double lattice(int vector, int axis) {
        return lattice[3 * vector + axis];
    }

    public boolean periodic(int vector) {
        return periodic[vector];
    }

    public boolean anyPeriodic() {
        return periodic[0] || periodic[1] || periodic[2];
    }

    public boolean fullyPeriodic() {
        return periodic[0] && periodic[1] && periodic[2];
    }

    /** Å³; 0 where there is no lattice. */
    public double volume() {
        return volume;
    }

    public boolean leftHanded() {
        return determinant(lattice) < 0;
    }

    /** Distance between the planes that bound the cell along lattice vector {@code vector}, Å: 1/|b_i| without 2π. */
    public double height(int vector) {
        double x = inverse[vector];
        double y = inverse[3 + vector];
        double z = inverse[6 + vector];
        return 1 / Math.sqrt(x * x + y * y + z * z);
    }

    /** Length of lattice vector {@code vector}, Å. */
    public double length(int vector) {
        return length(lattice, vector);
    }

    /** Cartesian to fractional, for {@code n} points in place. Needs a lattice. */
    public void toFractional(double[] points) {
        multiply(points, points.length / 3, inverse);
    }

    /** The same for the first {@code n} points. */
    void toFractional(double[] points, int n) {
        multiply(points, n, inverse);
    }

    /** Fractional to Cartesian, Å, for {@code n} points in place. */
    public void toCartesian(double[] points) {
        multiply(points, points.length / 3, lattice);
    }

    /** This cell with other vectors and the same periodic directions. */
    public Cell withLattice(double[] other) {
        return of(other, periodic[0], periodic[1], periodic[2]);
    }

    /** Repeated {@code na × nb × nc} times. */
    public Cell repeated(int na, int nb, int nc) {
        int[] n = {na, nb, nc};
        double[] rows = lattice.clone();
        for (int i = 0; i < 9; i++) {
            rows[i] *= n[i / 3];
        }
        return withLattice(rows);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell cell
                && Arrays.equals(lattice, cell.lattice)
                && Arrays.equals(periodic, cell.periodic);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lattice) + Arrays.hashCode(periodic);
    }

    @Override
    public String toString() {
        return "Cell" + Arrays.toString(lattice) + Arrays.toString(periodic);
    }

    private static void multiply(double[] points, int n, double[] matrix) {
        for (int p = 0; p < 3 * n; p += 3) {
            double x = points[p];
            double y = points[p + 1];
            double z = points[p + 2];
            for (int k = 0; k < 3; k++) {
                points[p + k] = x * matrix[k] + y * matrix[3 + k] + z * matrix[6 + k];
            }
        }
    }

    private static double length(double[] m, int row) {
        double x = m[3 * row];
        double y = m[3 * row + 1];
        double z = m[3 * row + 2];
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static double determinant(double[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    private static double[] inverse(double[] m, double determinant) {
        double d = 1 / determinant;
        return new double[] {
            d * (m[4] * m[8] - m[5] * m[7]), d * (m[2] * m[7] - m[1] * m[8]), d * (m[1] * m[5] - m[2] * m[4]),
            d * (m[5] * m[6] - m[3] * m[8]), d * (m[0] * m[8] - m[2] * m[6]), d * (m[2] * m[3] - m[0] * m[5]),
            d * (m[3] * m[7] - m[4] * m[6]), d * (m[1] * m[6] - m[0] * m[7]), d * (m[0] * m[4] - m[1] * m[3])
        };
    }
}
