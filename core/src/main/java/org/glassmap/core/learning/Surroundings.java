package org.glassmap.core.learning;

import java.util.Arrays;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;

/**
 * The geometry around one atom as the descriptor's sums need it: its neighbours sorted by species, their unit vectors
 * and cutoff functions, and all pairs of those within the angular cutoff, sorted by pair of species. Filled anew for
 * atom after atom; one thread at a time.
 */
final class Surroundings {

    /** Closer than this, Å, directions are noise. Proximity refuses far earlier where structures come in. */
    static final double COINCIDENT = 1e-3;

    private final int kinds;
    private final double radialCutoff;
    private final double angularCutoff;

    private final int[] next;

    // Neighbours: slots in order of species, within a species in the order of the list.
    int centre;
    final int[] segments;
    int[] atom = new int[0];
    double[] ux = new double[0];
    double[] uy = new double[0];
    double[] uz = new double[0];
    double[] distance = new double[0];
    double[] x = new double[0];
    double[] radial = new double[0];
    double[] radialSlope = new double[0];

    // Those within the angular cutoff, in the same order; slot leads back.
    final int[] angularSegments;
    int[] slot = new int[0];
    double[] vx = new double[0];
    double[] vy = new double[0];
    double[] vz = new double[0];
    double[] angularDistance = new double[0];
    double[] angular = new double[0];
    double[] angularSlope = new double[0];

    // Pairs of these, each once, in order of the pair of species (0,0), (0,1), …, (1,1), …; within that in runs of one
    // first neighbour and all second ones from a beginning to an end.
    int runs;
    int[] runFirst = new int[0];
    int[] runBegin = new int[0];
    int[] runEnd = new int[0];
    final int[] pairSegments;
    double[] cosine = new double[0];
    double[] weight = new double[0];

    Surroundings(Descriptor descriptor) {
        this.kinds = descriptor.environment().size();
        this.radialCutoff = descriptor.radialCutoff();
        this.angularCutoff = descriptor.angularCutoff();
        this.segments = new int[kinds + 1];
        this.next = new int[kinds + 1];
        this.angularSegments = new int[kinds + 1];
        this.pairSegments = new int[kinds * (kinds + 1) / 2 + 1];
    }

    /** @param kind place of every atom's species in the environment */
    void load(NeighbourList list, int[] kind, int i) {
        centre = i;
        reserveNeighbours(list.count(i));
        gather(list, kind, i);
        int count = segments[kinds];
        double scale = 2 / radialCutoff;
        for (int k = 0; k < count; k++) {
            x[k] = scale * Math.min(distance[k], radialCutoff) - 1;
        }
        Cutoff.evaluate(distance, count, radialCutoff, radial, radialSlope);
        gatherAngular();
        int close = angularSegments[kinds];
        Cutoff.evaluate(angularDistance, close, angularCutoff, angular, angularSlope);
        reservePairs(close * (close - 1) / 2);
        pair();
    }

    private void gather(NeighbourList list, int[] kind, int i) {
        double reach = Math.max(radialCutoff, angularCutoff);
        int from = list.start(i);
        int to = list.end(i);
        Arrays.fill(next, 0);
        for (int k = from; k < to; k++) {
            next[kind[list.neighbour(k)] + 1] += list.distance(k) < reach ? 1 : 0;
        }
        for (int s = 0; s < kinds; s++) {
            next[s + 1] += next[s];
        }
        System.arraycopy(next, 0, segments, 0, kinds + 1);
        for (int k = from; k < to; k++) {
            double d = list.distance(k);
            if (d < reach) {
                int j = list.neighbour(k);
                int place = next[kind[j]]++;
                double inverse = 1 / d;
                atom[place] = j;
                ux[place] = list.dx(k) * inverse;
                uy[place] = list.dy(k) * inverse;
                uz[place] = list.dz(k) * inverse;
                distance[place] = d;
            }
        }
        for (int k = 0; k < segments[kinds]; k++) {
            if (!(distance[k] > COINCIDENT)) {
                throw coincident(list, i, atom[k], distance[k]);
            }
        }
    }

    static InvalidStructureException coincident(NeighbourList list, int i, int j, double distance) {
        int a = list.atom(i);
        int b = list.atom(j);
        return new InvalidStructureException(
                "positions",
                "atoms %d and %d are %s Å apart; a potential needs atoms that do not coincide"
                        .formatted(Math.min(a, b) + 1, Math.max(a, b) + 1, distance));
    }

    private void gatherAngular() {
        int close = 0;
        for (int s = 0; s < kinds; s++) {
            angularSegments[s] = close;
            for (int k = segments[s]; k < segments[s + 1]; k++) {
                if (distance[k] < angularCutoff) {
                    slot[close] = k;
                    vx[close] = ux[k];
                    vy[close] = uy[k];
                    vz[close] = uz[k];
                    angularDistance[close] = distance[k];
                    close++;
                }
            }
        }
        angularSegments[kinds] = close;
    }

    private void pair() {
        int pairs = 0;
        int block = 0;
        runs = 0;
        for (int s = 0; s < kinds; s++) {
            for (int t = s; t < kinds; t++) {
                pairSegments[block++] = pairs;
                for (int j = angularSegments[s]; j < angularSegments[s + 1]; j++) {
                    int begin = s == t ? j + 1 : angularSegments[t];
                    int end = angularSegments[t + 1];
                    if (begin < end) {
                        runFirst[runs] = j;
                        runBegin[runs] = begin;
                        runEnd[runs] = end;
                        runs++;
                        pair(j, begin, end, pairs);
                        pairs += end - begin;
                    }
                }
            }
        }
        pairSegments[block] = pairs;
    }

    private void pair(int j, int begin, int end, int at) {
        double x0 = vx[j];
        double y0 = vy[j];
        double z0 = vz[j];
        double f0 = angular[j];
        int p = at;
        for (int k = begin; k < end; k++) {
            cosine[p] = x0 * vx[k] + y0 * vy[k] + z0 * vz[k];
            weight[p] = f0 * angular[k];
            p++;
        }
    }

    private void reserveNeighbours(int count) {
        if (atom.length < count) {
            int capacity = Math.max(64, count + count / 4);
            atom = new int[capacity];
            ux = new double[capacity];
            uy = new double[capacity];
            uz = new double[capacity];
            distance = new double[capacity];
            x = new double[capacity];
            radial = new double[capacity];
            radialSlope = new double[capacity];
            slot = new int[capacity];
            vx = new double[capacity];
            vy = new double[capacity];
            vz = new double[capacity];
            angularDistance = new double[capacity];
            angular = new double[capacity];
            angularSlope = new double[capacity];
            runFirst = new int[kinds * capacity];
            runBegin = new int[kinds * capacity];
            runEnd = new int[kinds * capacity];
        }
    }

    private void reservePairs(int pairs) {
        if (cosine.length < pairs) {
            int capacity = Math.max(32, pairs + pairs / 4);
            cosine = new double[capacity];
            weight = new double[capacity];
        }
    }

    int neighbours() {
        return segments[kinds];
    }

    int close() {
        return angularSegments[kinds];
    }

    int pairs() {
        return pairSegments[pairSegments.length - 1];
    }

    @Override
    public String toString() {
        return "Surroundings[atom %d, %d neighbours %s, %d pairs]"
                .formatted(centre, neighbours(), Arrays.toString(segments), pairs());
    }
}
