package org.glassmap.core.learning;

import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A frame with what the repulsion says of it taken off its labels, and its place in the loss. Descriptors and geometry
 * depend on the positions alone: kept, or made anew whenever they are asked for, with the same bits. Immutable but for
 * what it keeps; any number of threads.
 */
final class PreparedFrame {

    final Structure structure;
    final int[] kind;
    final double energy;
    final double @Nullable [] forces;
    final double @Nullable [] virial;
    final double weight;

    private final Descriptor descriptor;
    private double @Nullable [] features;
    private @Nullable FrameGeometry geometry;

    PreparedFrame(TrainingFrame frame, TrainingSettings settings) {
        this.structure = frame.structure();
        this.descriptor = settings.descriptor();
        this.kind = DescriptorKernel.kinds(descriptor, structure);
        double[] wallForces = new double[3 * structure.size()];
        double[] wallVirial = new double[9];
        double wall = 0;
        if (!settings.repulsion().none()) {
            NeighbourList list =
                    NeighbourList.of(structure, settings.repulsion().cutoff());
            wall = settings.repulsion().add(structure, list, wallForces, wallVirial);
        }
        this.energy = frame.energy() - wall;
        double meanSquare = 0;
        double[] labels = frame.forces().orElse(null);
        if (labels == null) {
            this.forces = null;
        } else {
            double[] rest = new double[labels.length];
            for (int k = 0; k < labels.length; k++) {
                rest[k] = labels[k] - wallForces[k];
                meanSquare += labels[k] * labels[k] / labels.length;
            }
            this.forces = rest;
        }
        double[] stress = frame.stress().orElse(null);
        if (stress == null) {
            this.virial = null;
        } else {
            double[] rest = new double[9];
            for (int k = 0; k < 9; k++) {
                rest[k] = -stress[k] * structure.cell().volume() - wallVirial[k];
            }
            this.virial = rest;
        }
        double soft = settings.loss().softForce();
        this.weight = frame.weight() / (1 + meanSquare / (soft * soft));
    }

    /** What the networks are to give together: totals of thousands of eV do not round what is compared later. */
    double energyWithout(double[] atomicEnergies) {
        double offset = 0;
        for (int own : kind) {
            offset += atomicEnergies[own];
        }
        return energy - offset;
    }

    /** {@code [n · size]}, atom by atom, not scaled; not to be written to. */
    double[] features(DescriptorCalculator calculator) {
        double[] kept = features;
        if (kept != null) {
            return kept;
        }
        double[][] rows = calculator.features(structure);
        int size = descriptor.size();
        double[] flat = new double[rows.length * size];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * size, size);
        }
        return flat;
    }

    FrameGeometry geometry() {
        FrameGeometry kept = geometry;
        return kept != null ? kept : new FrameGeometry(structure, kind, descriptor);
    }

    /**
     * Keeps its descriptors and, where forces are learnt, its geometry, as far as they fit.
     *
     * @return what is left of the budget, bytes
     */
    long keep(long budget, boolean withGeometry, DescriptorCalculator calculator) {
        long left = budget;
        long bytes = 8L * size() * descriptor.size();
        if (bytes <= left) {
            features = features(calculator);
            left -= bytes;
        }
        if (withGeometry && left > 0) {
            FrameGeometry made = geometry();
            if (made.bytes() <= left) {
                geometry = made;
                left -= made.bytes();
            }
        }
        return left;
    }

    int size() {
        return structure.size();
    }
}
