package org.glassmap.core.learning;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;

/**
 * The neighbours of eight atoms, in slots {@code [slot][lane]}: every species has its own stretch of slots, filled from
 * its beginning to the most that any of the eight has of it; an atom with fewer has empty slots there, whose cutoff
 * function is 0. Those within the angular cutoff stand once more, in the same way, in close slots. What {@link
 * Surroundings} is for one atom.
 */
final class LaneNeighbours {

    private static final int COUNT = Lanes.COUNT;

    final int kinds;
    private final double radialCutoff;
    private final double angularCutoff;
    private final LaneCutoff radialTaper;
    private final LaneCutoff angularTaper;

    /** Slots that every species has room for. */
    int capacity;

    /** {@code [kind][lane]}: slots that are filled. */
    final int[] filled;

    /** Per kind: the most of any lane, rounded up to even. */
    final int[] slots;

    /** As they are loaded: {@code [slot][x, y, z, distance][lane]}, Å; side by side, because loading writes all four. */
    private double[] loaded = new double[0];

    int[] atom = new int[0];
    double[] ux = new double[0];
    double[] uy = new double[0];
    double[] uz = new double[0];
    double[] distance = new double[0];
    double[] x = new double[0];
    double[] radial = new double[0];
    double[] radialSlope = new double[0];

    final int[] closeFilled;

    /** Per kind: the most of any lane. */
    final int[] closeSlots;

    /** Where a close slot's neighbour stands in the arrays above. */
    int[] slotOf = new int[0];

    double[] vx = new double[0];
    double[] vy = new double[0];
    double[] vz = new double[0];
    double[] closeDistance = new double[0];
    double[] angular = new double[0];
    double[] angularSlope = new double[0];

    private final int[] next;
    private final int[] nextClose;

    LaneNeighbours(Descriptor descriptor) {
        this.kinds = descriptor.environment().size();
        this.radialCutoff = descriptor.radialCutoff();
        this.angularCutoff = descriptor.angularCutoff();
        this.radialTaper = new LaneCutoff(radialCutoff);
        this.angularTaper = new LaneCutoff(angularCutoff);
        this.filled = new int[kinds * COUNT];
        this.slots = new int[kinds];
        this.closeFilled = new int[kinds * COUNT];
        this.closeSlots = new int[kinds];
        this.next = new int[kinds];
        this.nextClose = new int[kinds];
    }

    /** First entry of the stretch of a species, of all arrays with a slot and a lane. */
    int begin(int kind) {
        return kind * capacity * COUNT;
    }

    /** One past the last entry of its slots, filled or not. */
    int end(int kind) {
        return (kind * capacity + slots[kind]) * COUNT;
    }

    int closeEnd(int kind) {
        return (kind * capacity + closeSlots[kind]) * COUNT;
    }

    /** Takes the neighbours of one more atom.
     *
     * @param kind place of every atom's species in the environment
     */
    void load(NeighbourList list, int[] kind, int i, int lane) {
        double reach = Math.max(radialCutoff, angularCutoff);
        Arrays.fill(next, 0);
        Arrays.fill(nextClose, 0);
        double nearest = Double.POSITIVE_INFINITY;
        int end = list.end(i);
        for (int k = list.start(i); k < end; k++) {
            // No branch on a distance, which a processor cannot guess: what is too far is overwritten by the next.
            int j = list.neighbour(k);
            int s = kind[j];
            double d = list.distance(k);
            int slot = next[s];
            int at = (s * capacity + slot) * COUNT + lane;
            atom[at] = j;
            int place = 4 * at - 3 * lane;
            loaded[place] = list.dx(k);
            loaded[place + COUNT] = list.dy(k);
            loaded[place + 2 * COUNT] = list.dz(k);
            loaded[place + 3 * COUNT] = d;
            next[s] = slot + (d < reach ? 1 : 0);
            int close = nextClose[s];
            slotOf[(s * capacity + close) * COUNT + lane] = at;
            nextClose[s] = close + (d < angularCutoff ? 1 : 0);
            if (d < nearest) {
                nearest = d;
            }
        }
        if (!(nearest > Surroundings.COINCIDENT)) {
            throw coincident(list, i);
        }
        for (int s = 0; s < kinds; s++) {
            filled[s * COUNT + lane] = next[s];
            closeFilled[s * COUNT + lane] = nextClose[s];
        }
    }

