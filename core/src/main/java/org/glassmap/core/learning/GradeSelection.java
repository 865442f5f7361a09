package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.numerics.ActiveSet;

/**
 * Chooses the environments that an extrapolation grade is measured against: structure after structure, pass after pass,
 * until none of the training set's environments is graded above 1 + excess. The order of the structures decides, and
 * nothing else.
 */
public final class GradeSelection {

    /** More features than this, all atoms together, are computed anew in every pass. The same either way. */
    private static final long KEPT = 16_000_000;

    private final LearntPotential potential;
    private final List<Structure> structures;
    private final GradeSettings settings;
    private final List<Choice> choices = new ArrayList<>();

    /** An environment that was chosen.
     *
     * @param structure place in the training set, from 0
     * @param atom from 0
     */
    public record Chosen(Species species, int structure, int atom) {}

    /**
     * @param converged whether the last pass found every environment within the bound
     * @param chosen in the order of species; directions that no environment extends along have none
     */
    public record Outcome(ExtrapolationGrade grade, boolean converged, List<Chosen> chosen) {}

    private static final class Choice {
        final Species species;
        final DescriptorCalculator calculator;
        final double[] shift;
        final double[] factor;
        final ActiveSet active;
        final List<int[]> origins = new ArrayList<>();
        final List<double[][]> kept = new ArrayList<>();
        boolean converged;

        Choice(Species species, Descriptor descriptor, double resolution) {
            this.species = species;
            this.calculator = new DescriptorCalculator(descriptor);
            this.shift = new double[descriptor.size()];
            this.factor = new double[descriptor.size()];
            double[] axes = new double[descriptor.size() + 1];
            Arrays.fill(axes, resolution);
            axes[0] = 1;
            this.active = new ActiveSet(axes);
        }
    }

    private GradeSelection(LearntPotential potential, List<Structure> structures, GradeSettings settings) {
        this.potential = potential;
        this.structures = structures;
        this.settings = settings;
    }

    /**
     * @param structures the training set
     * @throws IllegalArgumentException if there is none, or one of the potential's species is in none of them
     */
    public static Outcome select(LearntPotential potential, List<Structure> structures, GradeSettings settings) {
        return new GradeSelection(potential, structures, settings).run();
    }

    private Outcome run() {
        long size = 0;
        for (Structure structure : structures) {
            size += (long) structure.size()
                    * potential
                            .members()
                            .getFirst()
                            .networks()
                            .getFirst()
                            .descriptor()
                            .size();
        }
        List<ExtrapolationGrade.OfSpecies> parts = new ArrayList<>();
        List<Chosen> chosen = new ArrayList<>();
        for (Species species : potential.species()) {
            Descriptor descriptor =
                    potential.members().getFirst().network(species).descriptor();
            Choice choice = new Choice(species, descriptor, settings.resolution());
            choices.add(choice);
            measure(choice, size <= KEPT);
            choose(choice);
            parts.add(folded(choice, descriptor));
            for (int j = 0; j < choice.active.size(); j++) {
                if (choice.active.owner(j) != ActiveSet.AXIS) {
                    int[] origin = choice.origins.get(choice.active.owner(j));
                    chosen.add(new Chosen(species, origin[0], origin[1]));
                }
            }
            choice.kept.clear();
        }
        return new Outcome(
                new ExtrapolationGrade(parts),
                choices.stream().allMatch(choice -> choice.converged),
                List.copyOf(chosen));
    }

    /** Means and standard deviations, in two passes; a feature that does not vary keeps its own unit. */
    private void measure(Choice choice, boolean keep) {
        int size = choice.shift.length;
        for (int s = 0; s < structures.size(); s++) {
            double[][] rows = features(choice, structures.get(s));
            for (int i = 0; i < structures.get(s).size(); i++) {
                if (structures.get(s).species(i) == choice.species) {
                    choice.origins.add(new int[] {s, i});
                }
            }
            for (double[] row : rows) {
                add(row, choice.shift);
            }
            if (keep) {
                choice.kept.add(rows);
            }
        }
        int count = choice.origins.size();
        if (count == 0) {
            throw new IllegalArgumentException(
                    "no structure of the training set has %s, which the potential knows".formatted(choice.species));
        }
        for (int f = 0; f < size; f++) {
            choice.shift[f] /= count;
        }
        double[] variance = new double[size];
        for (int s = 0; s < structures.size(); s++) {
            for (double[] row : rows(choice, s)) {
                for (int f = 0; f < size; f++) {
                    double off = row[f] - choice.shift[f];
                    variance[f] += off * off;
                }
            }
        }
        for (int f = 0; f < size; f++) {
            double deviation = Math.sqrt(variance[f] / count);
            boolean varies = deviation > 1e-9 * (1 + Math.abs(choice.shift[f]));
            choice.factor[f] = varies ? 1 / deviation : 1;
        }
    }

    private static void add(double[] row, double[] sum) {
        for (int f = 0; f < sum.length; f++) {
            sum[f] += row[f];
        }
    }

    private void choose(Choice choice) {
        double bound = 1 + settings.excess();
        for (int pass = 0; pass < settings.passes() && !choice.converged; pass++) {
            choice.active.refresh();
            int taken = 0;
            int owner = 0;
            for (int s = 0; s < structures.size(); s++) {
                double[][] vectors = scaled(choice, rows(choice, s));
                taken += choice.active.offer(vectors, owner, bound);
                owner += vectors.length;
            }
            choice.converged = taken == 0;
        }
        choice.active.refresh();
    }

    private double[][] rows(Choice choice, int s) {
        return choice.kept.isEmpty() ? features(choice, structures.get(s)) : choice.kept.get(s);
    }

    private static double[][] features(Choice choice, Structure structure) {
        double[][] all = choice.calculator.features(structure);
        List<double[]> own = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            if (structure.species(i) == choice.species) {
                own.add(all[i]);
            }
        }
        return own.toArray(double[][]::new);
    }

    /** (1, (g − shift) factor): the leading 1 makes the combination an affine one. */
    private static double[][] scaled(Choice choice, double[][] rows) {
        double[][] vectors = new double[rows.length][choice.shift.length + 1];
        for (int k = 0; k < rows.length; k++) {
            vectors[k][0] = 1;
            for (int f = 0; f < choice.shift.length; f++) {
                vectors[k][f + 1] = (rows[k][f] - choice.shift[f]) * choice.factor[f];
            }
        }
        return vectors;
    }

    /** Shift and factor folded into A⁻¹. */
    private static ExtrapolationGrade.OfSpecies folded(Choice choice, Descriptor descriptor) {
        int size = choice.active.size();
        double[] inverse = choice.active.inverse();
        double[][] factors = new double[size][size - 1];
        double[] offsets = new double[size];
        for (int j = 0; j < size; j++) {
            offsets[j] = inverse[j];
            for (int f = 0; f < size - 1; f++) {
                factors[j][f] = choice.factor[f] * inverse[(f + 1) * size + j];
                offsets[j] -= choice.shift[f] * factors[j][f];
            }
        }
        return new ExtrapolationGrade.OfSpecies(choice.species, descriptor, factors, offsets);
    }
}
