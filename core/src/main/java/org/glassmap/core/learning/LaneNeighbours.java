package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.DoubleVector;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours of eight atoms, in slots {@code [slot][lane]}: every species has its own stretch of slots, filled from
 * its beginning to the most that any of the eight has of it; an atom with fewer has empty slots there, whose cutoff
 * function is 0. Those within the angular cutoff stand once more, in the same way, in close slots. What {@link
 * Surroundings} is for one atom.
 *
 * <p>Energies need distances alone and, of close neighbours, directions. What only derivatives need is added
 * by {@link #loadVectors}, {@link #turn}, {@link #differentiate} and {@link #differentiateClose}.
 */
final class LaneNeighbours {

    private static final int COUNT = Lanes.COUNT;

    /** Of a counter of neighbours of one species, where all counters share a number. */
    private static final int BITS = 12;

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

    private final @Nullable NeighbourList[] lists = new NeighbourList[COUNT];

    /** Where a slot's neighbour stands in its lane's list. */
    private int[] entry = new int[0];

    double[] distance = new double[0];
    double[] x = new double[0];

    /** The cutoff function is the square of this cosine. */
    private double[] radialCosine = new double[0];

    double[] radial = new double[0];

    // For derivatives.
    int[] atom = new int[0];
    double[] ux = new double[0];
    double[] uy = new double[0];
    double[] uz = new double[0];
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
    private double[] angularCosine = new double[0];
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
        lists[lane] = list;
        double nearest = kinds * BITS <= Long.SIZE && list.count(i) < 1 << BITS
                ? loadFewSpecies(list, kind, i, lane)
                : loadManySpecies(list, kind, i, lane);
        if (!(nearest > Surroundings.COINCIDENT)) {
            throw coincident(list, i);
        }
        for (int s = 0; s < kinds; s++) {
            filled[s * COUNT + lane] = next[s];
            closeFilled[s * COUNT + lane] = nextClose[s];
        }
    }

    /** All counters in one number: in memory, each neighbour would wait for the count that the last one wrote. */
    private double loadFewSpecies(NeighbourList list, int[] kind, int i, int lane) {
        double reach = Math.max(radialCutoff, angularCutoff);
        double nearest = Double.POSITIVE_INFINITY;
        int mask = (1 << BITS) - 1;
        long counts = 0;
        long closeCounts = 0;
        int end = list.end(i);
        for (int k = list.start(i); k < end; k++) {
            // No branch on a distance, which a processor cannot guess: what is too far is overwritten by the next.
            int s = kind[list.neighbour(k)];
            double d = list.distance(k);
            int shift = s * BITS;
            int first = s * capacity;
            int at = (first + ((int) (counts >>> shift) & mask)) * COUNT + lane;
            entry[at] = k;
            distance[at] = d;
            counts += below(d, reach) << shift;
            slotOf[(first + ((int) (closeCounts >>> shift) & mask)) * COUNT + lane] = at;
            closeCounts += below(d, angularCutoff) << shift;
            if (d < nearest) {
                nearest = d;
            }
        }
        for (int s = 0; s < kinds; s++) {
            next[s] = (int) (counts >>> s * BITS) & mask;
            nextClose[s] = (int) (closeCounts >>> s * BITS) & mask;
        }
        return nearest;
    }

    private double loadManySpecies(NeighbourList list, int[] kind, int i, int lane) {
        double reach = Math.max(radialCutoff, angularCutoff);
        double nearest = Double.POSITIVE_INFINITY;
        Arrays.fill(next, 0);
        Arrays.fill(nextClose, 0);
        for (int k = list.start(i); k < list.end(i); k++) {
            int s = kind[list.neighbour(k)];
            double d = list.distance(k);
            int at = (s * capacity + next[s]) * COUNT + lane;
            entry[at] = k;
            distance[at] = d;
            next[s] += (int) below(d, reach);
            slotOf[(s * capacity + nextClose[s]) * COUNT + lane] = at;
            nextClose[s] += (int) below(d, angularCutoff);
            nearest = Math.min(nearest, d);
        }
        return nearest;
    }

    /** 1 if d &lt; limit, else 0: the sign of the difference, which no branch has to find out. */
    private static long below(double d, double limit) {
        return Double.doubleToRawLongBits(d - limit) >>> 63;
    }

    private static InvalidStructureException coincident(NeighbourList list, int i) {
        int nearest = list.start(i);
        for (int k = list.start(i); k < list.end(i); k++) {
            nearest = list.distance(k) < list.distance(nearest) ? k : nearest;
        }
        return Surroundings.coincident(list, i, list.neighbour(nearest), list.distance(nearest));
    }

    /** A lane without an atom. */
    void leaveEmpty(int lane) {
        for (int s = 0; s < kinds; s++) {
            filled[s * COUNT + lane] = 0;
            closeFilled[s * COUNT + lane] = 0;
        }
    }

    /** After all lanes are loaded: empty slots, and the argument of the radial polynomials. */
    void complete() {
        double scale = 2 / radialCutoff;
        for (int s = 0; s < kinds; s++) {
            fillEmptySlots(s);
            for (int i = begin(s); i < end(s); i += Lanes.WIDTH) {
                Lanes.at(distance, i).min(radialCutoff).mul(scale).sub(1).intoArray(x, i);
            }
        }
    }

    /** After {@link #complete}: cutoff functions. */
    void taper() {
        for (int s = 0; s < kinds; s++) {
            radialTaper.evaluate(distance, begin(s), end(s), radialCosine, radial);
        }
    }

    /** After {@link #loadClose}: cutoff functions of close ones. */
    void taperClose() {
        for (int s = 0; s < kinds; s++) {
            angularTaper.evaluate(closeDistance, begin(s), closeEnd(s), angularCosine, angular);
        }
    }

    private void fillEmptySlots(int s) {
        int most = most(filled, s);
        slots[s] = most + most % 2;
        double far = Math.max(radialCutoff, angularCutoff);
        for (int lane = 0; lane < COUNT; lane++) {
            int slot = s * capacity + filled[s * COUNT + lane];
            for (; slot < s * capacity + slots[s]; slot++) {
                distance[slot * COUNT + lane] = far;
            }
        }
    }

    /** After {@link #complete}: distances and directions of close ones. */
    void loadClose() {
        for (int s = 0; s < kinds; s++) {
            loadClose(s);
        }
    }

    private void loadClose(int s) {
        closeSlots[s] = most(closeFilled, s);
        for (int lane = 0; lane < COUNT; lane++) {
            int to = begin(s) + lane;
            int filledTo = to + closeFilled[s * COUNT + lane] * COUNT;
            if (to < filledTo) {
                NeighbourList list = list(lane);
                for (; to < filledTo; to += COUNT) {
                    int k = entry[slotOf[to]];
                    double inverse = 1 / list.distance(k);
                    vx[to] = list.dx(k) * inverse;
                    vy[to] = list.dy(k) * inverse;
                    vz[to] = list.dz(k) * inverse;
                    closeDistance[to] = list.distance(k);
                }
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

    private NeighbourList list(int lane) {
        return Objects.requireNonNull(lists[lane], "no atom was loaded");
    }

    /** After {@link #complete}: who the neighbours are, and the vectors to them. */
    void loadVectors() {
        for (int s = 0; s < kinds; s++) {
            for (int lane = 0; lane < COUNT; lane++) {
                loadVectors(s, lane);
            }
        }
    }

    /** After {@link #loadVectors}: makes unit vectors of them. */
    void turn() {
        for (int s = 0; s < kinds; s++) {
            for (int i = begin(s); i < end(s); i += Lanes.WIDTH) {
                DoubleVector inverse = Lanes.all(1).div(Lanes.at(distance, i));
                Lanes.at(ux, i).mul(inverse).intoArray(ux, i);
                Lanes.at(uy, i).mul(inverse).intoArray(uy, i);
                Lanes.at(uz, i).mul(inverse).intoArray(uz, i);
            }
        }
    }

    /** After {@link #taper}: the derivatives of cutoff functions. */
    void differentiate() {
        for (int s = 0; s < kinds; s++) {
            radialTaper.differentiate(distance, radialCosine, begin(s), end(s), radialSlope);
        }
    }

    /** The same of close ones. */
    void differentiateClose() {
        for (int s = 0; s < kinds; s++) {
            angularTaper.differentiate(closeDistance, angularCosine, begin(s), closeEnd(s), angularSlope);
        }
    }

    private void loadVectors(int s, int lane) {
        int at = begin(s) + lane;
        int filledTo = at + filled[s * COUNT + lane] * COUNT;
        if (at < filledTo) {
            NeighbourList list = list(lane);
            for (; at < filledTo; at += COUNT) {
                int k = entry[at];
                atom[at] = list.neighbour(k);
                ux[at] = list.dx(k);
                uy[at] = list.dy(k);
                uz[at] = list.dz(k);
            }
        }
        for (; at < end(s); at += COUNT) {
            ux[at] = distance[at];
            uy[at] = 0;
            uz[at] = 0;
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
            entry = new int[entries];
            radialCosine = new double[entries];
            angularCosine = new double[entries];
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
