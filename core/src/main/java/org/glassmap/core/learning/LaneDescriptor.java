package org.glassmap.core.learning;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import jdk.incubator.vector.DoubleVector;

/**
 * {@link DescriptorKernel} for eight atoms: features in rows {@code [feature][lane]}. One thread at a time.
 *
 * <p>Its steps are called through lists: where several are possible the compiler makes none of them a part of its
 * caller. Together in one method they exceed what it is willing to keep in registers, and every vector becomes an object.
 */
final class LaneDescriptor {

    private static final int COUNT = Lanes.COUNT;
    private static final int WIDTH = Lanes.WIDTH;

    /** How far {@link #featuresUntil} goes. */
    enum Until {
        SORTING(2),
        GEOMETRY(6),
        RADIAL_SUMS(8),
        ANGULAR_SUMS(11);

        /** Of {@link #forward}. */
        private final int steps;

        Until(int steps) {
            this.steps = steps;
        }
    }

    private final Descriptor descriptor;
    private final int kinds;
    private final int radialOrders;
    private final int angularOrders;

    private final LaneNeighbours neighbours;
    private final LaneAngles angles;
    private final LaneChebyshev radialBasis;
    private final LaneChebyshev angularBasis;
    private final LanePulls pulls = new LanePulls();

    /** From neighbours to features. */
    private final List<Consumer<double[]>> forward;

    /** What derivatives need and features do not. */
    private final List<Consumer<double[]>> further;

    /** From dE/d(features) to pulls. */
    private final List<Consumer<double[]>> backward;

    // Sums resolved by species, or dE/d(sum): R[s][n], A[s,t][n].
    private final double[] radial;
    private final double[] angular;

    /** Of the weighted channel: of a species, and of a pair of species. */
    private final double[] weights;

    private final double[] products;

    private double[] value = new double[0];
    private double[] slope = new double[0];

    LaneDescriptor(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.kinds = descriptor.environment().size();
        this.radialOrders = descriptor.radialOrder() + 1;
        this.angularOrders = descriptor.angularOrder() + 1;
        this.neighbours = new LaneNeighbours(descriptor);
        this.angles = new LaneAngles(kinds);
        this.radialBasis = new LaneChebyshev(descriptor.radialOrder());
        this.angularBasis = new LaneChebyshev(descriptor.angularOrder());
        this.radial = new double[kinds * radialBasis.rows() * COUNT];
        this.angular = new double[kinds * (kinds + 1) / 2 * angularBasis.rows() * COUNT];
        this.weights = new double[kinds];
        this.products = new double[kinds * (kinds + 1) / 2];
        if (descriptor instanceof WeightedChebyshev weighted) {
            weigh(weighted);
        }
        this.forward = List.of(
                features -> neighbours.sort(),
                features -> neighbours.findClose(),
                features -> neighbours.complete(),
                features -> neighbours.taper(),
                features -> neighbours.loadClose(),
                features -> neighbours.taperClose(),
                features -> sumRadial(),
                features -> sumRestOfRadial(),
                features -> angles.load(neighbours),
                features -> sumAngular(),
                features -> sumRestOfAngular(),
                descriptor instanceof WeightedChebyshev ? this::mix : this::copy);
        this.further = List.of(
                none -> neighbours.loadVectors(),
                none -> neighbours.turn(),
                none -> neighbours.differentiate(),
                none -> neighbours.differentiateClose());
        this.backward = List.of(
                descriptor instanceof WeightedChebyshev ? this::unmix : this::copyBack,
                gradient -> pullRadial(),
                gradient -> pullAngular(),
                gradient -> angles.pull(neighbours, value, slope, pulls));
    }

    private void weigh(WeightedChebyshev weighted) {
        int block = 0;
        for (int s = 0; s < kinds; s++) {
            weights[s] = weighted.weight(s);
            for (int t = s; t < kinds; t++) {
                products[block++] = weighted.weight(s) * weighted.weight(t);
            }
        }
    }

    private static void run(List<Consumer<double[]>> steps, double[] rows) {
        run(steps, steps.size(), rows);
    }

