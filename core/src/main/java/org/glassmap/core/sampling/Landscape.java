package org.glassmap.core.sampling;

import java.util.Arrays;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Structure;

/**
 * The enthalpy of one structure as a function of its degrees of freedom, told with its gradient; counts evaluations.
 *
 * <p>Degrees: the positions r̃ before the strain, {@code [3n]}, and for a free cell six more, the symmetric stretch
 * S = 1 + E as κ (E_xx, E_yy, E_zz, √2 E_yz, √2 E_xz, √2 E_xy), with r = S r̃ and a = S ã for the lattice vectors.
 * (Positions and deformation gradient: E. B. Tadmor et al., Phys. Rev. B 59, 235 (1999), and ASE's filters. By polar
 * decomposition a symmetric S reaches every cell up to a rotation, and cannot rotate.) The weight κ = Ω^(1/3) √n, with
 * Ω the volume per atom, gives strains about the stiffness of atoms at any size: D. Sheppard et al., J. Chem. Phys.
 * 136, 074103 (2012).
 *
 * <p>With W = −dE/dε the gradient is −S f for the positions and −κ (W′ S⁻¹ + S⁻¹ W′)/2 for the cell, W′ = W − pV.
 */
final class Landscape {

    private static final double SQRT2 = Math.sqrt(2);
    private static final int[] ROW = {0, 1, 2, 1, 0, 0};
    private static final int[] COLUMN = {0, 1, 2, 2, 2, 1};

    private final Structure start;
    private final Potential.Calculator calculator;
    private final boolean cell;
    private final double pressure;
    private final double scale;
    private int evaluations;

    Landscape(Structure start, Potential.Calculator calculator, boolean cell, double pressure) {
        if (cell && !start.cell().fullyPeriodic()) {
            throw new IllegalArgumentException("to relax the cell it must be periodic in three directions");
        }
        this.start = start;
        this.calculator = calculator;
        this.cell = cell;
        this.pressure = pressure;
        double perAtom = start.cell().volume() / start.size();
        this.scale = StrictMath.cbrt(perAtom) * Math.sqrt(start.size());
    }

    /** A place in the landscape: {@code value} is E + pV, eV; {@code gradient} belongs to the degrees. */
    record Point(double[] degrees, Structure structure, Evaluation evaluation, double value, double[] gradient) {

        boolean finite() {
            if (!Double.isFinite(value)) {
                return false;
            }
            for (double component : gradient) {
                if (!Double.isFinite(component)) {
                    return false;
                }
            }
            return true;
        }
    }

    int evaluations() {
        return evaluations;
    }

    Point start() {
        double[] degrees = new double[3 * start.size() + (cell ? 6 : 0)];
        start.copyPositions(degrees);
        return at(degrees);
    }

    /** @param degrees kept */
    Point at(double[] degrees) {
        double[] stretch = stretch(degrees);
        Structure structure = cell ? stretched(degrees, stretch) : start.withPositions(degrees);
        evaluations++;
        Evaluation evaluation = calculator.evaluate(structure);
        double[] gradient = new double[degrees.length];
        double volume = structure.cell().volume();
        double[] forces = evaluation.forces();
        for (int i = 0; i < start.size(); i++) {
            for (int axis = 0; axis < 3; axis++) {
                gradient[3 * i + axis] = -(stretch[3 * axis] * forces[3 * i]
                        + stretch[3 * axis + 1] * forces[3 * i + 1]
                        + stretch[3 * axis + 2] * forces[3 * i + 2]);
            }
        }
        if (cell) {
            strainGradient(evaluation.virial(), volume, stretch, gradient);
        }
        return new Point(degrees, structure, evaluation, evaluation.energy() + pressure * volume, gradient);
    }

    /** The longest force, eV/Å. */
    static double largestForce(Point point) {
        double largest = 0;
        double[] f = point.evaluation.forces();
        for (int k = 0; k < f.length; k += 3) {
            largest = Math.max(largest, f[k] * f[k] + f[k + 1] * f[k + 1] + f[k + 2] * f[k + 2]);
        }
        return Math.sqrt(largest);
    }

