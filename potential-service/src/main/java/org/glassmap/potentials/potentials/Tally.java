package org.glassmap.potentials.potentials;

import org.glassmap.contract.potentials.Comparison.Errors;
import org.jspecify.annotations.Nullable;

/** Squares of errors, added up in the order in which they come. */
final class Tally {

    private int frames;
    private double energy;
    private final Squares force = new Squares();
    private final Squares stress = new Squares();

    /** A sum of squares and how many there are. */
    static final class Squares {
        private double sum;
        private long count;

        void add(Squares other) {
            sum += other.sum;
            count += other.count;
        }

        @Nullable
        Double root() {
            return count == 0 ? null : Math.sqrt(sum / count);
        }
    }

    /** Of the differences of two arrays; none where one is absent. */
    static Squares squares(double @Nullable [] a, double @Nullable [] b) {
        Squares squares = new Squares();
        if (a != null && b != null) {
            for (int k = 0; k < a.length; k++) {
                squares.sum += (a[k] - b[k]) * (a[k] - b[k]);
            }
            squares.count = a.length;
        }
        return squares;
    }

    /** @param energyError per atom, eV */
    void add(double energyError, Squares forces, Squares stresses) {
        frames++;
        energy += energyError * energyError;
        force.add(forces);
        stress.add(stresses);
    }

    Errors errors() {
        return new Errors(frames, frames == 0 ? 0 : Math.sqrt(energy / frames), force.root(), stress.root());
    }
}
