package org.glassmap.core.learning;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The derivatives of the descriptors of some consecutive atoms of a frame by positions, never formed but contracted: with
 * dE/dG to what acts between atoms ({@link #pull}), and along a field of displacements to the rates of G ({@link #push}).
 * Loaded once, it serves all members of a committee.
 *
 * <p>A neighbour at distance d is worth D_n = d/dd [fc T_n(x)] for the radial part, from two recurrences side by side:
 * P_n+1 = 2x P_n − P_n−1 for fc T_n, and D_n+1 = 2x D_n − D_n−1 + 2x′ P_n. The rows run over all neighbours of all loaded
 * atoms. Then dE/dd = Σ c_n D_n, and a rate is Σ (stretch of the distance) D_n: the same rows both ways.
 *
 * <p>What acts along a distance acts on both ends of an entry of the list, and the list has each pair at both ends:
 * sums over own entries and their reverses replace scattering. Keeps work space; one thread at a time.
 */
final class DescriptorDerivatives {

    /** About so many entries are loaded at once: the rows then stay within a processor's second-level cache. */
    private static final int ENTRIES = 768;

    private static final int SPARE = 8;

    private final Descriptor descriptor;
    private final int kinds;
    private final int radialOrders;
    private final int angularOrders;
    private final int blocks;
    private final ResolvedSums resolved;

    // What is loaded: atoms [first, last) of a frame, their entries from `base`.
    private @Nullable FrameGeometry of;
    private int first;
    private int last;
    private int base;

    // Rows over the loaded entries.
    private double[][] rates = new double[0][];
    private double[] before = new double[0];
    private double[] now = new double[0];
    private double[] twice = new double[0];
    private double[] slope = new double[0];
    private double[] result = new double[0];

    // Those within the angular cutoff, in the same order: the entry they are, fc and its slope.
    private final int[] closeStart;
    private int[] entry = new int[0];
    private double[] angular = new double[0];
    private double[] angularSlope = new double[0];
    private double[] closeDistance = new double[0];
    private double[] gx = new double[0];
    private double[] gy = new double[0];
    private double[] gz = new double[0];
    private double[] through = new double[0];

    // Pairs of these, each once, by atom and pair of species: rows T_n(cos) and T_n′(cos), and fc · fc.
    private final int[] pairSegments;
    private int[] pairFirst = new int[0];
    private int[] pairSecond = new int[0];
    private double[] weight = new double[0];
    private double[][] values = new double[0][];
    private double[][] slopes = new double[0][];
    private double[] value = new double[0];
    private double[] bend = new double[0];
    private double[] cosine = new double[0];

    // Coefficients of one atom, by species and pair of species.
    private final double[] radialPart;
    private final double[] angularPart;
    private final double[] sums = new double[8];

    DescriptorDerivatives(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.kinds = descriptor.environment().size();
        this.radialOrders = descriptor.radialOrder() + 1;
        this.angularOrders = descriptor.angularOrder() + 1;
        this.blocks = kinds * (kinds + 1) / 2;
        this.resolved = new ResolvedSums(descriptor);
        this.closeStart = new int[ENTRIES + 2];
        this.pairSegments = new int[(ENTRIES + 1) * blocks + 1];
        this.radialPart = new double[kinds * radialOrders + SPARE];
        this.angularPart = new double[blocks * angularOrders + SPARE];
        reserveClose(1);
        reservePairs(1);
    }

    /** Loads atoms from {@code from} on, as many as are worked up well together, if they are not yet. */
    void load(FrameGeometry g, int from) {
        if (g == of && from == first) {
            return;
        }
        of = null; // until all is loaded
        first = from;
        base = g.start(from);
        last = from + 1;
        while (last < g.size() && g.end(last) - base <= ENTRIES && last - first < ENTRIES) {
            last++;
        }
        loadRadial(g, g.end(last - 1) - base);
        loadAngular(g);
        of = g;
    }

    /** The first atom that is not loaded. */
    int last() {
        return last;
    }

    private void loadRadial(FrameGeometry g, int m) {
        reserveEntries(m);
        double cutoff = descriptor.radialCutoff();
        double scale = 2 / cutoff;
        System.arraycopy(g.distance, base, result, 0, m);
        Cutoff.evaluate(result, m, cutoff, before, slope);
        for (int k = 0; k < m; k++) {
            // x = 2d/R − 1, which ends at 1: beyond the cutoff everything is 0.
            twice[k] = 2 * (scale * Math.min(result[k], cutoff) - 1);
        }
        System.arraycopy(slope, 0, rates[0], 0, m);
        if (radialOrders > 1) {
            second(twice, before, slope, scale, m, now, rates[1]);
        }
        for (int n = 2; n < radialOrders; n++) {
            next(twice, 2 * scale, before, now, rates[n - 2], rates[n - 1], rates[n], m);
            double[] swap = before;
            before = now;
            now = swap;
        }
    }

    /** P_1 = x fc and D_1 = x fc′ + x′ fc. */
    private static void second(
            double[] twice, double[] fc, double[] slope, double scale, int m, double[] p, double[] d) {
        for (int k = 0; k < m; k++) {
            double x = 0.5 * twice[k];
            p[k] = x * fc[k];
            d[k] = x * slope[k] + scale * fc[k];
        }
    }

    /** The next P goes where the one before the last was. */
    private static void next(
            double[] twice, double stretch, double[] p0, double[] p1, double[] d0, double[] d1, double[] d2, int m) {
        for (int k = 0; k < m; k++) {
            double two = twice[k];
            double p = p1[k];
            p0[k] = two * p - p0[k];
            d2[k] = (two * d1[k] - d0[k]) + stretch * p;
        }
    }

    private void loadAngular(FrameGeometry g) {
        double cutoff = descriptor.angularCutoff();
        int close = 0;
        for (int i = first; i < last; i++) {
            closeStart[i - first] = close;
            for (int e = g.start(i); e < g.end(i); e++) {
                if (g.distance[e] < cutoff) {
                    reserveClose(close + 1);
                    entry[close] = e;
                    closeDistance[close] = g.distance[e];
                    close++;
                }
            }
        }
        closeStart[last - first] = close;
        Cutoff.evaluate(closeDistance, close, cutoff, angular, angularSlope);
        loadPairs(g);
    }

    private void loadPairs(FrameGeometry g) {
        int pairs = 0;
        int segment = 0;
        for (int i = first; i < last; i++) {
            for (int s = 0; s < kinds; s++) {
                for (int t = s; t < kinds; t++) {
                    pairSegments[segment++] = pairs;
                    pairs = loadPairs(g, i, s, t, pairs);
                }
            }
        }
        pairSegments[segment] = pairs;
        for (int p = 0; p < pairs; p++) {
            values[0][p] = 1;
            slopes[0][p] = 0;
        }
        if (angularOrders > 1) {
            System.arraycopy(cosine, 0, values[1], 0, pairs);
            Arrays.fill(slopes[1], 0, pairs, 1);
        }
        for (int n = 2; n < angularOrders; n++) {
            nextAngular(
                    cosine, values[n - 2], values[n - 1], slopes[n - 2], slopes[n - 1], values[n], slopes[n], pairs);
        }
    }

    private static void nextAngular(
            double[] x, double[] t0, double[] t1, double[] s0, double[] s1, double[] t2, double[] s2, int m) {
        for (int p = 0; p < m; p++) {
            double two = x[p] + x[p];
            double t = t1[p];
            t2[p] = two * t - t0[p];
            s2[p] = (two * s1[p] - s0[p]) + (t + t);
        }
    }

    private int loadPairs(FrameGeometry g, int i, int s, int t, int at) {
        int p = at;
        int end = closeStart[i - first + 1];
        for (int j = closeStart[i - first]; j < end; j++) {
            if (!isOf(g, entry[j], i, s)) {
                continue;
            }
            for (int k = s == t ? j + 1 : closeStart[i - first]; k < end; k++) {
                if (isOf(g, entry[k], i, t)) {
                    reservePairs(p + 1);
                    int a = entry[j];
                    int b = entry[k];
                    pairFirst[p] = j;
                    pairSecond[p] = k;
                    cosine[p] = g.ux[a] * g.ux[b] + g.uy[a] * g.uy[b] + g.uz[a] * g.uz[b];
                    weight[p] = angular[j] * angular[k];
                    p++;
                }
            }
        }
        return p;
    }

    private boolean isOf(FrameGeometry g, int e, int i, int species) {
        return e >= g.segments[i * kinds + species] && e < g.segments[i * kinds + species + 1];
    }

    /**
     * With dE/dG of the loaded atoms: dE/dd of every entry's distance into {@code along}, and what turns the directions of
     * close neighbours, at once to forces and virial.
     *
     * @param gradient {@code [· size]}, atom by atom, the frame's first atom at place {@code offset}
     * @param along {@code [entries]} of the whole frame; the loaded ones are filled
     * @param forces {@code [3n]}, eV/Å, added to
     * @param virial {@code [9]}, eV, added to
     */
    void pull(FrameGeometry g, double[] gradient, int offset, double[] along, double[] forces, double[] virial) {
        for (int i = first; i < last; i++) {
            resolved.spread(gradient, (offset + i) * descriptor.size(), radialPart, angularPart);
            for (int s = 0; s < kinds; s++) {
                int from = g.segments[i * kinds + s] - base;
                int to = g.segments[i * kinds + s + 1] - base;
                combine(rates, radialPart, s * radialOrders, radialOrders, from, to, result);
            }
            pullPairs(i, angularPart);
        }
        System.arraycopy(result, 0, along, base, g.end(last - 1) - base);
        turn(g, along, forces, virial);
    }

    private void pullPairs(int i, double[] coefficients) {
        int firstSegment = (i - first) * blocks;
        for (int b = 0; b < blocks; b++) {
            int from = pairSegments[firstSegment + b];
            int to = pairSegments[firstSegment + b + 1];
            combine(values, coefficients, b * angularOrders, angularOrders, from, to, value);
            combine(slopes, coefficients, b * angularOrders, angularOrders, from, to, bend);
        }
    }

    private void turn(FrameGeometry g, double[] along, double[] forces, double[] virial) {
        int close = closeStart[last - first];
        Arrays.fill(gx, 0, close, 0);
        Arrays.fill(gy, 0, close, 0);
        Arrays.fill(gz, 0, close, 0);
        Arrays.fill(through, 0, close, 0);
        int pairs = pairSegments[(last - first) * blocks];
        for (int p = 0; p < pairs; p++) {
            int j = pairFirst[p];
            int k = pairSecond[p];
            int a = entry[j];
            int b = entry[k];
            double turning = weight[p] * bend[p];
            gx[j] += turning * g.ux[b];
            gy[j] += turning * g.uy[b];
            gz[j] += turning * g.uz[b];
            gx[k] += turning * g.ux[a];
            gy[k] += turning * g.uy[a];
            gz[k] += turning * g.uz[a];
            through[j] += value[p] * angular[k];
            through[k] += value[p] * angular[j];
        }
        for (int i = first; i < last; i++) {
            for (int c = closeStart[i - first]; c < closeStart[i - first + 1]; c++) {
                along[entry[c]] += through[c] * angularSlope[c];
                turn(g, i, c, forces, virial);
            }
        }
    }

    /** A neighbour at d·û feels what turns û, (g − (g·û) û)/d. */
    private void turn(FrameGeometry g, int i, int c, double[] forces, double[] virial) {
        int e = entry[c];
        double ux = g.ux[e];
        double uy = g.uy[e];
        double uz = g.uz[e];
        double dot = gx[c] * ux + gy[c] * uy + gz[c] * uz;
        double tx = gx[c] - dot * ux;
        double ty = gy[c] - dot * uy;
        double tz = gz[c] - dot * uz;
        double inverse = 1 / g.distance[e];
        int at = 3 * g.atom[e];
        forces[at] -= tx * inverse;
        forces[at + 1] -= ty * inverse;
        forces[at + 2] -= tz * inverse;
        forces[3 * i] += tx * inverse;
        forces[3 * i + 1] += ty * inverse;
        forces[3 * i + 2] += tz * inverse;
        virial[0] -= tx * ux;
        virial[1] -= tx * uy;
        virial[2] -= tx * uz;
        virial[3] -= ty * ux;
        virial[4] -= ty * uy;
        virial[5] -= ty * uz;
        virial[6] -= tz * ux;
        virial[7] -= tz * uy;
        virial[8] -= tz * uz;
    }

    /**
     * Forces and virial of what acts along the distances of all entries of a frame.
     *
     * @param along {@code [entries]}, dE/dd, eV/Å
     */
    static void addCentral(FrameGeometry g, double[] along, double[] forces, double[] virial) {
        double xx = 0;
        double yy = 0;
        double zz = 0;
        double yz = 0;
        double xz = 0;
        double xy = 0;
        for (int i = 0; i < g.size(); i++) {
            double fx = 0;
            double fy = 0;
            double fz = 0;
            for (int e = g.start(i); e < g.end(i); e++) {
                // Own dE/dd and that of the neighbour, to whom this atom is one.
                double both = along[e] + along[g.reverse[e]];
                double px = both * g.ux[e];
                double py = both * g.uy[e];
                double pz = both * g.uz[e];
                fx += px;
                fy += py;
                fz += pz;
                double rx = g.distance[e] * g.ux[e];
                double ry = g.distance[e] * g.uy[e];
                double rz = g.distance[e] * g.uz[e];
                xx += px * rx;
                yy += py * ry;
                zz += pz * rz;
                yz += py * rz;
                xz += px * rz;
                xy += px * ry;
            }
            forces[3 * i] += fx;
            forces[3 * i + 1] += fy;
            forces[3 * i + 2] += fz;
        }
        // Each pair was met from both its ends.
        virial[0] -= 0.5 * xx;
        virial[1] -= 0.5 * xy;
        virial[2] -= 0.5 * xz;
        virial[3] -= 0.5 * xy;
        virial[4] -= 0.5 * yy;
        virial[5] -= 0.5 * yz;
        virial[6] -= 0.5 * xz;
        virial[7] -= 0.5 * yz;
        virial[8] -= 0.5 * zz;
    }

    /**
     * How fast every distance of a frame changes when atoms move along {@code field} and space is strained: the transpose
     * of {@link #addCentral}.
     *
     * @param field {@code [3n]}
     * @param strain {@code [9]}, row by row: a vector r changes by strain · r
     * @param own {@code [entries]} work space
     * @param stretch {@code [entries]}, filled
     */
    static void stretch(FrameGeometry g, double[] field, double[] strain, double[] own, double[] stretch) {
        double yz = strain[5] + strain[7];
        double xz = strain[2] + strain[6];
        double xy = strain[1] + strain[3];
        for (int i = 0; i < g.size(); i++) {
            project(g, g.start(i), g.end(i), field[3 * i], field[3 * i + 1], field[3 * i + 2], own);
        }
        strained(g, strain[0], strain[4], strain[8], yz, xz, xy, stretch);
        int[] reverse = g.reverse;
        for (int e = 0; e < g.entries(); e++) {
            stretch[e] -= own[e] + own[reverse[e]];
        }
    }

    private static void project(FrameGeometry g, int from, int to, double x, double y, double z, double[] own) {
        double[] ux = g.ux;
        double[] uy = g.uy;
        double[] uz = g.uz;
        for (int e = from; e < to; e++) {
            own[e] = x * ux[e] + y * uy[e] + z * uz[e];
        }
    }

    private static void strained(
            FrameGeometry g, double xx, double yy, double zz, double yz, double xz, double xy, double[] stretch) {
        double[] ux = g.ux;
        double[] uy = g.uy;
        double[] uz = g.uz;
        double[] d = g.distance;
        for (int e = 0; e < d.length; e++) {
            double bx = xx * ux[e] + xy * uy[e] + xz * uz[e];
            double by = yy * uy[e] + yz * uz[e];
            stretch[e] = d[e] * (bx * ux[e] + by * uy[e] + zz * uz[e] * uz[e]);
        }
    }

    /**
     * The derivative of G of the loaded atoms along a field.
     *
     * @param field {@code [3n]} and {@code strain [9]}, as given to {@link #stretch}
     * @param stretch {@code [entries]}, as made there
     * @param along {@code [· size]}, as the gradient of {@link #pull}; that of the loaded atoms is filled
     */
    void push(FrameGeometry g, double[] field, double[] strain, double[] stretch, double[] along, int offset) {
        System.arraycopy(stretch, base, result, 0, g.end(last - 1) - base);
        pushPairs(g, field, strain, stretch);
        for (int i = first; i < last; i++) {
            for (int s = 0; s < kinds; s++) {
                int from = g.segments[i * kinds + s] - base;
                int to = g.segments[i * kinds + s + 1] - base;
                project(rates, result, radialOrders, from, to, radialPart, s * radialOrders);
            }
            for (int b = 0; b < blocks; b++) {
                pushBlock((i - first) * blocks + b, angularPart, b * angularOrders);
            }
            resolved.store(radialPart, angularPart, along, (offset + i) * descriptor.size());
        }
    }

    private void pushPairs(FrameGeometry g, double[] field, double[] strain, double[] stretch) {
        for (int i = first; i < last; i++) {
            for (int c = closeStart[i - first]; c < closeStart[i - first + 1]; c++) {
                int e = entry[c];
                int j = 3 * g.atom[e];
                double d = g.distance[e];
                double rx = d * g.ux[e];
                double ry = d * g.uy[e];
                double rz = d * g.uz[e];
                double wx = field[j] - field[3 * i] + strain[0] * rx + strain[1] * ry + strain[2] * rz;
                double wy = field[j + 1] - field[3 * i + 1] + strain[3] * rx + strain[4] * ry + strain[5] * rz;
                double wz = field[j + 2] - field[3 * i + 2] + strain[6] * rx + strain[7] * ry + strain[8] * rz;
                // How û turns, and how fc(d) changes.
                double inverse = 1 / d;
                gx[c] = (wx - stretch[e] * g.ux[e]) * inverse;
                gy[c] = (wy - stretch[e] * g.uy[e]) * inverse;
                gz[c] = (wz - stretch[e] * g.uz[e]) * inverse;
                through[c] = stretch[e] * angularSlope[c];
            }
        }
        int pairs = pairSegments[(last - first) * blocks];
        for (int p = 0; p < pairs; p++) {
            int j = pairFirst[p];
            int k = pairSecond[p];
            int a = entry[j];
            int b = entry[k];
            value[p] = through[j] * angular[k] + angular[j] * through[k];
            bend[p] = weight[p]
                    * ((gx[j] * g.ux[b] + gy[j] * g.uy[b] + gz[j] * g.uz[b])
                            + (gx[k] * g.ux[a] + gy[k] * g.uy[a] + gz[k] * g.uz[a]));
        }
    }

    private void pushBlock(int segment, double[] out, int at) {
        int from = pairSegments[segment];
        int to = pairSegments[segment + 1];
        for (int n = 0; n < angularOrders; n++) {
            double[] t = values[n];
            double[] s = slopes[n];
            double sum = 0;
            for (int p = from; p < to; p++) {
                sum += value[p] * t[p] + bend[p] * s[p];
            }
            out[at + n] = sum;
        }
    }

    /** out_k = Σ_n c_n rows_n[k] for the points from ≤ k &lt; to. */
    private static void combine(double[][] rows, double[] c, int at, int orders, int from, int to, double[] out) {
        if (from == to) {
            return;
        }
        first(rows, c, at, orders, from, to, out);
        for (int n = 4; n < orders; n += 4) {
            addFour(rows, n, c, at, orders, from, to, out);
        }
    }

    private static double at(double[] c, int at, int n, int orders) {
        return n < orders ? c[at + n] : 0;
    }

    private static void first(double[][] rows, double[] c, int at, int orders, int from, int to, double[] out) {
        double[] r0 = rows[0];
        double[] r1 = rows[1];
        double[] r2 = rows[2];
        double[] r3 = rows[3];
        double a0 = c[at];
        double a1 = at(c, at, 1, orders);
        double a2 = at(c, at, 2, orders);
        double a3 = at(c, at, 3, orders);
        for (int k = from; k < to; k++) {
            out[k] = (a0 * r0[k] + a1 * r1[k]) + (a2 * r2[k] + a3 * r3[k]);
        }
    }

    private static void addFour(
            double[][] rows, int n, double[] c, int at, int orders, int from, int to, double[] out) {
        double[] r0 = rows[n];
        double[] r1 = rows[n + 1];
        double[] r2 = rows[n + 2];
        double[] r3 = rows[n + 3];
        double a0 = c[at + n];
        double a1 = at(c, at, n + 1, orders);
        double a2 = at(c, at, n + 2, orders);
        double a3 = at(c, at, n + 3, orders);
        for (int k = from; k < to; k++) {
            out[k] = out[k] + ((a0 * r0[k] + a1 * r1[k]) + (a2 * r2[k] + a3 * r3[k]));
        }
    }

    /** out_n = Σ_k w_k rows_n[k]. Several sums at a time: each is a chain of additions. */
    private void project(double[][] rows, double[] w, int orders, int from, int to, double[] out, int at) {
        for (int n = 0; n < orders; n += 8) {
            sumEight(rows, n, w, from, to, sums);
            System.arraycopy(sums, 0, out, at + n, Math.min(8, orders - n));
        }
    }

    private static void sumEight(double[][] rows, int n, double[] w, int from, int to, double[] sums) {
        double[] r0 = rows[n];
        double[] r1 = rows[n + 1];
        double[] r2 = rows[n + 2];
        double[] r3 = rows[n + 3];
        double[] r4 = rows[n + 4];
        double[] r5 = rows[n + 5];
        double[] r6 = rows[n + 6];
        double[] r7 = rows[n + 7];
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int k = from; k < to; k++) {
            double f = w[k];
            s0 += f * r0[k];
            s1 += f * r1[k];
            s2 += f * r2[k];
            s3 += f * r3[k];
            s4 += f * r4[k];
            s5 += f * r5[k];
            s6 += f * r6[k];
            s7 += f * r7[k];
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[4] = s4;
        sums[5] = s5;
        sums[6] = s6;
        sums[7] = s7;
    }

    private void reserveEntries(int m) {
        if (result.length < m) {
            int capacity = m + m / 4;
            rates = new double[radialOrders + SPARE][capacity];
            before = new double[capacity];
            now = new double[capacity];
            twice = new double[capacity];
            slope = new double[capacity];
            result = new double[capacity];
        }
    }

    private void reserveClose(int count) {
        if (entry.length < count) {
            int capacity = Math.max(64, 2 * count);
            entry = Arrays.copyOf(entry, capacity);
            closeDistance = Arrays.copyOf(closeDistance, capacity);
            angular = new double[capacity];
            angularSlope = new double[capacity];
            gx = new double[capacity];
            gy = new double[capacity];
            gz = new double[capacity];
            through = new double[capacity];
        }
    }

    private void reservePairs(int count) {
        if (cosine.length < count) {
            int capacity = Math.max(64, 2 * count);
            pairFirst = Arrays.copyOf(pairFirst, capacity);
            pairSecond = Arrays.copyOf(pairSecond, capacity);
            cosine = Arrays.copyOf(cosine, capacity);
            weight = Arrays.copyOf(weight, capacity);
            value = new double[capacity];
            bend = new double[capacity];
            values = new double[angularOrders + SPARE][capacity];
            slopes = new double[angularOrders + SPARE][capacity];
        }
    }
}
