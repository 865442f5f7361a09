package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/**
 * How far an atom's surroundings lie outside of those that a potential was trained on. For every species the training
 * set's environments of largest volume in the space of features are kept ({@link
 * org.glassmap.core.numerics.ActiveSet}); the grade of an atom is the largest weight that writing its features as an
 * affine combination of theirs takes. Up to 1 the potential interpolates; above, it extrapolates, the farther the worse.
 *
 * <p>The features are shared by all members of a committee, so the grade is the committee's, and it sees what members
 * that agree cannot. (E. V. Podryabinkin and A. V. Shapeev, Comput. Mater. Sci. 140, 171 (2017), choose for a linear
 * model in the same way.) Immutable.
 */
public final class ExtrapolationGrade {

    private final List<OfSpecies> parts;

    /** Of one species of centre atoms: c = G · {@code factors} + {@code offsets}. */
    record OfSpecies(Species species, Descriptor descriptor, double[][] factors, double[] offsets) {

        OfSpecies {
            if (factors.length != offsets.length) {
                throw new IllegalArgumentException(
                        "%d rows of factors and %d offsets".formatted(factors.length, offsets.length));
            }
            for (int j = 0; j < offsets.length; j++) {
                if (factors[j].length != descriptor.size()) {
                    throw new IllegalArgumentException("a grade of %d features does not fit a descriptor of %d"
                            .formatted(factors[j].length, descriptor.size()));
                }
                if (!Double.isFinite(offsets[j]) || !Arrays.stream(factors[j]).allMatch(Double::isFinite)) {
                    throw new IllegalArgumentException("a grade's numbers must be finite");
                }
            }
        }
    }

    ExtrapolationGrade(List<OfSpecies> parts) {
        this.parts = List.copyOf(parts);
    }

    List<OfSpecies> parts() {
        return parts;
    }

    /** In the order of the periodic table. */
    public List<Species> species() {
        return parts.stream().map(OfSpecies::species).toList();
    }

    /** A calculator of its own, for one thread at a time. */
    public Calculator calculator() {
        return new Calculator(parts);
    }

    /**
     * The grades of a structure's atoms. Holds the array it is given.
     *
     * @param atoms {@code [n]}, not negative
     */
    public record Grades(double[] atoms) {

        /** The atom of the largest grade, from 0; of equals the first. */
        public int worst() {
            int worst = 0;
            for (int i = 1; i < atoms.length; i++) {
                if (atoms[i] > atoms[worst]) {
                    worst = i;
                }
            }
            return worst;
        }

        public double largest() {
            return atoms[worst()];
        }
    }

    /** Grades structures one after the other, eight atoms at a time. Keeps work space; one thread at a time. */
    public static final class Calculator {

        private static final int BLOCK = 8;

        private final List<Worker> workers = new ArrayList<>();
        private final double cutoff;

        private static final class Worker {
            final OfSpecies part;
            final DescriptorKernel kernel;
            final Surroundings surroundings;
            final double[][] features;

            Worker(OfSpecies part) {
                this.part = part;
                this.kernel = new DescriptorKernel(part.descriptor);
                this.surroundings = new Surroundings(part.descriptor);
                this.features = new double[part.descriptor.size()][BLOCK];
            }
        }

        private Calculator(List<OfSpecies> parts) {
            double reach = 0;
            for (OfSpecies part : parts) {
                workers.add(new Worker(part));
                reach = Math.max(reach, part.descriptor.cutoff());
            }
            this.cutoff = reach;
        }

        /** @throws InvalidStructureException if the structure has a species without a grade, or atoms coincide */
        public Grades grades(Structure structure) {
            NeighbourList list = NeighbourList.of(structure, cutoff);
            double[] grades = new double[structure.size()];
            Arrays.fill(grades, -1);
            int[] block = new int[BLOCK];
            for (Worker worker : workers) {
                int[] kind = DescriptorKernel.kinds(worker.part.descriptor, structure);
                int lanes = 0;
                for (int i = 0; i < structure.size(); i++) {
                    if (structure.species(i) == worker.part.species) {
                        worker.surroundings.load(list, kind, i);
                        worker.kernel.features(worker.surroundings, worker.features, lanes);
                        block[lanes++] = i;
                    }
                    if (lanes == BLOCK || lanes > 0 && i == structure.size() - 1) {
                        grade(worker.part, worker.features, block, lanes, grades);
                        lanes = 0;
                    }
                }
            }
            requireAll(structure, grades);
            return new Grades(grades);
        }

        private static void requireAll(Structure structure, double[] grades) {
            for (int i = 0; i < grades.length; i++) {
                if (!(grades[i] >= 0)) {
                    throw new InvalidStructureException(
                            "species",
                            "atom %d is %s, for which the potential has no grade"
                                    .formatted(i + 1, structure.species(i)));
                }
            }
        }

        /** One dense product: row j of the factors with the features of all lanes. */
        static void grade(OfSpecies part, double[][] features, int[] atoms, int lanes, double[] grades) {
            double[] weights = new double[BLOCK];
            double[] most = new double[BLOCK];
            for (int j = 0; j < part.offsets.length; j++) {
                Arrays.fill(weights, 0, lanes, part.offsets[j]);
                NetworkKernel.addCombination(part.factors[j], features, features.length, lanes, weights);
                for (int lane = 0; lane < lanes; lane++) {
                    most[lane] = Math.max(most[lane], Math.abs(weights[lane]));
                }
            }
            for (int lane = 0; lane < lanes; lane++) {
                grades[atoms[lane]] = most[lane];
            }
        }
    }
}
