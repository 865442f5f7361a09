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
    private static final double COINCIDENT = 1e-3;

    private final int kinds;
    private final double radialCutoff;
    private final double angularCutoff;

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

    // Pairs of these, first < second, in order of the pair of species (0,0), (0,1), …, (1,1), ….
    final int[] pairSegments;
    int[] first = new int[0];
    int[] second = new int[0];
    double[] cosine = new double[0];
    double[] weight = new double[0];

    Surroundings(Descriptor descriptor) {
        this.kinds = descriptor.environment().size();
        this.radialCutoff = descriptor.radialCutoff();
        this.angularCutoff = descriptor.angularCutoff();
        this.segments = new int[kinds + 1];
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
        int slots = 0;
        for (int s = 0; s < kinds; s++) {
            segments[s] = slots;
            for (int k = list.start(i); k < list.end(i); k++) {
                double d = list.distance(k);
                if (kind[list.neighbour(k)] == s && d < reach) {
                    if (!(d > COINCIDENT)) {
                        throw new InvalidStructureException(
                                "positions",
                                "atoms %d and %d are %s Å apart; a potential needs atoms that do not coincide"
                                        .formatted(i + 1, list.neighbour(k) + 1, d));
                    }
                    double inverse = 1 / d;
                    atom[slots] = list.neighbour(k);
                    ux[slots] = list.dx(k) * inverse;
                    uy[slots] = list.dy(k) * inverse;
                    uz[slots] = list.dz(k) * inverse;
                    distance[slots] = d;
                    slots++;
                }
            }
        }
        segments[kinds] = slots;
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
        for (int s = 0; s < kinds; s++) {
            for (int t = s; t < kinds; t++) {
                pairSegments[block++] = pairs;
                for (int j = angularSegments[s]; j < angularSegments[s + 1]; j++) {
                    double x0 = vx[j];
                    double y0 = vy[j];
                    double z0 = vz[j];
                    double f0 = angular[j];
                    for (int k = s == t ? j + 1 : angularSegments[t]; k < angularSegments[t + 1]; k++) {
                        first[pairs] = j;
                        second[pairs] = k;
                        cosine[pairs] = x0 * vx[k] + y0 * vy[k] + z0 * vz[k];
                        weight[pairs] = f0 * angular[k];
                        pairs++;
                    }
                }
            }
        }
        pairSegments[block] = pairs;
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
        }
    }

    private void reservePairs(int pairs) {
        if (cosine.length < pairs) {
            int capacity = Math.max(32, pairs + pairs / 4);
            first = new int[capacity];
            second = new int[capacity];
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
