package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Structure;

/** The definition, written down term by term with the library's functions: what the fast kernel is held against. */
final class SimpleDescriptor {

    private SimpleDescriptor() {}

    /** Values, and the sums of the absolute values of their terms: the scale of rounding. */
    record Features(double[] values, double[] magnitudes) {}

    static Features of(Descriptor descriptor, Structure structure, int centre) {
        NeighbourList list = NeighbourList.of(structure, descriptor.cutoff());
        Features features = new Features(new double[descriptor.size()], new double[descriptor.size()]);
        List<Integer> close = new ArrayList<>();
        for (int k = list.start(centre); k < list.end(centre); k++) {
            double d = list.distance(k);
            int s = descriptor.environment().indexOf(structure.species(list.neighbour(k)));
            double fc = cutoff(d, descriptor.radialCutoff());
            for (int n = 0; n <= descriptor.radialOrder(); n++) {
                addRadial(descriptor, features, s, n, fc * chebyshev(n, 2 * d / descriptor.radialCutoff() - 1));
            }
            if (d < descriptor.angularCutoff()) {
                close.add(k);
            }
        }
        for (int a = 0; a < close.size(); a++) {
            for (int b = a + 1; b < close.size(); b++) {
                int j = close.get(a);
                int k = close.get(b);
                double cos = (list.dx(j) * list.dx(k) + list.dy(j) * list.dy(k) + list.dz(j) * list.dz(k))
                        / (list.distance(j) * list.distance(k));
                double fc = cutoff(list.distance(j), descriptor.angularCutoff())
                        * cutoff(list.distance(k), descriptor.angularCutoff());
                int s = descriptor.environment().indexOf(structure.species(list.neighbour(j)));
                int t = descriptor.environment().indexOf(structure.species(list.neighbour(k)));
                for (int n = 0; n <= descriptor.angularOrder(); n++) {
                    addAngular(descriptor, features, s, t, n, fc * chebyshev(n, cos));
                }
            }
        }
        return features;
    }

    private static void addRadial(Descriptor descriptor, Features features, int s, int n, double term) {
        switch (descriptor) {
            case WeightedChebyshev weighted -> {
                add(features, n, term);
                if (weighted.environment().size() > 1) {
                    add(features, weighted.size() / 2 + n, weighted.weight(s) * term);
                }
            }
            case ResolvedChebyshev resolved -> add(features, s * (resolved.radialOrder() + 1) + n, term);
        }
    }

    private static void addAngular(Descriptor descriptor, Features features, int s, int t, int n, double term) {
        int radial = descriptor.radialOrder() + 1;
        switch (descriptor) {
            case WeightedChebyshev weighted -> {
                add(features, radial + n, term);
                if (weighted.environment().size() > 1) {
                    add(features, weighted.size() / 2 + radial + n, weighted.weight(s) * weighted.weight(t) * term);
                }
            }
            case ResolvedChebyshev resolved -> {
                int block = 0;
                for (int a = 0; a < resolved.environment().size(); a++) {
                    for (int b = a; b < resolved.environment().size(); b++) {
                        if (a == Math.min(s, t) && b == Math.max(s, t)) {
                            add(
                                    features,
                                    resolved.environment().size() * radial + block * (resolved.angularOrder() + 1) + n,
                                    term);
                        }
                        block++;
                    }
                }
            }
        }
    }

    private static void add(Features features, int f, double term) {
        features.values[f] += term;
        features.magnitudes[f] += Math.abs(term);
    }

    private static double cutoff(double d, double radius) {
        return d < radius ? 0.5 * (Math.cos(Math.PI * d / radius) + 1) : 0;
    }

    private static double chebyshev(int n, double x) {
        double before = 1;
        double now = x;
        if (n == 0) {
            return before;
        }
        for (int m = 2; m <= n; m++) {
            double next = 2 * x * now - before;
            before = now;
            now = next;
        }
        return now;
    }
}
