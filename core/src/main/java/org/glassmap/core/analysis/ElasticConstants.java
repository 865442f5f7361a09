package org.glassmap.core.analysis;

import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;
import org.glassmap.core.numerics.SymmetricEigenvalues;
import org.glassmap.core.sampling.Relaxation;
import org.glassmap.core.sampling.RelaxationSettings;
import org.glassmap.core.sampling.Relaxed;
import org.glassmap.core.sampling.Strain;

/**
 * Elastic constants of a relaxed crystal: C_ij = ∂σ_i/∂ε_j by central differences of the stress under the six strains of
 * Voigt (xx, yy, zz, yz, xz, xy; shears as 2ε), the atoms relaxed under each. In GPa, {@code [36]}, symmetrised.
 */
final class ElasticConstants {

    private static final double STRAIN = 0.005;
    private static final int[][] VOIGT = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};

    private final double[] c = new double[36];

    private ElasticConstants() {}

    static ElasticConstants of(Structure relaxed, Potential.Calculator calculator) {
        RelaxationSettings settings = RelaxationSettings.DEFAULT
                .withFreedom(RelaxationSettings.Freedom.POSITIONS)
                .withTolerances(0.005, 1e-3)
                .withMaxEvaluations(200);
        ElasticConstants constants = new ElasticConstants();
        for (int j = 0; j < 6; j++) {
            double[] plus = stress(relaxed, j, STRAIN, calculator, settings);
            double[] minus = stress(relaxed, j, -STRAIN, calculator, settings);
            for (int i = 0; i < 6; i++) {
                int place = 3 * VOIGT[i][0] + VOIGT[i][1];
                double slope = (plus[place] - minus[place]) / (2 * STRAIN) * Units.GPA_PER_EV_PER_CUBIC_ANGSTROM;
                constants.c[6 * i + j] += 0.5 * slope;
                constants.c[6 * j + i] += 0.5 * slope;
            }
        }
        return constants;
    }

    private static double[] stress(
            Structure relaxed, int j, double size, Potential.Calculator calculator, RelaxationSettings settings) {
        double[] strain = new double[9];
        double half = j < 3 ? size : size / 2;
        strain[3 * VOIGT[j][0] + VOIGT[j][1]] = half;
        strain[3 * VOIGT[j][1] + VOIGT[j][0]] = half;
        Relaxed answer = new Relaxation(settings).relax(Strain.deformed(relaxed, strain), calculator);
        return answer.evaluation().stress(answer.structure().cell().volume());
    }

    double get(int i, int j) {
        return c[6 * i + j];
    }

    /** Voigt's average. */
    double bulkModulus() {
        return (get(0, 0) + get(1, 1) + get(2, 2) + 2 * (get(0, 1) + get(0, 2) + get(1, 2))) / 9;
    }

    /** Voigt's average. */
    double shearModulus() {
        return (get(0, 0)
                        + get(1, 1)
                        + get(2, 2)
                        - get(0, 1)
                        - get(0, 2)
                        - get(1, 2)
                        + 3 * (get(3, 3) + get(4, 4) + get(5, 5)))
                / 15;
    }

    /** Born's condition of stability is that it is positive. */
    double softest() {
        return SymmetricEigenvalues.of(c)[0];
    }
}
