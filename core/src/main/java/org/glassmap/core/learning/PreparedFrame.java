package org.glassmap.core.learning;

import java.util.List;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/** A frame with what the repulsion says of it taken off its labels, and its place in the loss. */
final class PreparedFrame {

    final Structure structure;
    final int[] kind;
    final double energy;
    final double @Nullable [] forces;
    final double @Nullable [] virial;
    final double weight;

    private double networkEnergy = Double.NaN;

    /** {@code [n][feature]}, scaled; kept where only energies are learnt. */
    private double @Nullable [][] features;

    PreparedFrame(TrainingFrame frame, TrainingSettings settings) {
        this.structure = frame.structure();
        this.kind = DescriptorKernel.kinds(settings.descriptor(), structure);
        double[] wallForces = new double[3 * structure.size()];
        double[] wallVirial = new double[9];
        double wall = 0;
        if (!settings.repulsion().walls().isEmpty()) {
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

    /** Takes the atomic energies off once, so that totals of thousands of eV do not round what is compared later. */
    void settle(double[] atomicEnergies) {
        double offset = 0;
        for (int own : kind) {
            offset += atomicEnergies[own];
        }
        networkEnergy = energy - offset;
    }

    /** What the networks are to give together, eV. */
    double networkEnergy() {
        return networkEnergy;
    }

    /** The same array for every call: two threads that come first at once compute the same bits. */
    double[][] scaledFeatures(DescriptorKernel kernel, Surroundings surroundings, List<FeatureScaling> scalings) {
        double[][] kept = features;
        if (kept == null) {
            int size = kernel.descriptor().size();
            kept = new double[structure.size()][size];
            double[][] column = new double[size][1];
            NeighbourList list = NeighbourList.of(structure, kernel.descriptor().cutoff());
            for (int i = 0; i < kept.length; i++) {
                surroundings.load(list, kind, i);
                kernel.features(surroundings, column, 0);
                FeatureScaling scaling = scalings.get(kind[i]);
                for (int f = 0; f < size; f++) {
                    kept[i][f] = (column[f][0] - scaling.shift(f)) * scaling.factor(f);
                }
            }
            features = kept;
        }
        return kept;
    }

    int size() {
        return structure.size();
    }
}
