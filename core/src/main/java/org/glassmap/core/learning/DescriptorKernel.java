package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/**
 * The descriptor of one atom, and its derivatives contracted on the fly: dG/dR is never formed.
 *
 * <p>Both descriptors are linear in the same sums, resolved by species: R[s][n] over neighbours of species s and
 * A[s,t][n] over pairs. The weighted one adds them up with its weights. So one kernel serves both: it forms the resolved
 * sums, and a fixed linear map makes the features. Features stand in rows, {@code [feature][lane]}, an atom per lane.
 * Keeps work space; one thread at a time.
 */
final class DescriptorKernel {

    private final Descriptor descriptor;
    private final int kinds;
    private final int radialOrders;
    private final int angularOrders;
    private final int radialSums;
    private final int angularSums;

    private final ChebyshevSums radialBasis;
    private final ChebyshevSums angularBasis;

    private final double[] radial;
    private final double[] angular;
    private final double[] radialAlong;
    private final double[] angularAlong;

    private double[] value = new double[0];
    private double[] slope = new double[0];
    private double[] alpha = new double[0];
    private double[] beta = new double[0];
    private double[] gx = new double[0];
    private double[] gy = new double[0];
    private double[] gz = new double[0];
    private double[] along = new double[0];

    DescriptorKernel(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.kinds = descriptor.environment().size();
        this.radialOrders = descriptor.radialOrder() + 1;
        this.angularOrders = descriptor.angularOrder() + 1;
        this.radialSums = kinds * radialOrders;
        this.angularSums = kinds * (kinds + 1) / 2 * angularOrders;
        this.radialBasis = new ChebyshevSums(descriptor.radialOrder());
        this.angularBasis = new ChebyshevSums(descriptor.angularOrder());
        this.radial = new double[radialSums];
        this.angular = new double[angularSums];
        this.radialAlong = new double[radialSums];
        this.angularAlong = new double[angularSums];
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /** Place of every atom's species in the environment.
     *
     * @throws InvalidStructureException if a species is not in the environment
     */
    static int[] kinds(Descriptor descriptor, Structure structure) {
        return kinds(descriptor.environment(), structure);
    }

    static int[] kinds(List<Species> environment, Structure structure) {
        int[] kind = new int[structure.size()];
        for (int i = 0; i < kind.length; i++) {
            kind[i] = environment.indexOf(structure.species(i));
            if (kind[i] < 0) {
                throw new InvalidStructureException(
                        "species",
                        "atom %d is %s, which the descriptor does not know; it knows %s"
                                .formatted(i + 1, structure.species(i), environment));
            }
        }
        return kind;
    }

    /** G of the loaded atom, into column {@code lane} of {@code features}. */
    void features(Surroundings s, double[][] features, int lane) {
        radialBasis.project(s.x, s.radial, s.segments, radial);
        angularBasis.project(s.cosine, s.weight, s.pairSegments, angular);
        store(radial, angular, features, lane);
    }

    private void store(double[] radialSum, double[] angularSum, double[][] features, int lane) {
        switch (descriptor) {
            case ResolvedChebyshev resolved -> {
                for (int f = 0; f < radialSums; f++) {
                    features[f][lane] = radialSum[f];
                }
                for (int f = 0; f < angularSums; f++) {
                    features[radialSums + f][lane] = angularSum[f];
                }
            }
            case WeightedChebyshev weighted -> storeWeighted(weighted, radialSum, angularSum, features, lane);
        }
    }

    private void storeWeighted(
            WeightedChebyshev weighted, double[] radialSum, double[] angularSum, double[][] features, int lane) {
        int half = radialOrders + angularOrders;
        for (int f = 0; f < weighted.size(); f++) {
            features[f][lane] = 0;
        }
        for (int s = 0; s < kinds; s++) {
            double w = weighted.weight(s);
            for (int n = 0; n < radialOrders; n++) {
                double sum = radialSum[s * radialOrders + n];
                features[n][lane] += sum;
                if (kinds > 1) {
                    features[half + n][lane] += w * sum;
                }
            }
        }
        int block = 0;
        for (int s = 0; s < kinds; s++) {
            for (int t = s; t < kinds; t++) {
                double w = weighted.weight(s) * weighted.weight(t);
                for (int n = 0; n < angularOrders; n++) {
                    double sum = angularSum[block * angularOrders + n];
                    features[radialOrders + n][lane] += sum;
                    if (kinds > 1) {
                        features[half + radialOrders + n][lane] += w * sum;
                    }
                }
                block++;
            }
        }
    }

    /** The transpose of {@link #store}: from dE/dG to dE/d(resolved sums). */
    private void spread(double[][] gradient, int lane) {
        switch (descriptor) {
            case ResolvedChebyshev resolved -> {
                for (int f = 0; f < radialSums; f++) {
                    radial[f] = gradient[f][lane];
                }
                for (int f = 0; f < angularSums; f++) {
                    angular[f] = gradient[radialSums + f][lane];
                }
            }
            case WeightedChebyshev weighted -> spreadWeighted(weighted, gradient, lane);
        }
    }

    private void spreadWeighted(WeightedChebyshev weighted, double[][] gradient, int lane) {
        int half = radialOrders + angularOrders;
        for (int s = 0; s < kinds; s++) {
            double w = weighted.weight(s);
            for (int n = 0; n < radialOrders; n++) {
                radial[s * radialOrders + n] = gradient[n][lane] + (kinds > 1 ? w * gradient[half + n][lane] : 0);
            }
        }
        int block = 0;
        for (int s = 0; s < kinds; s++) {
            for (int t = s; t < kinds; t++) {
                double w = weighted.weight(s) * weighted.weight(t);
                for (int n = 0; n < angularOrders; n++) {
                    angular[block * angularOrders + n] = gradient[radialOrders + n][lane]
                            + (kinds > 1 ? w * gradient[half + radialOrders + n][lane] : 0);
                }
                block++;
            }
        }
    }

    /**
     * Reverse mode: with dE/dG of the loaded atom in column {@code lane} of {@code gradient}, subtracts dE/dR from
     * {@code forces} and adds −dE/dε to {@code virial}.
     *
     * @param forces {@code [3n]}, eV/Å
     * @param virial {@code [9]}, eV
     */
    void pull(Surroundings s, double[][] gradient, int lane, double[] forces, double[] virial) {
        spread(gradient, lane);
        reserve(s);
        int count = s.neighbours();
        int close = s.close();
        // dE/d(distance) of each neighbour from the radial part; fc and T_n each give a term.
        radialBasis.evaluate(s.x, s.segments, radial, value, slope);
        double dx = 2 / descriptor.radialCutoff();
        for (int k = 0; k < count; k++) {
            along[k] = s.radialSlope[k] * value[k] + s.radial[k] * dx * slope[k];
        }
        // From the angular part: dE/d(unit vector) gathered in g, dE/d(distance) through fc added to the above.
        Arrays.fill(gx, 0, close, 0);
        Arrays.fill(gy, 0, close, 0);
        Arrays.fill(gz, 0, close, 0);
        if (s.pairs() > 0) {
            angularBasis.evaluate(s.cosine, s.pairSegments, angular, value, slope);
            pullPairs(s);
        }
        scatter(s, forces, virial);
    }

    private void pullPairs(Surroundings s) {
        double[] through = beta;
        Arrays.fill(through, 0, s.close(), 0);
        int p = 0;
        for (int run = 0; run < s.runs; run++) {
            pullRun(s, s.runFirst[run], s.runBegin[run], s.runEnd[run], p, through);
            p += s.runEnd[run] - s.runBegin[run];
        }
        for (int j = 0; j < s.close(); j++) {
            along[s.slot[j]] += through[j] * s.angularSlope[j];
        }
    }

    private void pullRun(Surroundings s, int j, int begin, int end, int at, double[] through) {
        double vx = s.vx[j];
        double vy = s.vy[j];
        double vz = s.vz[j];
        double fj = s.angular[j];
        double jx = 0;
        double jy = 0;
        double jz = 0;
        double jf = 0;
        int p = at;
        for (int k = begin; k < end; k++) {
            double bend = s.weight[p] * slope[p];
            jx += bend * s.vx[k];
            jy += bend * s.vy[k];
            jz += bend * s.vz[k];
            gx[k] += bend * vx;
            gy[k] += bend * vy;
            gz[k] += bend * vz;
            jf += value[p] * s.angular[k];
            through[k] += value[p] * fj;
            p++;
        }
        gx[j] += jx;
        gy[j] += jy;
        gz[j] += jz;
        through[j] += jf;
    }

    /** Scatters: a neighbour at d·û feels along·û plus what turns û, (g − (g·û) û)/d. */
    private void scatter(Surroundings s, double[] forces, double[] virial) {
        int count = s.neighbours();
        double cx = 0;
        double cy = 0;
        double cz = 0;
        double xx = 0;
        double yy = 0;
        double zz = 0;
        double yz = 0;
        double xz = 0;
        double xy = 0;
        int c = 0;
        int close = s.close();
        for (int k = 0; k < count; k++) {
            double ux = s.ux[k];
            double uy = s.uy[k];
            double uz = s.uz[k];
            double d = s.distance[k];
            double fx = along[k] * ux;
            double fy = along[k] * uy;
            double fz = along[k] * uz;
            if (c < close && s.slot[c] == k) {
                double inverse = 1 / d;
                double dot = gx[c] * ux + gy[c] * uy + gz[c] * uz;
                fx += (gx[c] - dot * ux) * inverse;
                fy += (gy[c] - dot * uy) * inverse;
                fz += (gz[c] - dot * uz) * inverse;
                c++;
            }
            int at = 3 * s.atom[k];
            forces[at] -= fx;
            forces[at + 1] -= fy;
            forces[at + 2] -= fz;
            cx += fx;
            cy += fy;
            cz += fz;
            double rx = d * ux;
            double ry = d * uy;
            double rz = d * uz;
            xx += fx * rx;
            yy += fy * ry;
            zz += fz * rz;
            yz += fy * rz;
            xz += fx * rz;
            xy += fx * ry;
        }
        forces[3 * s.centre] += cx;
        forces[3 * s.centre + 1] += cy;
        forces[3 * s.centre + 2] += cz;
        // The pair and angular forces of one centre exert no torque, so the tensor is symmetric but for rounding.
        virial[0] -= xx;
        virial[1] -= xy;
        virial[2] -= xz;
        virial[3] -= xy;
        virial[4] -= yy;
        virial[5] -= yz;
        virial[6] -= xz;
        virial[7] -= yz;
        virial[8] -= zz;
    }

    /**
     * Forward mode: the derivative of G of the loaded atom when every atom moves along {@code field} and space is
     * strained by {@code strain}, into column {@code lane} of {@code rates}.
     *
     * @param field {@code [3n]}
     * @param strain {@code [9]}, row by row: a vector r changes by strain · r
     */
    void along(Surroundings s, double[] field, double[] strain, double[][] rates, int lane) {
        reserve(s);
        int count = s.neighbours();
        double cx = field[3 * s.centre];
        double cy = field[3 * s.centre + 1];
        double cz = field[3 * s.centre + 2];
        double dx = 2 / descriptor.radialCutoff();
        int close = s.close();
        int c = 0;
        for (int k = 0; k < count; k++) {
            int at = 3 * s.atom[k];
            double d = s.distance[k];
            double rx = d * s.ux[k];
            double ry = d * s.uy[k];
            double rz = d * s.uz[k];
            double wx = field[at] - cx + strain[0] * rx + strain[1] * ry + strain[2] * rz;
            double wy = field[at + 1] - cy + strain[3] * rx + strain[4] * ry + strain[5] * rz;
            double wz = field[at + 2] - cz + strain[6] * rx + strain[7] * ry + strain[8] * rz;
            double stretch = wx * s.ux[k] + wy * s.uy[k] + wz * s.uz[k];
            alpha[k] = stretch * s.radialSlope[k];
            beta[k] = stretch * s.radial[k] * dx;
            if (c < close && s.slot[c] == k) {
                // How û turns, and how fc(d) changes.
                double inverse = 1 / d;
                gx[c] = (wx - stretch * s.ux[k]) * inverse;
                gy[c] = (wy - stretch * s.uy[k]) * inverse;
                gz[c] = (wz - stretch * s.uz[k]) * inverse;
                along[c] = stretch * s.angularSlope[c];
                c++;
            }
        }
        radialBasis.project(s.x, alpha, s.segments, radialAlong);
        radialBasis.project(s.x, beta, s.segments, radial);
        for (int b = 0; b < kinds; b++) {
            addDerivatives(radial, b * radialOrders, radialOrders, radialAlong);
        }
        int p = 0;
        for (int run = 0; run < s.runs; run++) {
            alongRun(s, s.runFirst[run], s.runBegin[run], s.runEnd[run], p);
            p += s.runEnd[run] - s.runBegin[run];
        }
        angularBasis.project(s.cosine, alpha, s.pairSegments, angularAlong);
        angularBasis.project(s.cosine, beta, s.pairSegments, angular);
        for (int b = 0; b < angularSums / angularOrders; b++) {
            addDerivatives(angular, b * angularOrders, angularOrders, angularAlong);
        }
        store(radialAlong, angularAlong, rates, lane);
    }

    private void alongRun(Surroundings s, int j, int begin, int end, int at) {
        double vx = s.vx[j];
        double vy = s.vy[j];
        double vz = s.vz[j];
        double tx = gx[j];
        double ty = gy[j];
        double tz = gz[j];
        double fj = s.angular[j];
        double rate = along[j];
        int p = at;
        for (int k = begin; k < end; k++) {
            alpha[p] = rate * s.angular[k] + fj * along[k];
            beta[p] = s.weight[p]
                    * ((tx * s.vx[k] + ty * s.vy[k] + tz * s.vz[k]) + (gx[k] * vx + gy[k] * vy + gz[k] * vz));
            p++;
        }
    }

    private static void addDerivatives(double[] q, int at, int orders, double[] out) {
        ChebyshevSums.addDerivatives(q, at, orders - 1, out);
    }

    private void reserve(Surroundings s) {
        int m = Math.max(s.neighbours(), s.pairs());
        if (value.length < m) {
            int capacity = Math.max(64, m + m / 4);
            value = new double[capacity];
            slope = new double[capacity];
            alpha = new double[capacity];
            beta = new double[capacity];
            gx = new double[capacity];
            gy = new double[capacity];
            gz = new double[capacity];
            along = new double[capacity];
        }
    }
}
