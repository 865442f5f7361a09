package org.glassmap.core.numerics;

import java.util.Arrays;

/**
 * Minimise c · x with A x = b and x ≥ 0: the primal simplex method in two phases on a dense tableau, with Bland's rule
 * against cycling (R. G. Bland, Math. Oper. Res. 2, 103 (1977)). Meant for few rows; columns may be many.
 */
public final class LinearProgram {

    /** What the numbers are compared with: rounding of columns and costs of order one. */
    private static final double NEGLIGIBLE = 1e-12;

    /** How a programme ends. */
    public sealed interface Result {}

    /**
     * A vertex of least cost.
     *
     * @param basis columns that may be in use, one a row, rising; fewer where rows depend on each other
     * @param amounts of each of them, ≥ 0
     * @param cost c · x
     */
    public record Optimum(int[] basis, double[] amounts, double cost) implements Result {}

    /** No x ≥ 0 fulfils A x = b. */
    public record Infeasible() implements Result {}

    /** The cost has no lower bound. */
    public record Unbounded() implements Result {}

    private final int rows;
    private final int columns;
    private final double[][] tableau;
    private final int[] basis;

    private LinearProgram(double[][] columnsOfA, double[] b) {
        this.rows = b.length;
        this.columns = columnsOfA.length;
        this.tableau = new double[rows][columns + rows + 1];
        this.basis = new int[rows];
        for (int row = 0; row < rows; row++) {
            double sign = b[row] < 0 ? -1 : 1;
            for (int column = 0; column < columns; column++) {
                tableau[row][column] = sign * columnsOfA[column][row];
            }
            tableau[row][columns + row] = 1;
            tableau[row][columns + rows] = sign * b[row];
            basis[row] = columns + row;
        }
    }

    /**
     * @param columnsOfA {@code [n][m]}, column by column
     * @param b {@code [m]}
     * @param cost {@code [n]}
     */
    public static Result minimise(double[][] columnsOfA, double[] b, double[] cost) {
        requireShapes(columnsOfA, b, cost);
        LinearProgram program = new LinearProgram(columnsOfA, b);
        double[] artificial = new double[program.columns + program.rows];
        Arrays.fill(artificial, program.columns, artificial.length, 1);
        program.descend(artificial, artificial.length);
        double missing = 0;
        double scale = 1;
        for (int row = 0; row < program.rows; row++) {
            missing += program.basis[row] >= program.columns ? program.value(row) : 0;
            scale = Math.max(scale, Math.abs(b[row]));
        }
        if (missing > 1e-10 * scale) {
            return new Infeasible();
        }
        program.expelArtificials();
        double[] padded = Arrays.copyOf(cost, program.columns + program.rows);
        return program.descend(padded, program.columns) ? program.optimum(cost) : new Unbounded();
    }

    private static void requireShapes(double[][] columnsOfA, double[] b, double[] cost) {
        if (cost.length != columnsOfA.length) {
            throw new IllegalArgumentException("%d columns have %d costs".formatted(columnsOfA.length, cost.length));
        }
        for (double[] column : columnsOfA) {
            if (column.length != b.length) {
                throw new IllegalArgumentException("a column has %d numbers, b %d".formatted(column.length, b.length));
            }
            requireFinite(column);
        }
        requireFinite(b);
        requireFinite(cost);
    }

    private static void requireFinite(double[] numbers) {
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("numbers must be finite, got " + number);
            }
        }
    }

    private double value(int row) {
        return tableau[row][columns + rows];
    }

    /** @return whether a minimum was reached; false where the cost falls without end */
    private boolean descend(double[] cost, int allowed) {
        while (true) {
            int entering = entering(cost, allowed);
            if (entering < 0) {
                return true;
            }
            int leaving = leaving(entering);
            if (leaving < 0) {
                return false;
            }
            pivot(leaving, entering);
        }
    }

    /** The first column that would lower the cost, −1 where there is none. */
    private int entering(double[] cost, int allowed) {
        for (int column = 0; column < allowed; column++) {
            double reduced = cost[column];
            for (int row = 0; row < rows; row++) {
                reduced -= cost[basis[row]] * tableau[row][column];
            }
            if (reduced < -NEGLIGIBLE) {
                return column;
            }
        }
        return -1;
    }

    /** The row that reaches zero first; of equals that of the smallest column. */
    private int leaving(int entering) {
        int leaving = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
            double slope = tableau[row][entering];
            if (slope > NEGLIGIBLE) {
                double ratio = value(row) / slope;
                if (ratio < least || ratio == least && basis[row] < basis[leaving]) {
                    least = ratio;
                    leaving = row;
                }
            }
        }
        return leaving;
    }

    private void pivot(int row, int column) {
        double pivot = tableau[row][column];
        for (int k = 0; k < tableau[row].length; k++) {
            tableau[row][k] /= pivot;
        }
        for (int other = 0; other < rows; other++) {
            double factor = tableau[other][column];
            if (other != row && factor != 0) {
                for (int k = 0; k < tableau[other].length; k++) {
                    tableau[other][k] -= factor * tableau[row][k];
                }
                tableau[other][column] = 0;
            }
        }
        basis[row] = column;
    }

    /** Artificial columns left at zero give way to real ones; a row without any depends on the others and stays zero. */
    private void expelArtificials() {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; basis[row] >= columns && column < columns; column++) {
                if (Math.abs(tableau[row][column]) > 1e-9) {
                    pivot(row, column);
                }
            }
        }
    }

    private Optimum optimum(double[] cost) {
        int[] sorted =
                Arrays.stream(basis).filter(column -> column < columns).sorted().toArray();
        double[] amounts = new double[sorted.length];
        double total = 0;
        for (int row = 0; row < rows; row++) {
            if (basis[row] < columns) {
                double amount = Math.max(0, value(row));
                amounts[Arrays.binarySearch(sorted, basis[row])] = amount;
                total += amount * cost[basis[row]];
            }
        }
        return new Optimum(sorted, amounts, total);
    }
}
