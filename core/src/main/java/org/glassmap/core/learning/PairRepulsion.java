package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.glassmap.core.atoms.Species;
import org.jspecify.annotations.Nullable;

/**
 * A fixed wall beneath a network, for distances it never saw: height · (1 − d/radius)³ below the radius of a pair of
 * species, nothing beyond; twice continuously differentiable. Part of the potential, never trained.
 *
 * @param walls one per pair of species at most; kept in the order of the periodic table
 */
public record PairRepulsion(List<Wall> walls) implements Repulsion {

    /** No wall at all, as ænet's potentials have none. */
    public static final PairRepulsion NONE = new PairRepulsion(List.of());

    /**
     * @param first not after {@code second} in the periodic table
     * @param height eV, at distance 0
     * @param radius Å
     */
    public record Wall(Species first, Species second, double height, double radius) {

        public Wall {
            if (first.compareTo(second) > 0) {
                Species swap = first;
                first = second;
                second = swap;
            }
            if (!(height > 0) || !Double.isFinite(height)) {
                throw new IllegalArgumentException(
                        "height of the wall %s–%s must be positive, got %s eV".formatted(first, second, height));
            }
            if (!(radius > 0) || !(radius < 10)) {
                throw new IllegalArgumentException("radius of the wall %s–%s must be positive and below 10 Å, got %s"
                        .formatted(first, second, radius));
            }
        }
    }

    public PairRepulsion {
        List<Wall> sorted = new ArrayList<>(walls);
        sorted.sort(Comparator.comparing(Wall::first).thenComparing(Wall::second));
        for (int k = 1; k < sorted.size(); k++) {
            if (sorted.get(k).first() == sorted.get(k - 1).first()
                    && sorted.get(k).second() == sorted.get(k - 1).second()) {
                throw new IllegalArgumentException("two walls for %s–%s"
                        .formatted(sorted.get(k).first(), sorted.get(k).second()));
            }
        }
        walls = List.copyOf(sorted);
    }

    /** The longest radius, Å; 0 without walls. */
    @Override
    public double cutoff() {
        return walls.stream().mapToDouble(Wall::radius).max().orElse(0);
    }

    @Override
    public double energy(Species a, Species b, double distance) {
        Wall wall = between(a, b);
        if (wall == null || !(distance < wall.radius)) {
            return 0;
        }
        double depth = 1 - distance / wall.radius;
        return wall.height * depth * depth * depth;
    }

    @Override
    public double slope(Species a, Species b, double distance) {
        Wall wall = between(a, b);
        if (wall == null || !(distance < wall.radius)) {
            return 0;
        }
        double depth = 1 - distance / wall.radius;
        return -3 * wall.height * depth * depth / wall.radius;
    }

    private @Nullable Wall between(Species a, Species b) {
        Species first = a.compareTo(b) <= 0 ? a : b;
        Species second = a.compareTo(b) <= 0 ? b : a;
        for (Wall wall : walls) {
            if (wall.first == first && wall.second == second) {
                return wall;
            }
        }
        return null;
    }
}
