package org.glassmap.core.atoms;

import org.jspecify.annotations.Nullable;

/**
 * What a structure's neighbour lists are made from, prepared once: parts of the list can then be made one by one, and by
 * several threads. Immutable.
 */
public final class NeighbourSearch implements NeighbourSource {

    /** Up to this many atoms all pairs are looked at, each once; above, every atom looks around itself. */
    private static final int ALL_PAIRS_UP_TO = 160;

    private final Structure structure;
    private final double cutoff;
    private final ImageSearch all;
    private final @Nullable ColumnSearch columns;

    private NeighbourSearch(Structure structure, double cutoff) {
        this.structure = structure;
        this.cutoff = cutoff;
        this.all = new ImageSearch(structure, cutoff);
        this.columns = structure.size() <= ALL_PAIRS_UP_TO ? null : all.columns();
    }

    private NeighbourSearch(NeighbourSearch of, ColumnSearch columns) {
        this.structure = of.structure;
        this.cutoff = of.cutoff;
        this.all = of.all;
        this.columns = columns;
    }

    /**
     * For pairs with distance &lt; {@code cutoff}.
     *
     * @param cutoff Å, positive
     * @throws InvalidStructureException if atoms are so dense that a list would not fit into memory
     */
    public static NeighbourSearch of(Structure structure, double cutoff) {
        requireBounded(structure, cutoff);
        return new NeighbourSearch(structure, cutoff);
    }

    /**
     * The same, where large structures' atoms are numbered as they follow each other in space: what is read and written
     * of an atom's neighbours then stands in a few short stretches of memory, however large the structure.
     */
    public static NeighbourSearch inSpace(Structure structure, double cutoff) {
        NeighbourSearch search = of(structure, cutoff);
        return search.columns == null ? search : new NeighbourSearch(search, search.columns.inSpace());
    }

    @Override
    public int size() {
        return structure.size();
    }

    @Override
    public double cutoff() {
        return cutoff;
    }

    @Override
    public boolean divisible() {
        return columns != null;
    }

    @Override
    public NeighbourList list(int first, int last, NeighbourList.Space space) {
        if (columns != null) {
            return NeighbourList.of(columns, first, last, cutoff, space);
        }
        if (first != 0 || last != structure.size()) {
            throw new IllegalArgumentException("the list of %d atoms is made as a whole, not from %d to %d"
                    .formatted(structure.size(), first, last));
        }
        return NeighbourList.of(all, structure.size(), cutoff, space);
    }

    @Override
    public int atom(int number) {
        return columns == null ? number : columns.named()[number];
    }

    private static void requireBounded(Structure structure, double cutoff) {
        if (structure.cell().fullyPeriodic()) {
            double expected = (double) structure.size()
                    * structure.size()
                    * (4 * Math.PI / 3 * cutoff * cutoff * cutoff)
                    / structure.cell().volume();
            if (!(expected < 1e8)) {
                throw new InvalidStructureException(
                        "lattice",
                        "%d atoms in %s Å³ have about %.1e neighbours within %s Å; check the unit of the cell"
                                .formatted(structure.size(), structure.cell().volume(), expected, cutoff));
            }
        }
    }
}
