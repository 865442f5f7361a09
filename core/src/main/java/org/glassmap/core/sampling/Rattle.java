package org.glassmap.core.sampling;

import java.util.SplittableRandom;
import org.glassmap.core.atoms.Structure;

/**
 * Random disorder: a symmetric strain with normal components, then normal displacements of every atom. Breaks the
 * symmetry that holds a crystal on a saddle point.
 *
 * @param displacement standard deviation of each coordinate, Å
 * @param strain standard deviation of each of the six strain components
 */
public record Rattle(double displacement, double strain) {

    public Rattle {
        if (!(displacement >= 0) || !Double.isFinite(displacement)) {
            throw new IllegalArgumentException("displacement must not be negative, got %s Å".formatted(displacement));
        }
        if (!(strain >= 0 && strain < 0.2)) {
            throw new IllegalArgumentException("strain must lie in 0..0.2, got " + strain);
        }
    }

    /** The same seed gives the same bits. Without a lattice there is no strain. */
    public Structure applied(Structure structure, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Structure sheared =
                structure.cell().volume() > 0 ? Strain.deformed(structure, symmetricStrain(random)) : structure;
        double[] positions = sheared.positions();
        for (int k = 0; k < positions.length; k++) {
            positions[k] += displacement * normal(random);
        }
        return sheared.withPositions(positions);
    }

    private double[] symmetricStrain(SplittableRandom random) {
        double[] epsilon = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = row; column < 3; column++) {
                double component = strain * normal(random);
                epsilon[3 * row + column] = component;
                epsilon[3 * column + row] = component;
            }
        }
        return epsilon;
    }

    /** Box and Muller with StrictMath, for the same bits on every machine; 1 − u keeps the logarithm finite. */
    static double normal(SplittableRandom random) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