    private static void run(List<Consumer<double[]>> steps, int until, double[] rows) {
        for (int step = 0; step < until; step++) {
            steps.get(step).accept(rows);
        }
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /** To be filled with atoms, before {@link #features}. */
    LaneNeighbours neighbours() {
        return neighbours;
    }

    /** G of the loaded atoms.
     *
     * @param features {@code [feature][lane]}, filled
     */
    void features(double[] features) {
        run(forward, features);
    }

    /** {@link #features} as far as a step of it, for measuring. */
    void featuresUntil(Until until, double[] features) {
        run(forward, until.steps, features);
    }

    /** {@link #pull} without the angular part, for measuring. */
    void pullRadially(double[] gradient) {
        pulls.clear(neighbours);
        reserve(Math.max(neighbours.x.length, angles.cosine.length));
        run(backward, 2, gradient);
    }

    /** After {@link #features}, before {@link #pull}: what derivatives need and features do not. */
    void differentiate() {
        run(further, radial);
    }

    /**
     * Reverse mode, after {@link #differentiate}: how the eight energies pull at the neighbours.
     *
     * @param gradient dE/dG, {@code [feature][lane]}
     * @return valid until the next call
     */
    LanePulls pull(double[] gradient) {
        pulls.clear(neighbours);
        reserve(Math.max(neighbours.x.length, angles.cosine.length));
        run(backward, gradient);
        return pulls;
    }

    private void sumRadial() {
        for (int s = 0; s < kinds; s++) {
            int from = neighbours.begin(s) / COUNT;
            int to = neighbours.end(s) / COUNT;
            radialBasis.project(neighbours.x, neighbours.radial, from, to, radial, s * radialBasis.rows());
        }
    }

    private void sumRestOfRadial() {
        for (int s = 0; s < kinds; s++) {
            int from = neighbours.begin(s) / COUNT;
            int to = neighbours.end(s) / COUNT;
            radialBasis.projectRest(neighbours.x, neighbours.radial, from, to, radial, s * radialBasis.rows());
            radialBasis.unsign(radial, s * radialBasis.rows());
        }
    }

    private void sumAngular() {
        for (int block = 0; block < products.length; block++) {
            int from = angles.segments[block];
            int to = angles.segments[block + 1];
            angularBasis.project(angles.cosine, angles.weight, from, to, angular, block * angularBasis.rows());
        }
    }

    private void sumRestOfAngular() {
        for (int block = 0; block < products.length; block++) {
            int from = angles.segments[block];
            int to = angles.segments[block + 1];
            angularBasis.projectRest(angles.cosine, angles.weight, from, to, angular, block * angularBasis.rows());
            angularBasis.unsign(angular, block * angularBasis.rows());
        }
    }

    /** {@link ResolvedChebyshev}: the sums themselves, without the rows that round their number up. */
    private void copy(double[] features) {
        int at = 0;
        for (int s = 0; s < kinds; s++) {
            System.arraycopy(radial, s * radialBasis.rows() * COUNT, features, at, radialOrders * COUNT);
            at += radialOrders * COUNT;
        }
        for (int block = 0; block < products.length; block++) {
            System.arraycopy(angular, block * angularBasis.rows() * COUNT, features, at, angularOrders * COUNT);
            at += angularOrders * COUNT;
        }
    }

    private void copyBack(double[] gradient) {
        Arrays.fill(radial, 0);
        Arrays.fill(angular, 0);
        int at = 0;
        for (int s = 0; s < kinds; s++) {
            System.arraycopy(gradient, at, radial, s * radialBasis.rows() * COUNT, radialOrders * COUNT);
            at += radialOrders * COUNT;
        }
        for (int block = 0; block < products.length; block++) {
            System.arraycopy(gradient, at, angular, block * angularBasis.rows() * COUNT, angularOrders * COUNT);
            at += angularOrders * COUNT;
        }
    }

    /** {@link WeightedChebyshev}: sums over species, plain and, where there are several, weighted. */
    private void mix(double[] features) {
        int next = radialOrders * COUNT;
        int half = next + angularOrders * COUNT;
        mix(radial, radialBasis.rows() * COUNT, weights, features, 0, half, next);
        mix(angular, angularBasis.rows() * COUNT, products, features, next, half, angularOrders * COUNT);
    }

    private void mix(double[] sums, int stride, double[] factors, double[] features, int at, int half, int length) {
        for (int i = 0; i < length; i += WIDTH) {
            DoubleVector plain = Lanes.all(0);
            DoubleVector weighted = Lanes.all(0);
            for (int s = 0; s < factors.length; s++) {
                DoubleVector row = Lanes.at(sums, s * stride + i);
                plain = plain.add(row);
                weighted = row.fma(Lanes.all(factors[s]), weighted);
            }
            plain.intoArray(features, at + i);
            if (kinds > 1) {
                weighted.intoArray(features, half + at + i);
            }
        }
    }

    /** The transpose of {@link #mix}. */
    private void unmix(double[] gradient) {
        int next = radialOrders * COUNT;
        int half = next + angularOrders * COUNT;
        Arrays.fill(radial, 0);
        Arrays.fill(angular, 0);
        unmix(gradient, 0, half, next, weights, radial, radialBasis.rows() * COUNT);
        unmix(gradient, next, half, angularOrders * COUNT, products, angular, angularBasis.rows() * COUNT);
    }

    private void unmix(double[] gradient, int at, int half, int length, double[] factors, double[] sums, int stride) {
        for (int i = 0; i < length; i += WIDTH) {
            DoubleVector plain = Lanes.at(gradient, at + i);
            DoubleVector weighted = kinds > 1 ? Lanes.at(gradient, half + at + i) : Lanes.all(0);
            for (int s = 0; s < factors.length; s++) {
                weighted.fma(Lanes.all(factors[s]), plain).intoArray(sums, s * stride + i);
            }
        }
    }

    private void pullRadial() {
        for (int s = 0; s < kinds; s++) {
            int from = neighbours.begin(s);
            int to = neighbours.end(s);
            radialBasis.evaluate(neighbours.x, from / COUNT, to / COUNT, radial, s * radialBasis.rows(), value, slope);
            pulls.stretch(neighbours, from, to, value, slope, 2 / descriptor.radialCutoff());
        }
    }

    private void pullAngular() {
        for (int block = 0; block < products.length; block++) {
            angularBasis.evaluate(
                    angles.cosine,
                    angles.segments[block],
                    angles.segments[block + 1],
                    angular,
                    block * angularBasis.rows(),
                    value,
                    slope);
        }
    }

    private void reserve(int entries) {
        if (value.length < entries) {
            value = new double[entries];
            slope = new double[entries];
        }
    }
}
