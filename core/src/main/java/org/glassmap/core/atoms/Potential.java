package org.glassmap.core.atoms;

import java.util.Set;

/** A potential energy surface: the energy of any structure of its species, and the derivatives of it. Immutable. */
public interface Potential {

    /** The species it knows. */
    Set<Species> species();

    /** Atoms farther apart than this, Å, do not see each other. */
    double cutoff();

    /** A calculator of its own, for one thread at a time: it keeps work space between calls. */
    Calculator calculator();

    /** What this parent's energy is without some of its atoms, nothing moved: the faster way where there is one. */
    default Vacancies vacancies(Structure parent) {
        return Vacancies.oneByOne(this, parent);
    }

    /** Evaluates structures one after the other; equal structures give equal bits, whatever came before. */
    interface Calculator {

        /**
         * One for structures that come one after the other and differ little, as in a relaxation: it may remember what
         * they have in common. Its answers agree to rounding, and depend in their last bits on what came before; a new
         * one that is asked the same again gives the same bits. It shares the work space of this one.
         */
        default Calculator following() {
            return this;
        }

        /** eV, of the whole cell.
         *
         * @throws InvalidStructureException if the structure has a species the potential does not know
         */
        double energy(Structure structure);

        /** Energy, forces and virial.
         *
         * @throws InvalidStructureException if the structure has a species the potential does not know
         */
        Evaluation evaluate(Structure structure);
    }
}
