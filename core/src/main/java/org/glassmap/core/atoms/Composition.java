package org.glassmap.core.atoms;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many atoms of each species. Species without atoms are absent; the order is the periodic table's. */
public record Composition(SortedMap<Species, Integer> counts) {

    public Composition {
        TreeMap<Species, Integer> present = new TreeMap<>();
        counts.forEach((species, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException(
                        "count of %s must not be negative, got %d".formatted(species, count));
            }
            if (count > 0) {
                present.put(species, count);
            }
        });
        counts = Collections.unmodifiableSortedMap(present);
    }

    public static Composition of(Map<Species, Integer> counts) {
        return new Composition(new TreeMap<>(counts));
    }

    static Composition ofAtoms(Species[] atoms) {
        EnumMap<Species, Integer> counts = new EnumMap<>(Species.class);
        for (Species species : atoms) {
            counts.merge(species, 1, Integer::sum);
        }
        return of(counts);
    }

    public int count(Species species) {
        return counts.getOrDefault(species, 0);
    }

    public int atoms() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Symbols and counts in the order of the periodic table, a count of one left out: {@code Li3PS4}. */
    public String formula() {
        return counts.entrySet().stream()
                .map(e -> e.getKey().symbol() + (e.getValue() == 1 ? "" : e.getValue()))
                .collect(Collectors.joining());
    }

    /** The composition divided by the greatest common divisor of its counts. */
    public Composition reduced() {
        int divisor = counts.values().stream().reduce(0, Composition::greatestCommonDivisor);
        if (divisor <= 1) {
            return this;
        }
        TreeMap<Species, Integer> reduced = new TreeMap<>();
        counts.forEach((species, count) -> reduced.put(species, count / divisor));
        return new Composition(reduced);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
