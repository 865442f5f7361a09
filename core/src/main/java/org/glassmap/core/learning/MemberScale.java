package org.glassmap.core.learning;

/** From a network's output to the energy of an atom, eV: output · factor + offset. */
record MemberScale(double factor, double offset) {

    static MemberScale of(SpeciesNetwork network) {
        return new MemberScale(1 / network.energyScale(), network.energyShift() + network.atomicEnergy());
    }

    /** The network that takes features as they are. */
    static Network folded(SpeciesNetwork network) {
        return network.scaling().foldInto(network.network());
    }

    double energy(double output) {
        return output * factor + offset;
    }
}
