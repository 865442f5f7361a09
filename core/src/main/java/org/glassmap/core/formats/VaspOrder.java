package org.glassmap.core.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A structure arranged as VASP wants it, and the way back. Atoms of a species stand together, species in the order of
 * the periodic table (which is then the POTCAR's), within a species as before. VASP wants the triple product of the
 * lattice vectors positive: in a left-handed cell a, b and c are reversed, which keeps lattice, Cartesian positions,
 * forces and stress what they are.
 */
public final class VaspOrder {

    private final Structure original;
    private final Structure structure;
    private final int[] from;
    private final List<Species> kinds;
    private final List<Integer> counts;

    private VaspOrder(Structure original, Structure structure, int[] from, List<Species> kinds, List<Integer> counts) {
        this.original = original;
        this.structure = structure;
        this.from = from;
        this.kinds = kinds;
        this.counts = counts;
    }

    /** @throws InvalidStructureException if the cell does not repeat in all directions */
    public static VaspOrder of(Structure original) {
        if (!original.cell().fullyPeriodic()) {
            throw new InvalidStructureException(
                    "pbc", "VASP knows cells that repeat in three directions only; put a molecule into a box");
        }
        Map<Species, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < original.size(); i++) {
            groups.computeIfAbsent(original.species(i), kind -> new ArrayList<>())
                    .add(i);
        }
        int[] from = groups.values().stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .toArray();
        List<Species> species = new ArrayList<>();
        double[] positions = new double[3 * from.length];
        for (int k = 0; k < from.length; k++) {
            species.add(original.species(from[k]));
            for (int axis = 0; axis < 3; axis++) {
                positions[3 * k + axis] = original.position(from[k], axis);
            }
        }
        return new VaspOrder(
                original,
                Structure.of(turned(original.cell(), original.cell().leftHanded()), species, positions),
                from,
                List.copyOf(groups.keySet()),
                groups.values().stream().map(List::size).toList());
    }

    private static Cell turned(Cell cell, boolean turn) {
        double[] rows = cell.lattice();
        for (int k = 0; turn && k < 9; k++) {
            rows[k] = -rows[k];
        }
        return cell.withLattice(rows);
    }

    /** As VASP gets it. */
    public Structure structure() {
        return structure;
    }

    /** The species in the order of POSCAR and POTCAR. */
    public List<Species> kinds() {
        return kinds;
    }

    /** How many atoms of each kind. */
    public List<Integer> counts() {
        return counts;
    }

    /** Which atom of the original stands at place {@code k} of VASP's. */
    public int original(int k) {
        return from[k];
    }

    /**
     * What VASP answered, in the order and handedness of the original.
     *
     * @throws InvalidStructureException if it is not of the same species
     */
    public Frame restored(Frame answer) {
        Structure theirs = answer.structure();
        if (!theirs.species().equals(structure.species())) {
            throw new InvalidStructureException(
                    "species",
                    "the answer is of %s, the question was of %s"
                            .formatted(
                                    theirs.composition().formula(),
                                    structure.composition().formula()));
        }
        double[] positions = new double[3 * from.length];
        double @Nullable [] forces = answer.forces().orElse(null);
        double[] ours = new double[3 * from.length];
        for (int k = 0; k < from.length; k++) {
            for (int axis = 0; axis < 3; axis++) {
                positions[3 * from[k] + axis] = theirs.position(k, axis);
                ours[3 * from[k] + axis] = forces == null ? 0 : forces[3 * k + axis];
            }
        }
        Cell cell = turned(theirs.cell(), original.cell().leftHanded());
        Frame restored = answer.withStructure(Structure.of(cell, original.species(), positions));
        return forces == null ? restored : restored.withForces(ours);
    }
}
