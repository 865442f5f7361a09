package org.glassmap.core.learning;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * dE/d(vector to a neighbour) of eight atoms' energies, slot by slot; their sums, which pull at the atoms themselves;
 * and the sums of vector ⊗ pull, for the virial.
 */
final class LanePulls {

    private static final int COUNT = Lanes.COUNT;
    private static final int WIDTH = Lanes.WIDTH;

    private double[] px = new double[0];
    private double[] py = new double[0];
    private double[] pz = new double[0];
    private double[] closeX = new double[0];
    private double[] closeY = new double[0];
    private double[] closeZ = new double[0];

    /** {@code [x, y, z, xx, yy, zz, yz, xz, xy][lane]}. */
    private final double[] sums = new double[9 * COUNT];

    void clear(LaneNeighbours of) {
        if (px.length < of.ux.length) {
            px = new double[of.ux.length];
            py = new double[of.ux.length];
            pz = new double[of.ux.length];
            closeX = new double[of.ux.length];
            closeY = new double[of.ux.length];
            closeZ = new double[of.ux.length];
        }
        Arrays.fill(sums, 0);
    }

    // The next two add to the same sums in their own loops. As smaller methods they were inlined into their callers,
    // whose
    // budget then ran out: every vector became an object (JFR, Temurin 25).

    /** Along the line to every neighbour: dE/dd = fc′ S + fc S′ dx/dd.
     *
     * @param value S, the series at the neighbour
     * @param slope S′
     */
    void stretch(LaneNeighbours of, int begin, int end, double[] value, double[] slope, double dx) {
        for (int half = 0; half < COUNT; half += WIDTH) {
            DoubleVector cx = Lanes.at(sums, half);
            DoubleVector cy = Lanes.at(sums, COUNT + half);
            DoubleVector cz = Lanes.at(sums, 2 * COUNT + half);
            DoubleVector xx = Lanes.at(sums, 3 * COUNT + half);
            DoubleVector yy = Lanes.at(sums, 4 * COUNT + half);
            DoubleVector zz = Lanes.at(sums, 5 * COUNT + half);
            DoubleVector yz = Lanes.at(sums, 6 * COUNT + half);
            DoubleVector xz = Lanes.at(sums, 7 * COUNT + half);
            DoubleVector xy = Lanes.at(sums, 8 * COUNT + half);
            for (int i = begin + half; i < end; i += COUNT) {
                DoubleVector along = Lanes.at(of.radialSlope, i)
                        .mul(Lanes.at(value, i))
                        .add(Lanes.at(of.radial, i).mul(dx).mul(Lanes.at(slope, i)));
                DoubleVector d = Lanes.at(of.distance, i);
                DoubleVector ux = Lanes.at(of.ux, i);
                DoubleVector uy = Lanes.at(of.uy, i);
                DoubleVector uz = Lanes.at(of.uz, i);
                DoubleVector x = along.mul(ux);
                DoubleVector y = along.mul(uy);
                DoubleVector z = along.mul(uz);
                x.intoArray(px, i);
                y.intoArray(py, i);
                z.intoArray(pz, i);
                DoubleVector rx = d.mul(ux);
                DoubleVector ry = d.mul(uy);
                DoubleVector rz = d.mul(uz);
                cx = cx.add(x);
                cy = cy.add(y);
                cz = cz.add(z);
                xx = x.fma(rx, xx);
                yy = y.fma(ry, yy);
                zz = z.fma(rz, zz);
                yz = y.fma(rz, yz);
                xz = x.fma(rz, xz);
                xy = x.fma(ry, xy);
            }
            cx.intoArray(sums, half);
            cy.intoArray(sums, COUNT + half);
            cz.intoArray(sums, 2 * COUNT + half);
            xx.intoArray(sums, 3 * COUNT + half);
            yy.intoArray(sums, 4 * COUNT + half);
            zz.intoArray(sums, 5 * COUNT + half);
            yz.intoArray(sums, 6 * COUNT + half);
            xz.intoArray(sums, 7 * COUNT + half);
            xy.intoArray(sums, 8 * COUNT + half);
        }
    }

