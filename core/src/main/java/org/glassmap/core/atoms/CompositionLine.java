package org.glassmap.core.atoms;

import java.util.TreeSet;

/**
 * The compositions a(x) b(1−x) between two end members, such as (Li2S)x(P2S5)1−x. Where a composition lies on it is
 * decided in whole numbers.
 *
 * @param a formula of the end member at x = 1
 * @param b formula of the end member at x = 0
 */
public record CompositionLine(Composition a, Composition b) {

    public CompositionLine {
        if (a.atoms() == 0 || b.atoms() == 0) {
            throw new IllegalArgumentException("an end member needs atoms");
        }
        if (a.reduced().equals(b.reduced())) {
            throw new IllegalArgumentException(
                    "end members must differ, got %s and %s".formatted(a.formula(), b.formula()));
        }
    }

    /** Whether a composition lies on the line or, as the reason says, does not. */
    public sealed interface Location {
        record OnLine(LinePosition position) implements Location {}

        record OffLine(String reason) implements Location {}
    }

    /** {@code Li2S–P2S5}. */
    public String name() {
        return a.formula() + "–" + b.formula();
    }

    /** Atoms in one formula unit a(x) b(1−x); 7 − 4x on Li2S–P2S5. */
    public double atomsPerUnit(double x) {
        return x * a.atoms() + (1 - x) * b.atoms();
    }

    /**
     * @throws IllegalArgumentException with the reason, if the composition is not on the line
     */
    public LinePosition position(Composition composition) {
        return switch (locate(composition)) {
            case Location.OnLine on -> on.position();
            case Location.OffLine off -> throw new IllegalArgumentException(off.reason());
        };
    }

    /** Solves composition = n_a · a + n_b · b in whole numbers (Cramer), and tries it on every species. */
    public Location locate(Composition composition) {
        if (composition.atoms() == 0) {
            return new Location.OffLine("no atoms");
        }
        Species i = tellingOf(a, b);
        Species j = tellingOf(b, a);
        long determinant = (long) a.count(i) * b.count(j) - (long) a.count(j) * b.count(i);
        if (determinant == 0) {
            return new Location.OffLine("%s cannot be told apart on %s".formatted(composition.formula(), name()));
        }
        long unitsA = (long) composition.count(i) * b.count(j) - (long) composition.count(j) * b.count(i);
        long unitsB = (long) a.count(i) * composition.count(j) - (long) a.count(j) * composition.count(i);
        if (determinant < 0) {
            determinant = -determinant;
            unitsA = -unitsA;
            unitsB = -unitsB;
        }
        if (unitsA < 0 || unitsB < 0 || unitsA + unitsB == 0) {
            return new Location.OffLine("%s lies outside %s".formatted(composition.formula(), name()));
        }
        TreeSet<Species> all = new TreeSet<>(composition.counts().keySet());
        all.addAll(a.counts().keySet());
        all.addAll(b.counts().keySet());
        for (Species species : all) {
            long expected = unitsA * a.count(species) + unitsB * b.count(species);
            if (expected != determinant * composition.count(species)) {
                return new Location.OffLine("%s is off the line %s: by its %s and %s it should have %s %s, it has %d"
                        .formatted(
                                composition.formula(),
                                name(),
                                i,
                                j,
                                ratio(expected, determinant),
                                species,
                                composition.count(species)));
            }
        }
        return new Location.OnLine(LinePosition.of(unitsA, unitsB, determinant));
    }

    /** The species that tells most of how much there is of {@code of}: the one richest against {@code against}. */
    private static Species tellingOf(Composition of, Composition against) {
        Species best = of.counts().firstKey();
        for (Species species : of.counts().keySet()) {
            if ((long) of.count(species) * against.count(best) > (long) of.count(best) * against.count(species)) {
                best = species;
            }
        }
        return best;
    }

    private static String ratio(long numerator, long denominator) {
        long divisor = LinePosition.gcd(numerator, denominator);
        return denominator == divisor
                ? Long.toString(numerator / divisor)
                : numerator / divisor + "/" + denominator / divisor;
    }
}
