package org.glassmap.core.learning;

/**
 * The fixed linear map between features and sums resolved by species, R[s][n] over neighbours of species s and A[s,t][n]
 * over pairs: {@link #store} makes features of sums, {@link #spread} is its transpose, from dE/dG to dE/d(sums).
 */
final class ResolvedSums {

    private final Descriptor descriptor;
    private final int kinds;
    private final int radialOrders;
    private final int angularOrders;

    ResolvedSums(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.kinds = descriptor.environment().size();
        this.radialOrders = descriptor.radialOrder() + 1;
        this.angularOrders = descriptor.angularOrder() + 1;
    }

    /** Features into {@code features} from place {@code at}. */
    void store(double[] radial, double[] angular, double[] features, int at) {
        switch (descriptor) {
            case ResolvedChebyshev _ -> {
                int radialSums = kinds * radialOrders;
                System.arraycopy(radial, 0, features, at, radialSums);
                System.arraycopy(angular, 0, features, at + radialSums, kinds * (kinds + 1) / 2 * angularOrders);
            }
            case WeightedChebyshev weighted -> storeWeighted(weighted, radial, angular, features, at);
        }
    }

    private void storeWeighted(
            WeightedChebyshev weighted, double[] radial, double[] angular, double[] features, int at) {
        int half = radialOrders + angularOrders;
        for (int f = 0; f < weighted.size(); f++) {
            features[at + f] = 0;
        }
        for (int s = 0; s < kinds; s++) {
            add(radial, s * radialOrders, radialOrders, 1, features, at);
            if (kinds > 1) {
                add(radial, s * radialOrders, radialOrders, weighted.weight(s), features, at + half);
            }
        }
        int block = 0;
        for (int s = 0; s < kinds; s++) {
            for (int t = s; t < kinds; t++) {
                double w = weighted.weight(s) * weighted.weight(t);
                add(angular, block * angularOrders, angularOrders, 1, features, at + radialOrders);
                if (kinds > 1) {
                    add(angular, block * angularOrders, angularOrders, w, features, at + half + radialOrders);
                }
                block++;
            }
        }
    }

    private static void add(double[] from, int at, int count, double factor, double[] to, int place) {
        for (int n = 0; n < count; n++) {
            to[place + n] += factor * from[at + n];
        }
    }

    /** From dE/dG at place {@code at} to dE/d(sums). */
    void spread(double[] gradient, int at, double[] radial, double[] angular) {
        switch (descriptor) {
            case ResolvedChebyshev _ -> {
                int radialSums = kinds * radialOrders;
                System.arraycopy(gradient, at, radial, 0, radialSums);
                System.arraycopy(gradient, at + radialSums, angular, 0, kinds * (kinds + 1) / 2 * angularOrders);
            }
            case WeightedChebyshev weighted -> spreadWeighted(weighted, gradient, at, radial, angular);
        }
    }

    private void spreadWeighted(
            WeightedChebyshev weighted, double[] gradient, int at, double[] radial, double[] angular) {
        int half = kinds > 1 ? radialOrders + angularOrders : 0;
        for (int s = 0; s < kinds; s++) {
            double w = kinds > 1 ? weighted.weight(s) : 0;
            for (int n = 0; n < radialOrders; n++) {
                radial[s * radialOrders + n] = gradient[at + n] + w * gradient[at + half + n];
            }
        }
        int block = 0;
        for (int s = 0; s < kinds; s++) {
            for (int t = s; t < kinds; t++) {
                double w = kinds > 1 ? weighted.weight(s) * weighted.weight(t) : 0;
                int from = at + radialOrders;
                for (int n = 0; n < angularOrders; n++) {
                    angular[block * angularOrders + n] = gradient[from + n] + w * gradient[from + half + n];
                }
                block++;
            }
        }
    }
}
