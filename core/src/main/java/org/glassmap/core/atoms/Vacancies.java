package org.glassmap.core.atoms;

import java.util.Arrays;

/**
 * The energies of one parent with atoms taken out and nothing moved: what a search over removals asks for thousands of
 * times. A potential that is a sum over sites can answer from what it knows of the parent. Immutable.
 */
public interface Vacancies {

    /** A calculator of its own, for one thread at a time. */
    Calculator calculator();

    /** Removal after removal; equal ones give equal bits, whatever came before. */
    interface Calculator {

        /**
         * eV, of the whole cell without these atoms.
         *
         * @param removed indices of atoms of the parent, rising
         * @throws IllegalArgumentException if they do not rise, are no atoms of the parent, or all of them
         */
        double energy(int... removed);
    }

    /** The plain way, which every other is tested against: what is left is evaluated as a structure of its own. */
    static Vacancies oneByOne(Potential potential, Structure parent) {
        return () -> {
            Potential.Calculator calculator = potential.calculator();
            return removed -> {
                requireRemoval(removed, parent.size());
                return calculator.energy(parent.keeping(atom -> Arrays.binarySearch(removed, atom) < 0));
            };
        };
    }

    /** @throws IllegalArgumentException if the indices do not rise from 0 to below {@code atoms}, or are all of them */
    static void requireRemoval(int[] removed, int atoms) {
        for (int k = 0; k < removed.length; k++) {
            if (removed[k] < (k == 0 ? 0 : removed[k - 1] + 1) || removed[k] >= atoms) {
                throw new IllegalArgumentException("removed atoms must rise and lie in 0..%d, got %s"
                        .formatted(atoms - 1, Arrays.toString(removed)));
            }
        }
        if (removed.length == atoms) {
            throw new IllegalArgumentException("all %d atoms are removed; one must be left".formatted(atoms));
        }
    }
}
