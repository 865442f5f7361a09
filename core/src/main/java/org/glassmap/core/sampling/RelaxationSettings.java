package org.glassmap.core.sampling;

/**
 * How a structure is relaxed, and when that ends.
 *
 * @param method how it goes downhill
 * @param freedom what may move
 * @param forceTolerance eV/Å, on the length of the largest force
 * @param stressTolerance eV/Å³, on the largest component of stress plus pressure; not looked at when the cell is fixed
 * @param pressure eV/Å³, outside, positive compresses; minimised is E + pressure · V
 * @param maxEvaluations of energy and forces, the start's included
 * @param maxStep Å, no atom goes farther in one step; the cell's strain is held to a fifth of it per Å
 * @param fusedBelow Å; a pair of atoms closer than this, and closer than any was at the start, ends the relaxation
 */
public record RelaxationSettings(
        Method method,
        Freedom freedom,
        double forceTolerance,
        double stressTolerance,
        double pressure,
        int maxEvaluations,
        double maxStep,
        double fusedBelow) {

    /** Ways downhill. */
    public enum Method {
        /** L-BFGS with backtracking: the energy falls with every step. */
        LBFGS,
        /** FIRE 2.0 (Guénolé et al., Comput. Mater. Sci. 175, 109584 (2020)): slower, and it may pass over small humps. */
        FIRE
    }

    /** What may move. */
    public enum Freedom {
        POSITIONS,
        /** Positions and all six strains of the cell; three periodic directions are needed. */
        POSITIONS_AND_CELL
    }

    /** The paper's 0.02 eV/Å, cell and positions, 0.16 GPa (0.05 meV/atom of a solid of 60 GPa). */
    public static final RelaxationSettings DEFAULT =
            new RelaxationSettings(Method.LBFGS, Freedom.POSITIONS_AND_CELL, 0.02, 1e-3, 0, 500, 0.2, 1.2);

    public RelaxationSettings {
        requirePositive("forceTolerance", forceTolerance, "eV/Å");
        requirePositive("stressTolerance", stressTolerance, "eV/Å³");
        requirePositive("maxStep", maxStep, "Å");
        if (!Double.isFinite(pressure)) {
            throw new IllegalArgumentException("pressure must be finite, got %s eV/Å³".formatted(pressure));
        }
        if (maxEvaluations < 1) {
            throw new IllegalArgumentException("maxEvaluations must be at least 1, got " + maxEvaluations);
        }
        if (!(fusedBelow >= 0) || !Double.isFinite(fusedBelow)) {
            throw new IllegalArgumentException("fusedBelow must not be negative, got %s Å".formatted(fusedBelow));
        }
    }

    private static void requirePositive(String name, double value, String unit) {
        if (!(value > 0) || !Double.isFinite(value)) {
            throw new IllegalArgumentException("%s must be positive, got %s %s".formatted(name, value, unit));
        }
    }

    public RelaxationSettings withMethod(Method other) {
        return new RelaxationSettings(
                other, freedom, forceTolerance, stressTolerance, pressure, maxEvaluations, maxStep, fusedBelow);
    }

    public RelaxationSettings withFreedom(Freedom other) {
        return new RelaxationSettings(
                method, other, forceTolerance, stressTolerance, pressure, maxEvaluations, maxStep, fusedBelow);
    }

    /** Tolerances in eV/Å and eV/Å³. */
    public RelaxationSettings withTolerances(double force, double stress) {
        return new RelaxationSettings(method, freedom, force, stress, pressure, maxEvaluations, maxStep, fusedBelow);
    }

    /** Outside pressure in eV/Å³. */
    public RelaxationSettings withPressure(double other) {
        return new RelaxationSettings(
                method, freedom, forceTolerance, stressTolerance, other, maxEvaluations, maxStep, fusedBelow);
    }

    public RelaxationSettings withMaxEvaluations(int other) {
        return new RelaxationSettings(
                method, freedom, forceTolerance, stressTolerance, pressure, other, maxStep, fusedBelow);
    }

    /** Å. */
    public RelaxationSettings withMaxStep(double other) {
        return new RelaxationSettings(
                method, freedom, forceTolerance, stressTolerance, pressure, maxEvaluations, other, fusedBelow);
    }

    /** Å; 0 turns the check off. */
    public RelaxationSettings withFusedBelow(double other) {
        return new RelaxationSettings(
                method, freedom, forceTolerance, stressTolerance, pressure, maxEvaluations, maxStep, other);
    }
}
