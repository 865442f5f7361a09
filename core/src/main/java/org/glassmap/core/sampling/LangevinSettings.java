package org.glassmap.core.sampling;

/**
 * Dynamics at a temperature, and when they are given up.
 *
 * @param temperature K
 * @param timeStep fs
 * @param friction 1/fs
 * @param steps of the whole run
 * @param seed of velocities and noise
 * @param hottest K; an instantaneous temperature above it ends the run: the potential has let the atoms fall
 * @param fusedBelow Å; a pair of atoms closer than this ends the run; 0 turns the check off
 */
public record LangevinSettings(
        double temperature, double timeStep, double friction, int steps, long seed, double hottest, double fusedBelow) {

    public LangevinSettings {
        requirePositive("temperature", temperature, "K");
        requirePositive("timeStep", timeStep, "fs");
        requirePositive("friction", friction, "1/fs");
        requirePositive("hottest", hottest, "K");
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be at least 1, got " + steps);
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
}
