package org.glassmap.core.sampling;

import java.util.SplittableRandom;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;

/**
 * Where atoms are and how fast they go. Positions are not wrapped into the cell: an atom's path is continuous. Immutable.
 */
public final class Motion {

    private final Structure structure;
    private final double[] velocities;

    /**
     * @param velocities {@code [3n]}, Å/fs; copied
     * @throws IllegalArgumentException if the lengths disagree or a velocity is not finite
     */
    public Motion(Structure structure, double[] velocities) {
        if (velocities.length != 3 * structure.size()) {
            throw new IllegalArgumentException(
                    "velocities must have 3 × %d numbers, got %d".formatted(structure.size(), velocities.length));
        }
        for (double velocity : velocities) {
            if (!Double.isFinite(velocity)) {
                throw new IllegalArgumentException("velocities must be finite, got %s Å/fs".formatted(velocity));
            }
        }
        this.structure = structure;
        this.velocities = velocities.clone();
    }

    /** At rest. */
    public static Motion atRest(Structure structure) {
        return new Motion(structure, new double[3 * structure.size()]);
    }

    /**
     * Velocities by Maxwell and Boltzmann's law, then freed of the momentum of the whole and scaled to the temperature
     * exactly. The same seed gives the same bits.
     *
     * @param temperature K, not negative; of 3n − 3 degrees of freedom. One atom alone is left at rest
     */
    public static Motion thermal(Structure structure, double temperature, long seed) {
        if (!(temperature >= 0) || !Double.isFinite(temperature)) {
            throw new IllegalArgumentException("temperature must not be negative, got %s K".formatted(temperature));
        }
        int n = structure.size();
        SplittableRandom random = new SplittableRandom(seed);
        double[] velocities = new double[3 * n];
        double[] momentum = new double[3];
        double total = 0;
        for (int i = 0; i < n; i++) {
            double mass = structure.species(i).mass();
            total += mass;
            for (int axis = 0; axis < 3; axis++) {
                velocities[3 * i + axis] = Rattle.normal(random) / Math.sqrt(mass);
                momentum[axis] += mass * velocities[3 * i + axis];
            }
        }
        for (int k = 0; k < velocities.length; k++) {
            velocities[k] -= momentum[k % 3] / total;
        }
        double now = new Motion(structure, velocities).temperature();
        double factor = now > 0 ? Math.sqrt(temperature / now) : 0;
        for (int k = 0; k < velocities.length; k++) {
            velocities[k] *= factor;
        }
        return new Motion(structure, velocities);
    }

    public Structure structure() {
        return structure;
    }

    /** {@code [3n]}, Å/fs; a copy. */
    public double[] velocities() {
        return velocities.clone();
    }

    /** Σ m v²/2, eV. */
    public double kineticEnergy() {
        double sum = 0;
        for (int i = 0; i < structure.size(); i++) {
            double vx = velocities[3 * i];
            double vy = velocities[3 * i + 1];
            double vz = velocities[3 * i + 2];
            sum += structure.species(i).mass() * (vx * vx + vy * vy + vz * vz);
        }
        return 0.5 * sum * Units.EV_PER_AMU_SQUARE_ANGSTROM_PER_SQUARE_FS;
    }

    /** K, of 3n − 3 degrees of freedom, because the momentum of the whole is kept; 0 for one atom. */
    public double temperature() {
        int degrees = 3 * structure.size() - 3;
        return degrees == 0 ? 0 : 2 * kineticEnergy() / (degrees * Units.BOLTZMANN);
    }
}
