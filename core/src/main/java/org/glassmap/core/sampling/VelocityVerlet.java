package org.glassmap.core.sampling;

import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;

/**
 * Newton's equations at constant energy, cell and number of atoms, by half a kick, a drift and half a kick (W. C. Swope
 * et al., J. Chem. Phys. 76, 637 (1982)): reversible in time, its energy wanders with the square of the step and does not
 * drift. The same start and step give the same bits.
 */
public final class VelocityVerlet {

    /** Is told of the start and of every step. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param step 0 is the start
         * @return whether to go on
         */
        boolean passed(long step, Motion motion, Evaluation evaluation);
    }

    private final double step;

    /** @param step fs */
    public VelocityVerlet(double step) {
        if (!(step > 0) || !Double.isFinite(step)) {
            throw new IllegalArgumentException("step must be positive, got %s fs".formatted(step));
        }
        this.step = step;
    }

    /** fs. */
    public double step() {
        return step;
    }

    /**
     * @param calculator used by this thread alone while it runs
     * @param steps at most; fewer if the listener has seen enough
     * @return the last state the listener saw
     */
    public Motion run(Motion start, Potential.Calculator calculator, long steps, Listener listener) {
        if (steps < 0) {
            throw new IllegalArgumentException("steps must not be negative, got " + steps);
        }
        Potential.Calculator following = calculator.following();
        Structure structure = start.structure();
        double[] acceleration = accelerationPerForce(structure);
        double[] positions = structure.positions();
        double[] velocities = start.velocities();
        Evaluation evaluation = following.evaluate(structure);
        Motion now = start;
        for (long done = 0; listener.passed(done, now, evaluation) && done < steps; done++) {
            kick(evaluation.forces(), acceleration, velocities);
            for (int k = 0; k < positions.length; k++) {
                positions[k] += step * velocities[k];
            }
            structure = structure.withPositions(positions);
            evaluation = following.evaluate(structure);
            kick(evaluation.forces(), acceleration, velocities);
            now = new Motion(structure, velocities);
        }
        return now;
    }

    private void kick(double[] forces, double[] acceleration, double[] velocities) {
        for (int k = 0; k < velocities.length; k++) {
            velocities[k] += 0.5 * step * acceleration[k] * forces[k];
        }
    }

    /** Å/fs² per eV/Å, for every coordinate. */
    private static double[] accelerationPerForce(Structure structure) {
        double[] perForce = new double[3 * structure.size()];
        for (int k = 0; k < perForce.length; k++) {
            perForce[k] = 1 / (structure.species(k / 3).mass() * Units.EV_PER_AMU_SQUARE_ANGSTROM_PER_SQUARE_FS);
        }
        return perForce;
    }
}
