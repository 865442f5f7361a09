package org.glassmap.core.analysis;

import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;
import org.glassmap.core.numerics.SymmetricEigenvalues;

/**
 * Vibrations of a cell at Γ: force constants by central differences of forces, no sum rule imposed, so that the acoustic
 * modes tell how exact they are.
 */
final class ZonePhonons {

    /** Å. */
    private static final double STEP = 0.01;

    private ZonePhonons() {}

    /** Frequencies in THz in increasing order, imaginary ones negative, {@code [3n]}. */
    static double[] frequencies(Structure relaxed, Potential.Calculator calculator) {
        int size = 3 * relaxed.size();
        double[] dynamical = new double[size * size];
        double[] positions = relaxed.positions();
        for (int c = 0; c < size; c++) {
            double own = positions[c];
            positions[c] = own + STEP;
            double[] plus =
                    calculator.evaluate(relaxed.withPositions(positions)).forces();
            positions[c] = own - STEP;
            double[] minus =
                    calculator.evaluate(relaxed.withPositions(positions)).forces();
            positions[c] = own;
            for (int d = 0; d < size; d++) {
                double mass = Math.sqrt(
                        relaxed.species(c / 3).mass() * relaxed.species(d / 3).mass());
                dynamical[c * size + d] = -(plus[d] - minus[d]) / (2 * STEP) / mass;
            }
        }
        double[] values = SymmetricEigenvalues.of(dynamical);
        for (int k = 0; k < size; k++) {
            double omega = Math.sqrt(Math.abs(values[k]) / Units.EV_PER_AMU_SQUARE_ANGSTROM_PER_SQUARE_FS);
            values[k] = Math.signum(values[k]) * omega / (2 * Math.PI) * 1000;
        }
        return values;
    }
}
