package org.glassmap.core.atoms;

/**
 * How many formula units of each end member a composition is made of, as exact fractions: {@code unitsA/denominator}
 * and {@code unitsB/denominator}, in lowest terms. One formula unit Li3PS4 is 3/2 Li2S + 1/2 P2S5: (3, 1, 2).
 */
public record LinePosition(long unitsA, long unitsB, long denominator) implements Comparable<LinePosition> {

    public LinePosition {
        if (unitsA < 0 || unitsB < 0 || unitsA + unitsB == 0) {
            throw new IllegalArgumentException(
                    "units must not be negative nor both zero, got %d and %d".formatted(unitsA, unitsB));
        }
        if (denominator < 1 || gcd(gcd(unitsA, unitsB), denominator) != 1) {
            throw new IllegalArgumentException(
                    "%d/%d and %d/%d are not in lowest terms".formatted(unitsA, denominator, unitsB, denominator));
        }
    }

    static LinePosition of(long unitsA, long unitsB, long denominator) {
        long divisor = gcd(gcd(unitsA, unitsB), denominator);
        return new LinePosition(unitsA / divisor, unitsB / divisor, denominator / divisor);
    }

    static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** n_a / (n_a + n_b), rounded once: equal compositions have equal x to the last bit. */
    public double x() {
        return (double) unitsA / (unitsA + unitsB);
    }

    /** Formula units a(x) b(1−x) in all: n_a + n_b. */
    public double units() {
        return (double) (unitsA + unitsB) / denominator;
    }

    /** Whether both have the same x, whatever their size. */
    public boolean sameComposition(LinePosition other) {
        return compareTo(other) == 0;
    }

    /** By x, exactly; not consistent with equals: positions of the same x and other sizes compare as 0. */
    @Override
    public int compareTo(LinePosition other) {
        return Long.compare(Math.multiplyExact(unitsA, other.unitsB), Math.multiplyExact(other.unitsA, unitsB));
    }
}
