package org.glassmap.core.learning;

/**
 * From sums resolved by species to features: both descriptors are linear in R[s][n] over neighbours of species s and
 * A[s,t][n] over pairs. A term of such a sum goes to one feature of {@link ResolvedChebyshev}, to two of {@link
 * WeightedChebyshev}, the second with the neighbour's weight.
 */
final class FeatureMap {

    private final int[] radialFirst;
    private final int[] angularFirst;
    private final int half;
    private final double[] radialWeight;
    private final double[] angularWeight;

    FeatureMap(Descriptor descriptor) {
        int kinds = descriptor.environment().size();
        int radialOrders = descriptor.radialOrder() + 1;
        int angularOrders = descriptor.angularOrder() + 1;
        int blocks = kinds * (kinds + 1) / 2;
        radialFirst = new int[kinds];
        angularFirst = new int[blocks];
        radialWeight = new double[kinds];
        angularWeight = new double[blocks];
        switch (descriptor) {
            case ResolvedChebyshev resolved -> {
                half = 0;
                for (int s = 0; s < kinds; s++) {
                    radialFirst[s] = s * radialOrders;
                }
                for (int block = 0; block < blocks; block++) {
                    angularFirst[block] = kinds * radialOrders + block * angularOrders;
                }
            }
            case WeightedChebyshev weighted -> {
                half = kinds > 1 ? radialOrders + angularOrders : 0;
                int block = 0;
                for (int s = 0; s < kinds; s++) {
                    radialWeight[s] = weighted.weight(s);
                    for (int t = s; t < kinds; t++) {
                        angularFirst[block] = radialOrders;
                        angularWeight[block++] = weighted.weight(s) * weighted.weight(t);
                    }
                }
            }
        }
    }

    /** Adds weight · T_n(x), n from 0, of a neighbour of the species at {@code place}. */
    void addRadial(double[] features, int place, double weight, double x, int orders) {
        add(features, radialFirst[place], radialWeight[place], weight, x, orders);
    }

    /** Adds weight · T_n(x), n from 0, of a pair of the species that belong to {@code block}. */
    void addAngular(double[] features, int block, double weight, double x, int orders) {
        add(features, angularFirst[block], angularWeight[block], weight, x, orders);
    }

    private void add(double[] features, int first, double second, double weight, double x, int orders) {
        double before = weight * x; // T_−1 = T_1
        double now = weight;
        for (int n = 0; n < orders; n++) {
            features[first + n] += now;
            if (half > 0) {
                features[half + first + n] += second * now;
            }
            double next = 2 * x * now - before;
            before = now;
            now = next;
        }
    }
}
