package org.glassmap.core.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.glassmap.core.atoms.Structure;

/**
 * A crystal that a potential is held against.
 *
 * @param scaled labelled copies of it, its lattice stretched or squeezed evenly; may be empty
 * @param stable whether the reference method is known to have no imaginary modes here
 */
public record AcceptanceCrystal(String name, Structure structure, List<Labelled> scaled, boolean stable) {

    /** Fractional coordinates and ratios of lattice vectors that agree to this are the same. */
    private static final double ALIKE = 2e-3;

    /**
     * @param scale of the lengths against the crystal
     * @param energy eV, of the whole cell, by the reference method
     */
    public record Labelled(double scale, Structure structure, double energy) {}

    public AcceptanceCrystal {
        scaled = List.copyOf(scaled);
        if (!structure.cell().fullyPeriodic()) {
            throw new IllegalArgumentException("%s must be periodic in three directions".formatted(name));
        }
    }

    /** With those of labelled structures that are this crystal evenly scaled, in the order of scale. */
    public AcceptanceCrystal withLabels(List<Structure> structures, List<Double> energies) {
        List<Labelled> found = new ArrayList<>();
        for (int k = 0; k < structures.size(); k++) {
            double scale = scale(structures.get(k));
            if (scale > 0) {
                found.add(new Labelled(scale, structures.get(k), energies.get(k)));
            }
        }
        found.sort(Comparator.comparingDouble(Labelled::scale).thenComparingDouble(Labelled::energy));
        return new AcceptanceCrystal(name, structure, found, stable);
    }

    /** 0 where the other is not this crystal evenly scaled, atom by atom. */
    private double scale(Structure other) {
        if (!other.cell().fullyPeriodic() || !other.species().equals(structure.species())) {
            return 0;
        }
        double scale = StrictMath.cbrt(other.cell().volume() / structure.cell().volume());
        double[] mine = structure.cell().lattice();
        double[] theirs = other.cell().lattice();
        for (int k = 0; k < 9; k++) {
            if (Math.abs(theirs[k] - scale * mine[k]) > ALIKE * structure.cell().length(k / 3)) {
                return 0;
            }
        }
        double[] from = structure.fractional();
        double[] to = other.fractional();
        for (int c = 0; c < from.length; c++) {
            double off = to[c] - from[c];
            if (Math.abs(off - Math.rint(off)) > ALIKE) {
                return 0;
            }
        }
        return scale;
    }
}
