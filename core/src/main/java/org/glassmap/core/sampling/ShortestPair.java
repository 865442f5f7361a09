package org.glassmap.core.sampling;

import org.glassmap.core.atoms.Structure;

/** The shortest distance of a structure's atoms over all images, an atom's own images included. */
final class ShortestPair {

    private ShortestPair() {}

    /**
     * The shortest distance where it is below {@code reach}, Å; infinity where none is.
     *
     * <p>A difference vector shorter than half a height of the cell has all fractional components within ±½, so for a
     * small reach rounding finds its image; thin cells get the images that the reach asks for.
     */
    static double within(Structure structure, double reach) {
        int[] images = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            if (structure.cell().periodic(axis)) {
                images[axis] = (int) Math.floor(reach / structure.cell().height(axis) + 0.5);
            }
        }
        double[] points = structure.cell().anyPeriodic() ? structure.fractional() : new double[3 * structure.size()];
        double best = reach * reach;
        double[] image = new double[3];
        for (int i = 0; i < structure.size(); i++) {
            for (int j = 0; j <= i; j++) {
                for (int axis = 0; axis < 3; axis++) {
                    image[axis] = structure.cell().periodic(axis)
                            ? -Math.rint(points[3 * i + axis] - points[3 * j + axis])
                            : 0;
                }
                best = Math.min(best, shortest(structure, i, j, image, images, best));
            }
        }
        return best < reach * reach ? Math.sqrt(best) : Double.POSITIVE_INFINITY;
    }

    private static double shortest(Structure structure, int i, int j, double[] image, int[] images, double best) {
        double shortest = best;
        for (int a = -images[0]; a <= images[0]; a++) {
            for (int b = -images[1]; b <= images[1]; b++) {
                for (int c = -images[2]; c <= images[2]; c++) {
                    if (i != j || a != 0 || b != 0 || c != 0) {
                        shortest =
                                Math.min(shortest, square(structure, i, j, image[0] + a, image[1] + b, image[2] + c));
                    }
                }
            }
        }
        return shortest;
    }

    private static double square(Structure structure, int i, int j, double a, double b, double c) {
        double square = 0;
        for (int axis = 0; axis < 3; axis++) {
            double r = structure.position(i, axis)
                    - structure.position(j, axis)
                    + a * structure.cell().lattice(0, axis)
                    + b * structure.cell().lattice(1, axis)
                    + c * structure.cell().lattice(2, axis);
            square += r * r;
        }
        return square;
    }
}
