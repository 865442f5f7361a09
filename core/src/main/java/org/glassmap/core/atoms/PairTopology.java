package org.glassmap.core.atoms;

import java.util.Arrays;

/**
 * Which atoms of a structure form pairs, and by which lattice vectors the second of each is shifted: what stays as it is
 * while atoms move and the cell is strained. Immutable.
 */
final class PairTopology {

    /** {@code [atoms + 1]}: the pairs of atom i are entries offsets[i] ≤ k &lt; offsets[i + 1]. */
    final int[] offsets;

    /** {@code [entry]}: the second atom, as the list numbers it. */
    final int[] second;

    /** {@code [entry]}: where its lattice vector begins among {@link #shifts}. */
    final int[] shift;

    /** {@code [shift][3]}: whole numbers of lattice vectors. */
    private final double[] turns;

    /**
     * @param list nothing of it is kept
     * @param p {@code [3n]} where its atoms are, Å, in the order of the list's numbers
     */
    PairTopology(NeighbourList list, double[] p, Cell cell) {
        int n = list.size();
        this.offsets = new int[n + 1];
        for (int i = 0; i < n; i++) {
            offsets[i + 1] = list.end(i);
        }
        int entries = offsets[n];
        this.second = new int[entries + 8]; // read eight at a time
        this.shift = new int[entries];
        int[] triples = new int[cell.anyPeriodic() ? 3 * entries : 0];
        double[] turned = new double[3 * longest()];
        for (int i = 0; i < n; i++) {
            int from = offsets[i];
            int to = offsets[i + 1];
            list.copyNeighbours(i, second, from);
            if (cell.anyPeriodic()) {
                shifted(list, i, from, to, p, turned);
                cell.toFractional(turned, to - from);
                for (int k = 0; k < 3 * (to - from); k++) {
                    triples[3 * from + k] = (int) Math.rint(turned[k]);
                }
            }
        }
        this.turns = cell.anyPeriodic() ? distinct(triples, shift) : new double[3];
    }

    /** The most pairs of an atom. */
    private int longest() {
        int longest = 0;
        for (int i = 0; i + 1 < offsets.length; i++) {
            longest = Math.max(longest, offsets[i + 1] - offsets[i]);
        }
        return longest;
    }

    /** What a pair's vector has beyond the difference of its atoms. */
    private void shifted(NeighbourList list, int i, int from, int to, double[] p, double[] out) {
        double x = p[3 * i];
        double y = p[3 * i + 1];
        double z = p[3 * i + 2];
        for (int k = from; k < to; k++) {
            int j = 3 * second[k];
            int at = 3 * (k - from);
            out[at] = list.dx(k) - (p[j] - x);
            out[at + 1] = list.dy(k) - (p[j + 1] - y);
            out[at + 2] = list.dz(k) - (p[j + 2] - z);
        }
    }

    /** The different triples among many, in the order in which they are met. @param place filled: where each begins */
    private static double[] distinct(int[] triples, int[] place) {
        int[] low = new int[3];
        double[] range = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            int high = 0;
            for (int k = axis; k < triples.length; k += 3) {
                low[axis] = Math.min(low[axis], triples[k]);
                high = Math.max(high, triples[k]);
            }
            range[axis] = 1.0 + high - low[axis];
        }
        double cells = range[0] * range[1] * range[2];
        if (!(cells <= 1 << 24)) {
            throw new InvalidStructureException(
                    "positions",
                    "atoms lie up to %.0f cells apart; wrap them into the cell"
                            .formatted(Math.max(range[0], Math.max(range[1], range[2]))));
        }
        int[] known = new int[(int) cells];
        int rows = (int) range[1];
        int columns = (int) range[2];
        int found = 0;
        double[] all = new double[3 * 64];
        for (int k = 0; k < place.length; k++) {
            int a = triples[3 * k] - low[0];
            int b = triples[3 * k + 1] - low[1];
            int c = triples[3 * k + 2] - low[2];
            int cell = (a * rows + b) * columns + c;
            if (known[cell] == 0) {
                if (3 * found == all.length) {
                    all = Arrays.copyOf(all, 2 * all.length);
                }
                for (int axis = 0; axis < 3; axis++) {
                    all[3 * found + axis] = triples[3 * k + axis];
                }
                known[cell] = ++found;
            }
            place[k] = 3 * (known[cell] - 1);
        }
        return Arrays.copyOf(all, 3 * found);
    }

    /** How many pairs the atoms have, from {@code first} to below {@code last}. */
    int count(int first, int last) {
        return offsets[last] - offsets[first];
    }

    /** The lattice vectors in a cell, {@code [..]}, Å. */
    double[] shifts(Cell cell) {
        double[] shifts = turns.clone();
        if (cell.anyPeriodic()) {
            cell.toCartesian(shifts);
        }
        return shifts;
    }
}
