package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.Species;

/** What ænet's potential files say of the training set. Energies are scaled if {@code normalized}. Immutable. */
public final class AenetTrainingSet {

    private final String file;
    private final boolean normalized;
    private final List<Species> types;
    private final double[] atomicEnergies;
    private final int atoms;
    private final int structures;
    private final double lowest;
    private final double highest;
    private final double mean;

    /**
     * @param atomicEnergies eV, by type; copied
     * @param lowest energy per atom
     * @param highest energy per atom
     * @param mean energy per atom
     */
    public AenetTrainingSet(
            String file,
            boolean normalized,
            List<Species> types,
            double[] atomicEnergies,
            int atoms,
            int structures,
            double lowest,
            double highest,
            double mean) {
        if (types.size() != atomicEnergies.length) {
            throw new IllegalArgumentException(
                    "%d types and %d atomic energies".formatted(types.size(), atomicEnergies.length));
        }
        this.file = file;
        this.normalized = normalized;
        this.types = List.copyOf(types);
        this.atomicEnergies = atomicEnergies.clone();
        this.atoms = atoms;
        this.structures = structures;
        this.lowest = lowest;
        this.highest = highest;
        this.mean = mean;
    }

    public String file() {
        return file;
    }

    public boolean normalized() {
        return normalized;
    }

    public List<Species> types() {
        return types;
    }

    /** eV, of the type at {@code place}. */
    public double atomicEnergy(int place) {
        return atomicEnergies[place];
    }

    double[] atomicEnergies() {
        return atomicEnergies;
    }

    public int atoms() {
        return atoms;
    }

    public int structures() {
        return structures;
    }

    public double lowest() {
        return lowest;
    }

    public double highest() {
        return highest;
    }

    public double mean() {
        return mean;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AenetTrainingSet that
                && file.equals(that.file)
                && normalized == that.normalized
                && types.equals(that.types)
                && Arrays.equals(atomicEnergies, that.atomicEnergies)
                && atoms == that.atoms
                && structures == that.structures
                && Double.compare(lowest, that.lowest) == 0
                && Double.compare(highest, that.highest) == 0
                && Double.compare(mean, that.mean) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * file.hashCode() + Arrays.hashCode(atomicEnergies);
    }
}
