package org.glassmap.core.learning;

import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;

/**
 * The neighbours of every atom of a frame, sorted by atom and species, as unit vectors and distances. Depends on the
 * positions alone: members of a committee share it, and it may be kept from epoch to epoch or made anew, with the same
 * bits. Arrays are shared with whoever asks; nobody writes.
 */
final class FrameGeometry {

    /** Closer than this, Å, directions are noise. Proximity refuses far earlier where structures come in. */
    private static final double COINCIDENT = 1e-3;

    private final int kinds;

    /** {@code [n · kinds + 1]}: neighbours of species s of atom i are entries segments[i·kinds + s] and on. */
    final int[] segments;

    /** {@code [entries]}: the atom that is met there, and the entry where that atom meets this one. */
    final int[] atom;

    final int[] reverse;

    final double[] ux;
    final double[] uy;
    final double[] uz;

    /** Å. */
    final double[] distance;

    /** @param kind place of every atom's species in the environment */
    FrameGeometry(Structure structure, int[] kind, Descriptor descriptor) {
        this.kinds = descriptor.environment().size();
        double reach = descriptor.cutoff();
        NeighbourList list = NeighbourList.of(structure, reach);
        this.segments = segments(list, kind, kinds, reach);
        int total = segments[segments.length - 1];
        this.atom = new int[total];
        this.reverse = new int[total];
        this.ux = new double[total];
        this.uy = new double[total];
        this.uz = new double[total];
        this.distance = new double[total];
        fill(list, kind, reach);
        findReverse(kind);
    }

    private static int[] segments(NeighbourList list, int[] kind, int kinds, double reach) {
        int[] segments = new int[kind.length * kinds + 1];
        for (int i = 0; i < kind.length; i++) {
            for (int k = list.start(i); k < list.end(i); k++) {
                if (list.distance(k) < reach) {
                    segments[i * kinds + kind[list.neighbour(k)] + 1]++;
                }
            }
        }
        for (int s = 1; s < segments.length; s++) {
            segments[s] += segments[s - 1];
        }
        return segments;
    }

    private void fill(NeighbourList list, int[] kind, double reach) {
        int[] next = segments.clone();
        for (int i = 0; i < kind.length; i++) {
            for (int k = list.start(i); k < list.end(i); k++) {
                double d = list.distance(k);
                if (d < reach) {
                    int j = list.neighbour(k);
                    if (!(d > COINCIDENT)) {
                        throw new InvalidStructureException(
                                "positions",
                                "atoms %d and %d are %s Å apart; a potential needs atoms that do not coincide"
                                        .formatted(i + 1, j + 1, d));
                    }
                    int entry = next[i * kinds + kind[j]]++;
                    double inverse = 1 / d;
                    atom[entry] = j;
                    ux[entry] = list.dx(k) * inverse;
                    uy[entry] = list.dy(k) * inverse;
                    uz[entry] = list.dz(k) * inverse;
                    distance[entry] = d;
                }
            }
        }
    }

    private void findReverse(int[] kind) {
        for (int i = 0; i < kind.length; i++) {
            for (int e = start(i); e < end(i); e++) {
                reverse[e] = reverseOf(e, i, kind[i]);
            }
        }
    }

    /** The list has every pair at both ends, with opposite vectors to the last bit. */
    private int reverseOf(int e, int i, int kindOfCentre) {
        int j = atom[e];
        for (int f = segments[j * kinds + kindOfCentre]; f < segments[j * kinds + kindOfCentre + 1]; f++) {
            if (atom[f] == i && ux[f] == -ux[e] && uy[f] == -uy[e] && uz[f] == -uz[e] && distance[f] == distance[e]) {
                return f;
            }
        }
        throw new IllegalStateException("atom %d meets %d and is not met by it".formatted(i + 1, j + 1));
    }

    /** How many atoms. */
    int size() {
        return (segments.length - 1) / kinds;
    }

    int entries() {
        return atom.length;
    }

    int start(int i) {
        return segments[i * kinds];
    }

    int end(int i) {
        return segments[(i + 1) * kinds];
    }

    /** What keeping it costs. */
    long bytes() {
        return 40L * entries() + 4L * segments.length;
    }
}