    private static InvalidStructureException coincident(NeighbourList list, int i) {
        int nearest = list.start(i);
        for (int k = list.start(i); k < list.end(i); k++) {
            nearest = list.distance(k) < list.distance(nearest) ? k : nearest;
        }
        return Surroundings.coincident(i, list.neighbour(nearest), list.distance(nearest));
    }

    /** A lane without an atom. */
    void leaveEmpty(int lane) {
        for (int s = 0; s < kinds; s++) {
            filled[s * COUNT + lane] = 0;
            closeFilled[s * COUNT + lane] = 0;
        }
    }

    /** After all lanes are loaded: unit vectors, cutoff functions and the argument of the radial polynomials. */
    void complete() {
        double scale = 2 / radialCutoff;
        for (int s = 0; s < kinds; s++) {
            fillEmptySlots(s);
            for (int half = 0; half < COUNT; half += Lanes.WIDTH) {
                for (int i = begin(s); i < end(s); i += COUNT) {
                    int from = 4 * i + half;
                    DoubleVector d = Lanes.at(loaded, from + 3 * COUNT);
                    DoubleVector inverse = Lanes.all(1).div(d);
                    Lanes.at(loaded, from).mul(inverse).intoArray(ux, i + half);
                    Lanes.at(loaded, from + COUNT).mul(inverse).intoArray(uy, i + half);
                    Lanes.at(loaded, from + 2 * COUNT).mul(inverse).intoArray(uz, i + half);
                    d.intoArray(distance, i + half);
                    d.min(radialCutoff).mul(scale).sub(1).intoArray(x, i + half);
                }
            }
            radialTaper.evaluate(distance, begin(s), end(s), radial, radialSlope);
            copyClose(s);
            angularTaper.evaluate(closeDistance, begin(s), closeEnd(s), angular, angularSlope);
        }
    }

    private void fillEmptySlots(int s) {
        int most = most(filled, s);
        slots[s] = most + most % 2;
        double far = Math.max(radialCutoff, angularCutoff);
        for (int lane = 0; lane < COUNT; lane++) {
            int slot = s * capacity + filled[s * COUNT + lane];
            for (; slot < s * capacity + slots[s]; slot++) {
                int place = 4 * COUNT * slot + lane;
                loaded[place] = far;
                loaded[place + COUNT] = 0;
                loaded[place + 2 * COUNT] = 0;
                loaded[place + 3 * COUNT] = far;
            }
        }
    }

    private void copyClose(int s) {
        closeSlots[s] = most(closeFilled, s);
        for (int lane = 0; lane < COUNT; lane++) {
            int to = begin(s) + lane;
            for (int c = closeFilled[s * COUNT + lane]; c > 0; c--) {
                int from = slotOf[to];
                vx[to] = ux[from];
                vy[to] = uy[from];
                vz[to] = uz[from];
                closeDistance[to] = distance[from];
                to += COUNT;
            }
            // Empty slots hold a true unit vector, so that no cosine leaves −1 to 1.
            for (; to < closeEnd(s); to += COUNT) {
                vx[to] = 1;
                vy[to] = 0;
                vz[to] = 0;
                closeDistance[to] = angularCutoff;
            }
        }
    }

    private static int most(int[] filled, int s) {
        int most = 0;
        for (int lane = 0; lane < COUNT; lane++) {
            most = Math.max(most, filled[s * COUNT + lane]);
        }
        return most;
    }

    /** Makes room for atoms with up to {@code count} neighbours; what was loaded is lost if it had to grow. */
    void reserve(int count) {
        // One more each: an entry too far is written before it is given up, and slots are even in number.
        if (capacity < count + 2) {
            capacity = (count + count / 4 + 3) / 2 * 2;
            int entries = kinds * capacity * COUNT;
            atom = new int[entries];
            slotOf = new int[entries];
            loaded = new double[4 * entries];
            ux = new double[entries];
            uy = new double[entries];
            uz = new double[entries];
            distance = new double[entries];
            x = new double[entries];
            radial = new double[entries];
            radialSlope = new double[entries];
            vx = new double[entries];
            vy = new double[entries];
            vz = new double[entries];
            closeDistance = new double[entries];
            angular = new double[entries];
            angularSlope = new double[entries];
        }
    }
}