    /** The largest component of stress plus pressure, eV/Å³. */
    double largestStress(Point point) {
        double largest = 0;
        double[] stress = point.evaluation.stress(point.structure.cell().volume());
        for (int k = 0; k < 9; k++) {
            largest = Math.max(largest, Math.abs(stress[k] + (k % 4 == 0 ? pressure : 0)));
        }
        return largest;
    }

    /** Scales a step in place so that no atom goes farther than {@code longest} Å and no strain beyond a fifth of it. */
    void cap(double[] step, double longest) {
        double farthest = 0;
        int atoms = 3 * start.size();
        for (int k = 0; k < atoms; k += 3) {
            farthest = Math.max(farthest, step[k] * step[k] + step[k + 1] * step[k + 1] + step[k + 2] * step[k + 2]);
        }
        double excess = Math.sqrt(farthest) / longest;
        for (int k = atoms; k < step.length; k++) {
            excess = Math.max(excess, Math.abs(step[k]) / scale * 5 / longest);
        }
        if (excess > 1) {
            for (int k = 0; k < step.length; k++) {
                step[k] /= excess;
            }
        }
    }

    /** Σ a b, in the space of degrees and of gradients. */
    static double product(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private double[] stretch(double[] degrees) {
        double[] stretch = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        if (cell) {
            for (int k = 0; k < 6; k++) {
                double strain = degrees[3 * start.size() + k] / (k < 3 ? scale : scale * SQRT2);
                stretch[3 * ROW[k] + COLUMN[k]] += strain;
                if (k >= 3) {
                    stretch[3 * COLUMN[k] + ROW[k]] += strain;
                }
            }
        }
        return stretch;
    }

    private Structure stretched(double[] degrees, double[] stretch) {
        double[] lattice = start.cell().lattice();
        apply(stretch, lattice, 9);
        double[] positions = Arrays.copyOf(degrees, 3 * start.size());
        apply(stretch, positions, positions.length);
        return start.with(start.cell().withLattice(lattice), positions);
    }

    private static void apply(double[] symmetric, double[] points, int length) {
        for (int k = 0; k < length; k += 3) {
            double x = points[k];
            double y = points[k + 1];
            double z = points[k + 2];
            for (int axis = 0; axis < 3; axis++) {
                points[k + axis] = symmetric[3 * axis] * x + symmetric[3 * axis + 1] * y + symmetric[3 * axis + 2] * z;
            }
        }
    }

    private void strainGradient(double[] virial, double volume, double[] stretch, double[] gradient) {
        double[] inner = virial.clone();
        for (int axis = 0; axis < 3; axis++) {
            inner[4 * axis] -= pressure * volume;
        }
        double[] inverse = inverseSymmetric(stretch);
        for (int k = 0; k < 6; k++) {
            double sum = 0;
            for (int m = 0; m < 3; m++) {
                sum += inner[3 * ROW[k] + m] * inverse[3 * m + COLUMN[k]]
                        + inverse[3 * ROW[k] + m] * inner[3 * m + COLUMN[k]];
            }
            // dE = Σ G_ab dS_ab counts an off-diagonal strain twice: 2 G d(q/(κ√2)) = √2 G dq/κ.
            gradient[3 * start.size() + k] = -sum / 2 / scale * (k < 3 ? 1 : SQRT2);
        }
    }

    private static double[] inverseSymmetric(double[] m) {
        double determinant = m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
        double xx = (m[4] * m[8] - m[5] * m[7]) / determinant;
        double yy = (m[0] * m[8] - m[2] * m[6]) / determinant;
        double zz = (m[0] * m[4] - m[1] * m[3]) / determinant;
        double yz = (m[2] * m[3] - m[0] * m[5]) / determinant;
        double xz = (m[1] * m[5] - m[2] * m[4]) / determinant;
        double xy = (m[2] * m[7] - m[1] * m[8]) / determinant;
        return new double[] {xx, xy, xz, xy, yy, yz, xz, yz, zz};
    }
}
