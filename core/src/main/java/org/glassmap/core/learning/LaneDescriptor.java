package org.glassmap.core.learning;

import java.util.Arrays;

/** {@link DescriptorKernel} for eight atoms: features in rows {@code [feature][lane]}. One thread at a time. */
final class LaneDescriptor {

    private static final int COUNT = Lanes.COUNT;

    private final Descriptor descriptor;
    private final int kinds;
    private final int radialOrders;
    private final int angularOrders;

    private final LaneNeighbours neighbours;
    private final LaneAngles angles;
    private final LaneChebyshev radialBasis;
    private final LaneChebyshev angularBasis;

    // Sums resolved by species, or dE/d(sum): R[s][n], A[s,t][n].
    private final double[] radial;
    private final double[] angular;
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
        neighbours.complete();
        angles.load(neighbours);
        for (int s = 0; s < kinds; s++) {
            radialBasis.project(
                    neighbours.x,
                    neighbours.radial,
                    neighbours.begin(s) / COUNT,
                    neighbours.end(s) / COUNT,
                    radial,
                    s * radialBasis.rows());
        }
        for (int block = 0; block + 1 < angles.segments.length; block++) {
            angularBasis.project(
                    angles.cosine,
                    angles.weight,
                    angles.segments[block],
                    angles.segments[block + 1],
                    angular,
                    block * angularBasis.rows());
        }
        switch (descriptor) {
            case ResolvedChebyshev resolved -> storeResolved(features);
            case WeightedChebyshev weighted -> storeWeighted(weighted, features);
        }
    }

    private void storeResolved(double[] features) {
        int at = 0;
        for (int s = 0; s < kinds; s++) {
            System.arraycopy(radial, s * radialBasis.rows() * COUNT, features, at, radialOrders * COUNT);
            at += radialOrders * COUNT;
        }
        for (int block = 0; block + 1 < angles.segments.length; block++) {
            System.arraycopy(angular, block * angularBasis.rows() * COUNT, features, at, angularOrders * COUNT);
            at += angularOrders * COUNT;
        }
    }

    private void storeWeighted(WeightedChebyshev weighted, double[] features) {
        Arrays.fill(features, 0, weighted.size() * COUNT, 0);
        int half = (radialOrders + angularOrders) * COUNT;
        int block = 0;
        for (int s = 0; s < kinds; s++) {
            int from = s * radialBasis.rows() * COUNT;
            Lanes.addScaled(1, radial, from, features, 0, radialOrders * COUNT);
            if (kinds > 1) {
                Lanes.addScaled(weighted.weight(s), radial, from, features, half, radialOrders * COUNT);
            }
            for (int t = s; t < kinds; t++) {
                double product = weighted.weight(s) * weighted.weight(t);
                int pairs = block++ * angularBasis.rows() * COUNT;
                int to = radialOrders * COUNT;
                Lanes.addScaled(1, angular, pairs, features, to, angularOrders * COUNT);
                if (kinds > 1) {
                    Lanes.addScaled(product, angular, pairs, features, half + to, angularOrders * COUNT);
                }
            }
        }
    }

    /** The transpose of storing: dE/d(resolved sums). */
    private void spread(double[] gradient) {
        Arrays.fill(radial, 0);
        Arrays.fill(angular, 0);
        boolean resolved = descriptor instanceof ResolvedChebyshev;
        int half = (radialOrders + angularOrders) * COUNT;
        int block = 0;
        for (int s = 0; s < kinds; s++) {
            int to = s * radialBasis.rows() * COUNT;
            Lanes.addScaled(1, gradient, resolved ? s * radialOrders * COUNT : 0, radial, to, radialOrders * COUNT);
            if (descriptor instanceof WeightedChebyshev weighted && kinds > 1) {
                Lanes.addScaled(weighted.weight(s), gradient, half, radial, to, radialOrders * COUNT);
            }
            for (int t = s; t < kinds; t++) {
                int pairs = block * angularBasis.rows() * COUNT;
                int from = (resolved ? kinds * radialOrders + block * angularOrders : radialOrders) * COUNT;
                Lanes.addScaled(1, gradient, from, angular, pairs, angularOrders * COUNT);
                if (descriptor instanceof WeightedChebyshev weighted && kinds > 1) {
                    double product = weighted.weight(s) * weighted.weight(t);
                    Lanes.addScaled(
                            product, gradient, half + radialOrders * COUNT, angular, pairs, angularOrders * COUNT);
                }
                block++;
            }
        }
    }

    /**
     * Reverse mode, after {@link #features}: how the eight energies pull at the neighbours.
     *
     * @param gradient dE/dG, {@code [feature][lane]}
     * @param pulls filled
     */
    void pull(double[] gradient, LanePulls pulls) {
        spread(gradient);
        pulls.clear(neighbours);
        reserve(Math.max(neighbours.x.length, angles.cosine.length));
        for (int s = 0; s < kinds; s++) {
            int from = neighbours.begin(s);
            int to = neighbours.end(s);
            radialBasis.evaluate(neighbours.x, from / COUNT, to / COUNT, radial, s * radialBasis.rows(), value, slope);
            pulls.stretch(neighbours, from, to, value, slope, 2 / descriptor.radialCutoff());
        }
        for (int block = 0; block + 1 < angles.segments.length; block++) {
            angularBasis.evaluate(
                    angles.cosine,
                    angles.segments[block],
                    angles.segments[block + 1],
                    angular,
                    block * angularBasis.rows(),
                    value,
                    slope);
        }
        angles.pull(neighbours, value, slope, pulls);
    }

    private void reserve(int entries) {
        if (value.length < entries) {
            value = new double[entries];
            slope = new double[entries];
        }
    }
}
