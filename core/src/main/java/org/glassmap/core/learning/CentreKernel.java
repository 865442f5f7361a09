package org.glassmap.core.learning;

/** Evaluates atoms of one species. Keeps work space; one thread at a time. */
interface CentreKernel {

    /**
     * Fills the atoms' energies and adds what they pull with to forces and virials. What an atom gives does not depend on
     * which others are asked for with it.
     *
     * @param shares of every atom, its share
     * @param atoms of the centre's species, atoms of one share rising
     * @param count of them
     */
    void evaluate(Share[] shares, int[] atoms, int count);

    /**
     * The members' mean energy of atoms whose features are known, eV; what an atom gives does not depend on the others.
     *
     * @param features {@code [atom][feature]}
     * @param atoms which of them
     * @param count of them
     * @param energies {@code [atom]}, filled at these
     */
    void meanEnergies(double[][] features, int[] atoms, int count, double[] energies);
}
