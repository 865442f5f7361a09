package org.glassmap.core.learning;

import java.util.Optional;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/** A structure and what is to be learnt of it. Immutable; arrays are copied both ways. */
public final class TrainingFrame {

    private final Structure structure;
    private final double energy;
    private final double @Nullable [] forces;
    private final double @Nullable [] stress;
    private final String group;
    private final double weight;

    /**
     * @param energy eV, of the whole cell
     * @param forces {@code [3n]}, eV/Å, or null where they are not known
     * @param stress {@code [9]}, eV/Å³, tension positive, or null where it is not known
     * @param group frames of one group are correlated: they go to training or to validation together
     * @throws IllegalArgumentException if a number is not finite or a length is wrong
     */
    public TrainingFrame(
            Structure structure, double energy, double @Nullable [] forces, double @Nullable [] stress, String group) {
        this(structure, energy, forces, stress, group, 1);
    }

    private TrainingFrame(
            Structure structure,
            double energy,
            double @Nullable [] forces,
            double @Nullable [] stress,
            String group,
            double weight) {
        if (!Double.isFinite(energy)) {
            throw new IllegalArgumentException("energy must be finite, got " + energy);
        }
        if (forces != null) {
            requireFinite("forces", forces, 3 * structure.size());
        }
        if (stress != null) {
            requireFinite("stress", stress, 9);
            if (!(structure.cell().volume() > 0)) {
                throw new IllegalArgumentException("a stress needs a cell with a volume");
            }
        }
        if (!(weight > 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException("weight must be positive, got " + weight);
        }
        this.structure = structure;
        this.energy = energy;
        this.forces = forces == null ? null : forces.clone();
        this.stress = stress == null ? null : stress.clone();
        this.group = group;
        this.weight = weight;
    }

    private static void requireFinite(String what, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "%s must have %d numbers, got %d".formatted(what, length, values.length));
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(what + " must be finite, got " + value);
            }
        }
    }

    /** The same frame counting {@code other} times as much as one of weight 1. */
    public TrainingFrame withWeight(double other) {
        return new TrainingFrame(structure, energy, forces, stress, group, other);
    }

    public Structure structure() {
        return structure;
    }

    public double energy() {
        return energy;
    }

    public Optional<double[]> forces() {
        return Optional.ofNullable(forces).map(double[]::clone);
    }

    public Optional<double[]> stress() {
        return Optional.ofNullable(stress).map(double[]::clone);
    }

    public String group() {
        return group;
    }

    public double weight() {
        return weight;
    }
}
