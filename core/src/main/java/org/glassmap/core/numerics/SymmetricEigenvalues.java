package org.glassmap.core.numerics;

import java.util.Arrays;

/**
 * The eigenvalues of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5). As
 * accurate as the matrix's norm times rounding; the time grows with the cube of the size.
 */
public final class SymmetricEigenvalues {

    private static final int MOST_SWEEPS = 60;

    private SymmetricEigenvalues() {}

    /**
     * In increasing order.
     *
     * @param matrix {@code [n · n]}, row by row; the mean of both triangles counts; kept
     * @throws IllegalArgumentException if it is not square or not finite
     */
    public static double[] of(double[] matrix) {
        int n = (int) Math.round(Math.sqrt(matrix.length));
        if (n * n != matrix.length) {
            throw new IllegalArgumentException("a square matrix is needed, got %d numbers".formatted(matrix.length));
        }
        double[][] a = new double[n][n];
        double norm = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = 0.5 * (matrix[i * n + j] + matrix[j * n + i]);
                norm += a[i][j] * a[i][j];
            }
        }
        if (!Double.isFinite(norm)) {
            throw new IllegalArgumentException("a matrix must be finite");
        }
        double small = 1e-30 * norm;
        for (int sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > small; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, p, q);
                }
            }
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = a[i][i];
        }
        Arrays.sort(values);
        return values;
    }

    private static double offDiagonal(double[][] a) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = i + 1; j < a.length; j++) {
                sum += 2 * a[i][j] * a[i][j];
            }
        }
        return sum;
    }

    /** Rows p and q, then what symmetry says of the columns. */
    private static void rotate(double[][] a, int p, int q) {
        double off = a[p][q];
        if (off == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * off);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        double pp = a[p][p];
        double qq = a[q][q];
        double[] rowP = a[p];
        double[] rowQ = a[q];
        for (int k = 0; k < a.length; k++) {
            double x = rowP[k];
            double y = rowQ[k];
            rowP[k] = c * x - s * y;
            rowQ[k] = s * x + c * y;
        }
        rowP[p] = pp - t * off;
        rowQ[q] = qq + t * off;
        rowP[q] = 0;
        rowQ[p] = 0;
        for (int k = 0; k < a.length; k++) {
            if (k != p && k != q) {
                a[k][p] = rowP[k];
                a[k][q] = rowQ[k];
            }
        }
    }
}
