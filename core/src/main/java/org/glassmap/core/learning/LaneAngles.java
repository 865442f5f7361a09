package org.glassmap.core.learning;

import jdk.incubator.vector.DoubleVector;

/**
 * All pairs of close neighbours of eight atoms, {@code [pair][lane]}, in order of the pair of species (0,0), (0,1), …,
 * (1,1), …: the cosine of the angle between them and the product of their cutoff functions; and, backwards, how a
 * function of these pulls at the neighbours.
 */
final class LaneAngles {

    private static final int COUNT = Lanes.COUNT;
    private static final int WIDTH = Lanes.WIDTH;

    /** {@code [pairs of species + 1]}: first pair of each, an even number. */
    final int[] segments;

    double[] cosine = new double[0];
    double[] weight = new double[0];

    // dE/d(unit vector) and dE/d(cutoff function) of close slots.
    private double[] gx = new double[0];
    private double[] gy = new double[0];
    private double[] gz = new double[0];
    private double[] through = new double[0];

    LaneAngles(int kinds) {
        this.segments = new int[kinds * (kinds + 1) / 2 + 1];
    }

    void load(LaneNeighbours of) {
        reserve(of);
        int pairs = 0;
        int block = 0;
        for (int s = 0; s < of.kinds; s++) {
            for (int t = s; t < of.kinds; t++) {
                segments[block++] = pairs;
                for (int j = of.begin(s); j < of.closeEnd(s); j += COUNT) {
                    int from = s == t ? j + COUNT : of.begin(t);
                    int to = of.closeEnd(t);
                    if (from < to) {
                        pair(of, j, from, to, pairs * COUNT);
                        pairs += (to - from) / COUNT;
                    }
                }
                if (pairs % 2 == 1) {
                    java.util.Arrays.fill(cosine, pairs * COUNT, (pairs + 1) * COUNT, 0);
                    java.util.Arrays.fill(weight, pairs * COUNT, (pairs + 1) * COUNT, 0);
                    pairs++;
                }
            }
        }
        segments[block] = pairs;
    }

    private void pair(LaneNeighbours of, int j, int from, int to, int at) {
        for (int half = 0; half < COUNT; half += WIDTH) {
            DoubleVector x = Lanes.at(of.vx, j + half);
            DoubleVector y = Lanes.at(of.vy, j + half);
            DoubleVector z = Lanes.at(of.vz, j + half);
            DoubleVector f = Lanes.at(of.angular, j + half);
            int p = at + half;
            for (int k = from + half; k < to; k += COUNT) {
                Lanes.at(of.vx, k)
                        .mul(x)
                        .add(Lanes.at(of.vy, k).mul(y))
                        .add(Lanes.at(of.vz, k).mul(z))
                        .intoArray(cosine, p);
                Lanes.at(of.angular, k).mul(f).intoArray(weight, p);
                p += COUNT;
            }
        }
    }

    /**
     * Adds what pulls at close neighbours to {@code pulls}.
     *
     * @param value {@code [pair][lane]}: dE/d(weight) of every pair
     * @param slope {@code [pair][lane]}: dE/d(cosine)/weight
     */
    void pull(LaneNeighbours of, double[] value, double[] slope, LanePulls pulls) {
        for (int s = 0; s < of.kinds; s++) {
            clear(of.begin(s), of.closeEnd(s));
        }
        int block = 0;
        for (int s = 0; s < of.kinds; s++) {
            for (int t = s; t < of.kinds; t++) {
                int p = segments[block++] * COUNT;
                for (int j = of.begin(s); j < of.closeEnd(s); j += COUNT) {
                    int from = s == t ? j + COUNT : of.begin(t);
                    int to = of.closeEnd(t);
                    for (int half = 0; half < COUNT; half += WIDTH) {
                        pull(of, j + half, from + half, to, p + half, value, slope);
                    }
                    p += Math.max(0, to - from);
                }
            }
        }
        for (int s = 0; s < of.kinds; s++) {
            pulls.turnClose(of, of.begin(s), of.closeEnd(s), gx, gy, gz, through);
        }
    }

    private void clear(int from, int to) {
        java.util.Arrays.fill(gx, from, to, 0);
        java.util.Arrays.fill(gy, from, to, 0);
        java.util.Arrays.fill(gz, from, to, 0);
        java.util.Arrays.fill(through, from, to, 0);
    }

    private void pull(LaneNeighbours of, int j, int from, int to, int at, double[] value, double[] slope) {
        DoubleVector x = Lanes.at(of.vx, j);
        DoubleVector y = Lanes.at(of.vy, j);
        DoubleVector z = Lanes.at(of.vz, j);
        DoubleVector f = Lanes.at(of.angular, j);
        DoubleVector jx = Lanes.at(gx, j);
        DoubleVector jy = Lanes.at(gy, j);
        DoubleVector jz = Lanes.at(gz, j);
        DoubleVector jf = Lanes.at(through, j);
        int p = at;
        for (int k = from; k < to; k += COUNT) {
            DoubleVector bend = Lanes.at(weight, p).mul(Lanes.at(slope, p));
            DoubleVector rate = Lanes.at(value, p);
            jx = bend.fma(Lanes.at(of.vx, k), jx);
            jy = bend.fma(Lanes.at(of.vy, k), jy);
            jz = bend.fma(Lanes.at(of.vz, k), jz);
            jf = rate.fma(Lanes.at(of.angular, k), jf);
            bend.fma(x, Lanes.at(gx, k)).intoArray(gx, k);
            bend.fma(y, Lanes.at(gy, k)).intoArray(gy, k);
            bend.fma(z, Lanes.at(gz, k)).intoArray(gz, k);
            rate.fma(f, Lanes.at(through, k)).intoArray(through, k);
            p += COUNT;
        }
        jx.intoArray(gx, j);
        jy.intoArray(gy, j);
        jz.intoArray(gz, j);
        jf.intoArray(through, j);
    }

    private void reserve(LaneNeighbours of) {
        int pairs = 0;
        for (int s = 0; s < of.kinds; s++) {
            for (int t = s; t < of.kinds; t++) {
                pairs += of.closeSlots[s] * of.closeSlots[t] + 1;
            }
        }
        if (cosine.length < pairs * COUNT) {
            cosine = new double[(pairs + pairs / 4) * COUNT];
            weight = new double[cosine.length];
        }
        if (gx.length < of.vx.length) {
            gx = new double[of.vx.length];
            gy = new double[of.vx.length];
            gz = new double[of.vx.length];
            through = new double[of.vx.length];
        }
    }
}