    /** A close neighbour at d·û: along û through the cutoff function, and what turns û, (g − (g·û) û)/d. */
    void turnClose(LaneNeighbours of, int begin, int end, double[] gx, double[] gy, double[] gz, double[] through) {
        for (int half = 0; half < COUNT; half += WIDTH) {
            DoubleVector cx = Lanes.at(sums, half);
            DoubleVector cy = Lanes.at(sums, COUNT + half);
            DoubleVector cz = Lanes.at(sums, 2 * COUNT + half);
            DoubleVector xx = Lanes.at(sums, 3 * COUNT + half);
            DoubleVector yy = Lanes.at(sums, 4 * COUNT + half);
            DoubleVector zz = Lanes.at(sums, 5 * COUNT + half);
            DoubleVector yz = Lanes.at(sums, 6 * COUNT + half);
            DoubleVector xz = Lanes.at(sums, 7 * COUNT + half);
            DoubleVector xy = Lanes.at(sums, 8 * COUNT + half);
            for (int i = begin + half; i < end; i += COUNT) {
                DoubleVector d = Lanes.at(of.closeDistance, i);
                DoubleVector inverse = Lanes.all(1).div(d);
                DoubleVector ux = Lanes.at(of.vx, i);
                DoubleVector uy = Lanes.at(of.vy, i);
                DoubleVector uz = Lanes.at(of.vz, i);
                DoubleVector x = Lanes.at(gx, i);
                DoubleVector y = Lanes.at(gy, i);
                DoubleVector z = Lanes.at(gz, i);
                DoubleVector dot = x.mul(ux).add(y.mul(uy)).add(z.mul(uz));
                DoubleVector along =
                        Lanes.at(through, i).mul(Lanes.at(of.angularSlope, i)).sub(dot.mul(inverse));
                x = along.mul(ux).add(x.mul(inverse));
                y = along.mul(uy).add(y.mul(inverse));
                z = along.mul(uz).add(z.mul(inverse));
                x.intoArray(closeX, i);
                y.intoArray(closeY, i);
                z.intoArray(closeZ, i);
                DoubleVector rx = d.mul(ux);
                DoubleVector ry = d.mul(uy);
                DoubleVector rz = d.mul(uz);
                cx = cx.add(x);
                cy = cy.add(y);
                cz = cz.add(z);
                xx = x.fma(rx, xx);
                yy = y.fma(ry, yy);
                zz = z.fma(rz, zz);
                yz = y.fma(rz, yz);
                xz = x.fma(rz, xz);
                xy = x.fma(ry, xy);
            }
            cx.intoArray(sums, half);
            cy.intoArray(sums, COUNT + half);
            cz.intoArray(sums, 2 * COUNT + half);
            xx.intoArray(sums, 3 * COUNT + half);
            yy.intoArray(sums, 4 * COUNT + half);
            zz.intoArray(sums, 5 * COUNT + half);
            yz.intoArray(sums, 6 * COUNT + half);
            xz.intoArray(sums, 7 * COUNT + half);
            xy.intoArray(sums, 8 * COUNT + half);
        }
    }

    /** Hands one lane's pulls to its atoms: −dE/dR to forces, −dE/dε to the virial.
     *
     * @param forces {@code [3n]}, eV/Å
     * @param virial {@code [9]}, eV
     */
    void scatter(LaneNeighbours of, int lane, int centre, double[] forces, double[] virial) {
        for (int s = 0; s < of.kinds; s++) {
            int first = of.begin(s) + lane;
            scatter(of.atom, first, of.filled[s * COUNT + lane], forces);
            scatterClose(of, first, of.closeFilled[s * COUNT + lane], forces);
        }
        forces[3 * centre] += sums[lane];
        forces[3 * centre + 1] += sums[COUNT + lane];
        forces[3 * centre + 2] += sums[2 * COUNT + lane];
        // The pulls of one centre exert no torque, so the tensor is symmetric but for rounding.
        double yz = sums[6 * COUNT + lane];
        double xz = sums[7 * COUNT + lane];
        double xy = sums[8 * COUNT + lane];
        virial[0] -= sums[3 * COUNT + lane];
        virial[1] -= xy;
        virial[2] -= xz;
        virial[3] -= xy;
        virial[4] -= sums[4 * COUNT + lane];
        virial[5] -= yz;
        virial[6] -= xz;
        virial[7] -= yz;
        virial[8] -= sums[5 * COUNT + lane];
    }

    private void scatter(int[] atom, int first, int count, double[] forces) {
        int end = first + count * COUNT;
        for (int i = first; i < end; i += COUNT) {
            int at = 3 * atom[i];
            forces[at] -= px[i];
            forces[at + 1] -= py[i];
            forces[at + 2] -= pz[i];
        }
    }

    private void scatterClose(LaneNeighbours of, int first, int count, double[] forces) {
        int end = first + count * COUNT;
        for (int i = first; i < end; i += COUNT) {
            int at = 3 * of.atom[of.slotOf[i]];
            forces[at] -= closeX[i];
            forces[at + 1] -= closeY[i];
            forces[at + 2] -= closeZ[i];
        }
    }
}
