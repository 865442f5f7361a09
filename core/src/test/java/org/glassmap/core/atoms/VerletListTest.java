package org.glassmap.core.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerletListTest {

    static List<Cell> cells() {
        return List.of(
                Cell.periodic(9, 0, 0, 0.5, 8, 0, 1, 0.4, 10),
                Cell.periodic(2.1, 0, 0, 0, 14, 0, 0.3, 1, 3),
                Cell.of(new double[] {6, 0, 0, 0, 7, 0, 0, 0, 1}, true, true, false),
                Cell.NONE);
    }

    /** Atoms wander and the cell is strained, over many lives of a list; what is kept must be what is searched. */
    @ParameterizedTest
    @MethodSource("cells")
    void whatFollowsIsWhatIsFound(Cell cell) {
        SplittableRandom random = new SplittableRandom(5);
        Structure structure = scattered(cell, 12, random);
        VerletList following = new VerletList(4, 0.6);
        int searches = 0;
        int steps = 120;
        for (int step = 0; step < steps; step++) {
            searches += following.outdatedBy(structure) ? 1 : 0;
            NeighbourSource source = following.at(structure);
            assertThat(entries(source.list(0, 12, new NeighbourList.Space())))
                    .isEqualTo(entries(NeighbourList.of(structure, 4)));
            NeighbourList part = source.list(5, 9, new NeighbourList.Space());
            NeighbourList whole = source.list(0, 12, new NeighbourList.Space());
            assertThat(part.count(7)).isEqualTo(whole.count(7));
            assertThat(part.dx(part.start(7))).isEqualTo(whole.dx(whole.start(7)));
            structure = moved(structure, random);
        }
        assertThat(searches).isBetween(3, steps / 2);
    }

    private static Structure moved(Structure structure, SplittableRandom random) {
        double[] positions = structure.positions();
        for (int k = 0; k < positions.length; k++) {
            positions[k] += random.nextDouble(-0.05, 0.05);
        }
        Structure moved = structure.withPositions(positions);
        if (!structure.cell().fullyPeriodic()) {
            return moved;
        }
        double[] lattice = structure.cell().lattice();
        for (int k = 0; k < 9; k++) {
            lattice[k] += random.nextDouble(-0.01, 0.01);
        }
        return moved.withCellAndAtoms(Cell.periodic(lattice));
    }

    /** Atom by atom, neighbours by distance to nine digits: both round in their own order. */
    private static List<List<String>> entries(NeighbourList list) {
        List<List<String>> atoms = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            List<String> entries = new ArrayList<>();
            for (int k = list.start(i); k < list.end(i); k++) {
                entries.add("%d %d %d %d"
                        .formatted(
                                list.neighbour(k),
                                Math.round(list.dx(k) * 1e9),
                                Math.round(list.dy(k) * 1e9),
                                Math.round(list.dz(k) * 1e9)));
            }
            entries.sort(Comparator.naturalOrder());
            atoms.add(entries);
        }
        return atoms;
    }

    private static Structure scattered(Cell cell, int n, SplittableRandom random) {
        double[] fractional = new double[3 * n];
        List<Species> species = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            species.add(i % 2 == 0 ? Species.Li : Species.S);
            for (int k = 0; k < 3; k++) {
                // Also outside the cell: positions of a trajectory are not wrapped.
                fractional[3 * i + k] = random.nextDouble(-1.5, 1.5);
            }
        }
        if (!cell.anyPeriodic()) {
            for (int k = 0; k < 3 * n; k++) {
                fractional[k] *= 4;
            }
            return Structure.of(cell, species, fractional);
        }
        return Structure.ofFractional(cell, species, fractional);
    }

    @Test
    void noDistanceFallsBelowWhatADisplacementSays() {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 50; round++) {
            Structure from = scattered(cells().get(0), 6, random);
            Structure to = moved(moved(moved(from, random), random), random);
            Displacement displacement = Displacement.between(from, to);
            double before = Proximity.closest(from, 9).orElseThrow().distance();
            double after = Proximity.closest(to, 9).orElseThrow().distance();
            assertThat(displacement.least(before)).isLessThanOrEqualTo(after);
            assertThat(displacement.moved()).isPositive();
        }
    }

    @Test
    void otherAtomsOrAnotherPeriodicityAreInfinitelyFar() {
        Structure one = scattered(cells().get(0), 4, new SplittableRandom(1));
        Structure other = one.keeping(atom -> atom < 3);
        assertThat(Displacement.between(one, other).least(1e9)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Displacement.between(one, one)).isEqualTo(new Displacement(0, 0));
        Structure open = Structure.of(Cell.NONE, one.species(), one.positions());
        assertThat(Displacement.between(one, open).least(1e9)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aSkinThatIsNotPositiveIsRefused() {
        assertThatThrownBy(() -> new VerletList(6, 0)).hasMessageContaining("skin must be positive");
    }
}
