package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.glassmap.core.atoms.Species;

/**
 * The screened repulsion of nuclei of Ziegler, Biersack and Littmark (The Stopping and Range of Ions in Solids, Pergamon
 * 1985), switched off smoothly: E(d) = S(d) · Z₁Z₂e²/(4πε₀ d) · φ(d/a), a = 0.46850 Å/(Z₁^0.23 + Z₂^0.23), φ a sum of four
 * exponentials; S falls from 1 at the inner to 0 at the outer radius, 1 − u³(10 − 15u + 6u²), with two continuous
 * derivatives. Infinite at distance 0. Immutable.
 */
public final class ZblRepulsion implements Repulsion {

    /** e²/(4πε₀), eV Å (CODATA 2018). */
    private static final double COULOMB = 14.3996454784;

    private static final double[] SHARE = {0.18175, 0.50986, 0.28022, 0.02817};
    private static final double[] DECAY = {3.19980, 0.94229, 0.40290, 0.20162};

    private final List<Switch> switches;
    private final double[] lengths;

    /**
     * Where the repulsion of two species ends.
     *
     * @param first not after {@code second} in the periodic table
     * @param inner Å; whole below it
     * @param outer Å; nothing beyond it. Below the shortest distance of the training set, or what is learnt bends
     */
    public record Switch(Species first, Species second, double inner, double outer) {

        public Switch {
            if (first.compareTo(second) > 0) {
                Species swap = first;
                first = second;
                second = swap;
            }
            if (!(inner > 0) || !(outer > inner) || !(outer < 10)) {
                throw new IllegalArgumentException(
                        "the radii of %s–%s must obey 0 < inner < outer < 10 Å, got %s and %s"
                                .formatted(first, second, inner, outer));
            }
        }
    }

    /** @throws IllegalArgumentException if there is no pair, or one is given twice */
    public ZblRepulsion(List<Switch> switches) {
        List<Switch> sorted = new ArrayList<>(switches);
        sorted.sort(Comparator.comparing(Switch::first).thenComparing(Switch::second));
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("a repulsion needs at least one pair; without any, there is none");
        }
        this.lengths = new double[sorted.size()];
        for (int k = 0; k < lengths.length; k++) {
            Switch pair = sorted.get(k);
            if (k > 0
                    && pair.first() == sorted.get(k - 1).first()
                    && pair.second() == sorted.get(k - 1).second()) {
                throw new IllegalArgumentException("two radii for %s–%s".formatted(pair.first(), pair.second()));
            }
            lengths[k] = 0.46850
                    / (StrictMath.pow(charge(pair.first()), 0.23) + StrictMath.pow(charge(pair.second()), 0.23));
        }
        this.switches = List.copyOf(sorted);
    }

    private static int charge(Species species) {
        return species.ordinal() + 1;
    }

    /** In the order of the periodic table. */
    public List<Switch> switches() {
        return switches;
    }

    @Override
    public double cutoff() {
        return switches.stream().mapToDouble(Switch::outer).max().orElse(0);
    }

    @Override
    public double energy(Species a, Species b, double distance) {
        int pair = between(a, b);
        if (pair < 0 || !(distance < switches.get(pair).outer())) {
            return 0;
        }
        return nuclei(pair, distance) * share(switches.get(pair), distance);
    }

    @Override
    public double slope(Species a, Species b, double distance) {
        int pair = between(a, b);
        if (pair < 0 || !(distance < switches.get(pair).outer())) {
            return 0;
        }
        Switch radii = switches.get(pair);
        return nucleiSlope(pair, distance) * share(radii, distance)
                + nuclei(pair, distance) * shareSlope(radii, distance);
    }

    private double nuclei(int pair, double d) {
        double sum = 0;
        for (int k = 0; k < SHARE.length; k++) {
            sum += SHARE[k] * StrictMath.exp(-DECAY[k] * d / lengths[pair]);
        }
        return COULOMB * charges(pair) / d * sum;
    }

    private double nucleiSlope(int pair, double d) {
        double sum = 0;
        for (int k = 0; k < SHARE.length; k++) {
            double rate = DECAY[k] / lengths[pair];
            sum -= SHARE[k] * (1 / d + rate) * StrictMath.exp(-rate * d);
        }
        return COULOMB * charges(pair) / d * sum;
    }

    private double charges(int pair) {
        return (double) charge(switches.get(pair).first())
                * charge(switches.get(pair).second());
    }

    private static double share(Switch radii, double d) {
        double u = (d - radii.inner()) / (radii.outer() - radii.inner());
        return u <= 0 ? 1 : 1 - u * u * u * (10 - 15 * u + 6 * u * u);
    }

    private static double shareSlope(Switch radii, double d) {
        double width = radii.outer() - radii.inner();
        double u = (d - radii.inner()) / width;
        return u <= 0 ? 0 : -30 * u * u * (1 - u) * (1 - u) / width;
    }

    private int between(Species a, Species b) {
        Species first = a.compareTo(b) <= 0 ? a : b;
        Species second = a.compareTo(b) <= 0 ? b : a;
        for (int k = 0; k < lengths.length; k++) {
            if (switches.get(k).first() == first && switches.get(k).second() == second) {
                return k;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ZblRepulsion repulsion && switches.equals(repulsion.switches);
    }

    @Override
    public int hashCode() {
        return switches.hashCode();
    }

    @Override
    public String toString() {
        return "ZblRepulsion" + switches;
    }
}
