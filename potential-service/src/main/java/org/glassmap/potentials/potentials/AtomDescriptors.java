package org.glassmap.potentials.potentials;

import java.util.HashMap;
import java.util.Map;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.Descriptor;
import org.glassmap.core.learning.DescriptorCalculator;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.NetworkPotential;

/**
 * What a potential sees of every atom: the descriptor of the atom's species, as no network has scaled it yet, by the plain
 * kernel. One thread at a time.
 */
final class AtomDescriptors {

    private final NetworkPotential potential; // members of a committee see the same
    private final Map<Descriptor, DescriptorCalculator> calculators = new HashMap<>();

    AtomDescriptors(LearntPotential potential) {
        this.potential = potential.members().getFirst();
    }

    /** @return {@code [n][features]}; species of ænet's files may have different numbers of features */
    double[][] of(Structure structure) {
        Map<Descriptor, double[][]> features = new HashMap<>();
        double[][] atoms = new double[structure.size()][];
        for (int i = 0; i < atoms.length; i++) {
            Descriptor descriptor = potential.network(structure.species(i)).descriptor();
            atoms[i] = features.computeIfAbsent(
                            descriptor,
                            _ -> calculators
                                    .computeIfAbsent(descriptor, DescriptorCalculator::new)
                                    .features(structure))[i];
        }
        return atoms;
    }
}
