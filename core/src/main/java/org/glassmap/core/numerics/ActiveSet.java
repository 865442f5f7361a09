package org.glassmap.core.numerics;

import java.util.Arrays;

/**
 * As many vectors as they are long, chosen out of many so that the volume they span is as large as exchanging one of
 * them can make it (MaxVol: Goreinov et al., in Matrix Methods, World Scientific 2010, p. 247). Any vector x is then
 * x = Σ_j c_j a_j, and c_j is the factor by which |det A| changes when x takes the place of a_j: the largest |c_j|, the
 * grade, is at most 1 for what was chosen from, and more means that x lies outside of it.
 *
 * <p>It begins with vectors along the axes, which belong to nobody: a direction in which nothing of what is offered
 * reaches farther than its axis vector stays held by that. What is offered in which order decides, and nothing else.
 */
public final class ActiveSet {

    /** Belongs to nobody. */
    public static final int AXIS = -1;

    private final int size;
    private final double[] rows;
    private final double[] inverse;
    private final int[] owners;
    private final double[] coefficients;

    /** @param axes length of the vector along each axis; positive */
    public ActiveSet(double[] axes) {
        this.size = axes.length;
        this.rows = new double[size * size];
        this.inverse = new double[size * size];
        this.owners = new int[size];
        this.coefficients = new double[size];
        Arrays.fill(owners, AXIS);
        for (int k = 0; k < size; k++) {
            if (!(axes[k] > 0) || !Double.isFinite(axes[k])) {
                throw new IllegalArgumentException("axis %d must be positive, got %s".formatted(k + 1, axes[k]));
            }
            rows[k * size + k] = axes[k];
            inverse[k * size + k] = 1 / axes[k];
        }
    }

    public int size() {
        return size;
    }

    /** Of the vector at place {@code j}, as it was offered; {@link #AXIS} for what has been there from the beginning. */
    public int owner(int j) {
        return owners[j];
    }

    /** A copy of vector {@code j}. */
    public double[] vector(int j) {
        return Arrays.copyOfRange(rows, j * size, (j + 1) * size);
    }

    /** A⁻¹, row by row, so that c_j = Σ_f x_f A⁻¹[f][j]; a copy. */
    public double[] inverse() {
        return inverse.clone();
    }

    /** The largest |c_j| of a vector. */
    public double grade(double[] x) {
        return Math.abs(coefficients[largest(x)]);
    }

    /** Fills {@link #coefficients}; of equals the first. */
    private int largest(double[] x) {
        Arrays.fill(coefficients, 0);
        for (int f = 0; f < size; f++) {
            double value = x[f];
            int row = f * size;
            for (int j = 0; j < size; j++) {
                coefficients[j] += value * inverse[row + j];
            }
        }
        int largest = 0;
        for (int j = 1; j < size; j++) {
            if (Math.abs(coefficients[j]) > Math.abs(coefficients[largest])) {
                largest = j;
            }
        }
        return largest;
    }

    /**
     * Takes in, the farthest first, what is graded above {@code bound}, until nothing offered is.
     *
     * @param vectors each of {@link #size} finite numbers; those taken are copied
     * @param firstOwner owner of the first of them; the others follow
     * @param bound above 1, or it would not end
     * @return how many were taken in
     */
    public int offer(double[][] vectors, int firstOwner, double bound) {
        if (!(bound > 1)) {
            throw new IllegalArgumentException("bound must be above 1, got " + bound);
        }
        int taken = 0;
        while (true) {
            int farthest = -1;
            double most = bound;
            for (int k = 0; k < vectors.length; k++) {
                double grade = grade(vectors[k]);
                if (grade > most) {
                    most = grade;
                    farthest = k;
                }
            }
            if (farthest < 0) {
                return taken;
            }
            exchange(largest(vectors[farthest]), vectors[farthest], firstOwner + farthest);
            taken++;
        }
    }

    /** A′ = A + e_j (x − a_j)ᵀ, its inverse by Sherman and Morrison; {@link #coefficients} are those of x. */
    private void exchange(int j, double[] x, int owner) {
        System.arraycopy(x, 0, rows, j * size, size);
        owners[j] = owner;
        double pivot = coefficients[j];
        for (int f = 0; f < size; f++) {
            int row = f * size;
            double share = inverse[row + j] / pivot;
            for (int k = 0; k < size; k++) {
                inverse[row + k] -= share * coefficients[k];
            }
            inverse[row + j] = share;
        }
    }

    /** Inverts the chosen vectors anew: many exchanges leave rounding in the inverse. */
    public void refresh() {
        double[] work = rows.clone();
        double[] result = new double[size * size];
        for (int k = 0; k < size; k++) {
            result[k * size + k] = 1;
        }
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++) {
                if (Math.abs(work[row * size + column]) > Math.abs(work[pivot * size + column])) {
                    pivot = row;
                }
            }
            swap(work, pivot, column);
            swap(result, pivot, column);
            double scale = 1 / work[column * size + column];
            scale(work, column, scale);
            scale(result, column, scale);
            for (int row = 0; row < size; row++) {
                double share = work[row * size + column];
                if (row != column && share != 0) {
                    subtract(work, row, column, share);
                    subtract(result, row, column, share);
                }
            }
        }
        System.arraycopy(result, 0, inverse, 0, result.length);
    }

    private void swap(double[] matrix, int a, int b) {
        for (int k = 0; k < size && a != b; k++) {
            double value = matrix[a * size + k];
            matrix[a * size + k] = matrix[b * size + k];
            matrix[b * size + k] = value;
        }
    }

    private void scale(double[] matrix, int row, double factor) {
        for (int k = 0; k < size; k++) {
            matrix[row * size + k] *= factor;
        }
    }

    private void subtract(double[] matrix, int row, int other, double share) {
        for (int k = 0; k < size; k++) {
            matrix[row * size + k] -= share * matrix[other * size + k];
        }
    }
}
