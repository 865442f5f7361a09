package org.glassmap.core.sampling;

import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * How often to repeat a crystal so that a search has room: of all na × nb × nc within the bounds the one whose smallest
 * height is largest, the most nearly cubic in what matters, the distance to the next image; of equals the one with
 * fewest atoms, then with smallest na, nb.
 *
 * @param na times along a
 * @param atoms of the supercell
 * @param smallestHeight Å
 */
public record SupercellChoice(int na, int nb, int nc, int atoms, double smallestHeight) {

    /** The paper's supercells have 80 to 168 atoms. */
    public static final int PAPER_FEWEST = 80;

    public static final int PAPER_MOST = 168;

    /**
     * @throws IllegalArgumentException if no multiple of the crystal's atoms lies within the bounds
     */
    public static SupercellChoice of(Structure crystal, int fewest, int most) {
        if (fewest < 1 || most < fewest) {
            throw new IllegalArgumentException(
                    "atoms must lie in 1 ≤ fewest ≤ most, got %d, %d".formatted(fewest, most));
        }
        if (!crystal.cell().fullyPeriodic()) {
            throw new IllegalArgumentException("a supercell needs three periodic directions");
        }
        @Nullable SupercellChoice best = null;
        int largest = most / crystal.size();
        for (int na = 1; na <= largest; na++) {
            for (int nb = 1; na * nb <= largest; nb++) {
                for (int nc = 1; na * nb * nc <= largest; nc++) {
                    SupercellChoice choice = choice(crystal, na, nb, nc);
                    if (choice.atoms >= fewest && (best == null || choice.betterThan(best))) {
                        best = choice;
                    }
                }
            }
        }
        if (best == null) {
            throw new IllegalArgumentException(
                    "no multiple of %d atoms lies between %d and %d".formatted(crystal.size(), fewest, most));
        }
        return best;
    }

    /** Within the paper's bounds. */
    public static SupercellChoice of(Structure crystal) {
        return of(crystal, PAPER_FEWEST, PAPER_MOST);
    }

    private static SupercellChoice choice(Structure crystal, int na, int nb, int nc) {
        double height = Math.min(
                na * crystal.cell().height(0),
                Math.min(nb * crystal.cell().height(1), nc * crystal.cell().height(2)));
        return new SupercellChoice(na, nb, nc, na * nb * nc * crystal.size(), height);
    }

    /** The loops run by rising na, nb, nc, so equals keep the first. */
    private boolean betterThan(SupercellChoice other) {
        return smallestHeight > other.smallestHeight || smallestHeight == other.smallestHeight && atoms < other.atoms;
    }

    public Structure applied(Structure crystal) {
        return crystal.repeated(na, nb, nc);
    }
}
