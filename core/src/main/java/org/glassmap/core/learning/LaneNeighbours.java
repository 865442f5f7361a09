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

    // The atom of every lane.
    private final @Nullable NeighbourList[] lists = new NeighbourList[COUNT];
    private final int[][] kindsOf = new int[COUNT][0];
    private final int[] centres = new int[COUNT];

    // Its neighbours as the list has them.
    private double[] found = new double[0];
    private double[] foundKind = new double[0];

    /** {@code [lane][kind][slot]}: as they are sorted, species by species. */
    private double[] rowDistance = new double[0];

    /** Which of those that were found. */
    private int[] rowFound = new int[0];

    /** Slots of those that are close. */
    private int[] rowClose = new int[0];

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

    /** Says which atom a lane stands for.
     *
     * @param kind place of every atom's species in the environment
     */
    void load(NeighbourList list, int[] kind, int i, int lane) {
        lists[lane] = list;
        kindsOf[lane] = kind;
        centres[lane] = i;
    }

    /** After all lanes are loaded: every lane's neighbours by species, in rows of their own. */
    void sort() {
        for (int lane = 0; lane < COUNT; lane++) {
            NeighbourList list = lists[lane];
            if (list == null) {
                for (int s = 0; s < kinds; s++) {
                    filled[s * COUNT + lane] = 0;
                }
            } else {
                sort(list, kindsOf[lane], centres[lane], lane);
            }
        }
    }

    /** After {@link #sort}: which are close. Apart, since a row that was just written is not yet there to be read. */
    void findClose() {
        for (int s = 0; s < kinds; s++) {
            for (int lane = 0; lane < COUNT; lane++) {
                int n = filled[s * COUNT + lane];
                closeFilled[s * COUNT + lane] = LaneSieve.below(rowDistance, row(s, lane), n, angularCutoff, rowClose);
            }
        }
    }

    private void sort(NeighbourList list, int[] kind, int i, int lane) {
        list.copyDistances(i, found);
        int start = list.start(i);
        int count = list.count(i);
        boolean apart = true;
        for (int k = 0; k < count; k++) {
            foundKind[k] = kind[list.neighbour(start + k)];
            apart &= found[k] > Surroundings.COINCIDENT;
        }
        Arrays.fill(found, count, count + COUNT, Double.POSITIVE_INFINITY);
        if (!apart) {
            throw coincident(list, i);
        }
        double reach = Math.max(radialCutoff, angularCutoff);
        for (int s = 0; s < kinds; s++) {
            int row = row(s, lane);
            int n = LaneSieve.ofKind(found, foundKind, count, s, reach, rowDistance, rowFound, row);
            Arrays.fill(rowDistance, row + n, row + n + COUNT, Double.POSITIVE_INFINITY);
            filled[s * COUNT + lane] = n;
        }
    }

    /** Where a lane's row of a species begins. */
    private int row(int s, int lane) {
        return (lane * kinds + s) * (capacity + 2 * COUNT);
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
        lists[lane] = null;
    }

    /** After {@link #sort}: distances from rows to slots, and the argument of the radial polynomials. */
    void complete() {
        double scale = 2 / radialCutoff;
        for (int s = 0; s < kinds; s++) {
            spread(s);
            for (int i = begin(s); i < end(s); i += Lanes.WIDTH) {
                Lanes.at(distance, i).min(radialCutoff).mul(scale).sub(1).intoArray(x, i);
            }
        }
    }

    private void spread(int s) {
        int most = most(filled, s);
        slots[s] = most + most % 2;
        double far = Math.max(radialCutoff, angularCutoff);
        for (int lane = 0; lane < COUNT; lane++) {
            int row = row(s, lane);
            int n = filled[s * COUNT + lane];
            int at = begin(s) + lane;
            for (int slot = 0; slot < n; slot++) {
                distance[at + slot * COUNT] = rowDistance[row + slot];
            }
            for (int slot = n; slot < slots[s]; slot++) {
                distance[at + slot * COUNT] = far;
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
                int start = list.start(centres[lane]);
                int row = row(s, lane);
                for (int close = row; to < filledTo; to += COUNT) {
                    int slot = rowClose[close++];
                    int k = start + rowFound[row + slot];
                    slotOf[to] = begin(s) + slot * COUNT + lane;
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
            int start = list.start(centres[lane]);
            for (int slot = row(s, lane); at < filledTo; at += COUNT) {
                int k = start + rowFound[slot++];
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
            found = new double[capacity + COUNT];
            foundKind = new double[capacity + COUNT];
            int rows = kinds * COUNT * (capacity + 2 * COUNT);
            rowDistance = new double[rows];
            rowFound = new int[rows];
            rowClose = new int[rows];
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
