package org.glassmap.core.atoms;

/**
 * How far apart two structures of the same atoms are, as a bound on distances: a pair of points, images included, that
 * was d apart is at least (1 − {@code strain}) d − {@code moved} apart now.
 *
 * <p>With F the deformation that takes one cell to the other, every atom is at F r + w: |F v| ≥ (1 − ‖F − 1‖) |v|, and
 * two atoms take away the lengths of their own w at the most.
 *
 * @param strain ‖F − 1‖, Frobenius
 * @param moved the two longest w together, Å
 */
public record Displacement(double strain, double moved) {

    private static final Displacement UNKNOWN = new Displacement(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Infinite where the structures are not of the same atoms in a cell that repeats alike. */
    public static Displacement between(Structure from, Structure to) {
        Cell one = from.cell();
        Cell other = to.cell();
        boolean same = one.equals(other);
        boolean comparable = same || (one.fullyPeriodic() && other.fullyPeriodic());
        if (from.size() != to.size() || !comparable) {
            return UNKNOWN;
        }
        double[] carried = from.positions();
        double strain = 0;
        if (!same) {
            // F, row by row: where it takes the unit vectors.
            double[] deformed = {1, 0, 0, 0, 1, 0, 0, 0, 1};
            carry(one, other, deformed);
            for (int k = 0; k < 9; k++) {
                double off = deformed[k] - (k % 4 == 0 ? 1 : 0);
                strain += off * off;
            }
            strain = Math.sqrt(strain);
            carry(one, other, carried);
        }
        double farthest = 0;
        double second = 0;
        for (int i = 0; i < from.size(); i++) {
            if (from.species(i) != to.species(i)) {
                return UNKNOWN;
            }
            double dx = to.position(i, 0) - carried[3 * i];
            double dy = to.position(i, 1) - carried[3 * i + 1];
            double dz = to.position(i, 2) - carried[3 * i + 2];
            double squared = dx * dx + dy * dy + dz * dz;
            if (squared > farthest) {
                second = farthest;
                farthest = squared;
            } else if (squared > second) {
                second = squared;
            }
        }
        return new Displacement(strain, Math.sqrt(farthest) + Math.sqrt(second));
    }

    private static void carry(Cell from, Cell to, double[] points) {
        from.toFractional(points);
        to.toCartesian(points);
    }

    /** What a distance that was {@code d}, Å, is at least. */
    public double least(double d) {
        return strain < 1 ? (1 - strain) * d - moved : Double.NEGATIVE_INFINITY;
    }
}
