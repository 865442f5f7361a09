package org.glassmap.core.learning;

import org.glassmap.core.atoms.Species;

/**
 * The energy of an atom of one species: network(scaled descriptor)/energyScale + energyShift + atomicEnergy, eV.
 *
 * @param species of the centre
 * @param scaling one shift and factor per feature
 * @param energyScale 1/eV: networks are trained on energies multiplied by it; positive
 * @param energyShift eV, of the energy of cohesion per atom
 * @param atomicEnergy eV, of the free atom, whatever the reference method calls so
 */
public record SpeciesNetwork(
        Species species,
        Descriptor descriptor,
        FeatureScaling scaling,
        Network network,
        double energyScale,
        double energyShift,
        double atomicEnergy) {

    public SpeciesNetwork {
        if (network.inputs() != descriptor.size() || scaling.size() != descriptor.size()) {
            throw new IllegalArgumentException(
                    "the descriptor of %s has %d features, its network %d inputs, its scaling %d numbers"
                            .formatted(species, descriptor.size(), network.inputs(), scaling.size()));
        }
        if (!(energyScale > 0) || !Double.isFinite(energyScale)) {
            throw new IllegalArgumentException("energy scale must be positive, got " + energyScale + " 1/eV");
        }
        if (!Double.isFinite(energyShift) || !Double.isFinite(atomicEnergy)) {
            throw new IllegalArgumentException("energy shift and atomic energy must be finite, got %s and %s eV"
                    .formatted(energyShift, atomicEnergy));
        }
    }

    public SpeciesNetwork withNetwork(Network other) {
        return new SpeciesNetwork(species, descriptor, scaling, other, energyScale, energyShift, atomicEnergy);
    }
}
