package org.glassmap.core.learning;

import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;

/** The descriptors of all atoms of one structure after another. Keeps work space; one thread at a time. */
public final class DescriptorCalculator {

    private final Descriptor descriptor;
    private final DescriptorKernel kernel;
    private final Surroundings surroundings;
    private final double[][] column;

    public DescriptorCalculator(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.kernel = new DescriptorKernel(descriptor);
        this.surroundings = new Surroundings(descriptor);
        this.column = new double[descriptor.size()][1];
    }

    /** @return {@code [n][size]}, atom by atom
     * @throws InvalidStructureException if a species is not in the environment
     */
    public double[][] features(Structure structure) {
        int[] kind = DescriptorKernel.kinds(descriptor, structure);
        NeighbourList list = NeighbourList.of(structure, descriptor.cutoff());
        double[][] features = new double[structure.size()][descriptor.size()];
        for (int i = 0; i < features.length; i++) {
            surroundings.load(list, kind, i);
            kernel.features(surroundings, column, 0);
            for (int f = 0; f < column.length; f++) {
                features[i][f] = column[f][0];
            }
        }
        return features;
    }
}
