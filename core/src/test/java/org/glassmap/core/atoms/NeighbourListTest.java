package org.glassmap.core.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NeighbourListTest {

    private record Neighbour(int atom, double dx, double dy, double dz) {}

    static Stream<Arguments> cells() {
        Cell cube = Cell.periodic(5, 0, 0, 0, 5, 0, 0, 0, 5);
        double[] skewed = {4, 0, 0, 8, 4, 0, 0, 0, 4};
        double[] thin = {1.2, 0, 0, 0, 9, 0, 0, 0, 9};
        return Stream.of(
                Arguments.of("cube", cube, 4),
                Arguments.of("skewed", Cell.periodic(skewed), 4),
                Arguments.of("thin", Cell.periodic(thin), 3),
                Arguments.of("rhombohedral", Cell.periodic(1.45, .85, 14, -1.45, .85, 14, 0, -1.67, 14), 2),
                Arguments.of("left-handed", Cell.periodic(0, 5, 0, 6, 0, 0, 1, 0, 7), 5),
                Arguments.of("rotated", Cell.periodic(3.1, 2.2, 1.7, -2.5, 3.6, 0.4, -0.9, -1.3, 5.2), 5),
                Arguments.of("very skewed", Cell.periodic(3, 0, 0, 40, 4, 0, -50, 33, 5), 3),
                Arguments.of("slab", Cell.of(new double[] {5, 0, 0, 2, 5, 0, 1, 1, 3}, true, true, false), 5),
                Arguments.of("wire", Cell.of(new double[] {5, 0, 0, 2, 4, 1, 1, 1, 3}, false, true, false), 5),
                Arguments.of("open", Cell.NONE, 12));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void theListIsWhatCountingAllImagesGives(String name, Cell cell, int atoms) {
        Structure structure = scattered(cell, atoms, 42);
        for (double cutoff : new double[] {0.9, 3.3, 6.1}) {
            assertSameNeighbours(structure, cutoff);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void numberedInSpaceEveryAtomHasTheSameNeighboursInTheSameOrder(String name, Cell cell, int atoms) {
        Structure small = scattered(cell, atoms, 3);
        Structure large = cell.anyPeriodic()
                ? small.repeated(cell.periodic(0) ? 6 : 1, cell.periodic(1) ? 20 : 1, cell.periodic(2) ? 3 : 1)
                : scattered(cell, 300, 3);
        NeighbourList list = NeighbourList.of(large, 3.3);
        NeighbourSearch inSpace = NeighbourSearch.inSpace(large, 3.3);
        int n = large.size();
        boolean[] met = new boolean[n];
        NeighbourList.Space space = new NeighbourList.Space();
        for (int first = 0; first < n; ) {
            int last = inSpace.divisible() ? Math.min(n, first + 37) : n;
            NeighbourList part = inSpace.list(first, last, space);
            for (int number = first; number < last; number++) {
                int atom = inSpace.atom(number);
                assertThat(met[atom]).isFalse();
                met[atom] = true;
                assertThat(part.count(number)).isEqualTo(list.count(atom));
                for (int k = 0; k < part.count(number); k++) {
                    int one = part.start(number) + k;
                    int other = list.start(atom) + k;
                    assertThat(part.atom(part.neighbour(one))).isEqualTo(list.neighbour(other));
                    assertThat(part.dx(one)).isEqualTo(list.dx(other));
                    assertThat(part.dy(one)).isEqualTo(list.dy(other));
                    assertThat(part.dz(one)).isEqualTo(list.dz(other));
                    assertThat(part.distance(one)).isEqualTo(list.distance(other));
                }
            }
            first = last;
        }
    }

    @Test
    void aListServesItsPartsAndNoOthers() {
        Structure structure = scattered(Cell.periodic(5, 0, 0, 0, 5, 0, 0, 0, 5), 6, 1);
        NeighbourList whole = NeighbourList.of(structure, 4);
        NeighbourList part = whole.list(2, 5, new NeighbourList.Space());
        assertThat(part.first()).isEqualTo(2);
        assertThat(part.size()).isEqualTo(3);
        assertThat(part.start(3)).isEqualTo(whole.start(3));
        assertThat(part.count(4)).isEqualTo(whole.count(4));
        assertThatThrownBy(() -> part.list(1, 3, new NeighbourList.Space()))
                .hasMessage("the list has atoms 2 to 4, not 1 to 2");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void aLargeStructureTakesTheBinsAndGivesTheSame(String name, Cell cell, int atoms) {
        Structure small = scattered(cell, atoms, 7);
        Structure large = cell.anyPeriodic()
                ? small.repeated(
                        cell.periodic(0) ? (cell.periodic(1) ? 6 : 150) : 1,
                        cell.periodic(1) ? (cell.periodic(2) ? 6 : 60) : 1,
                        cell.periodic(2) ? 5 : 1)
                : scattered(cell, 400, 7);
        NeighbourList list = NeighbourList.of(large, 4.2);
        if (cell.anyPeriodic()) {
            NeighbourList one = NeighbourList.of(small, 4.2);
            int images = large.size() / small.size();
            assertThat(large.size()).isGreaterThan(256);
            for (int i = 0; i < large.size(); i++) {
                assertThat(sortedDistances(list, i))
                        .usingComparatorWithPrecision(1e-9)
                        .containsExactly(boxed(sortedDistances(one, i / images)));
            }
        } else {
            assertSameNeighbours(large, 4.2);
        }
    }

    @Test
    void bothEndsOfAPairSeeTheSameVectorToTheLastBit() {
        Structure structure = scattered(Cell.periodic(4, 0.3, 0, 1, 4, 0.2, 0, 0.7, 5), 6, 3);
        NeighbourList list = NeighbourList.of(structure, 5);
        for (int i = 0; i < list.size(); i++) {
            for (int k = list.start(i); k < list.end(i); k++) {
                int entry = k;
                int j = list.neighbour(k);
                int me = i;
                assertThat(java.util.stream.IntStream.range(list.start(j), list.end(j))
                                .filter(m -> list.neighbour(m) == me
                                        && list.dx(m) == -list.dx(entry)
                                        && list.dy(m) == -list.dy(entry)
                                        && list.dz(m) == -list.dz(entry)
                                        && list.distance(m) == list.distance(entry))
                                .count())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void positionsOutsideTheCellAreTheSameCrystal() {
        Structure inside = scattered(Cell.periodic(4, 0.3, 0, 1, 4, 0.2, 0, 0.7, 5), 4, 11);
        double[] moved = inside.positions();
        for (int axis = 0; axis < 3; axis++) {
            moved[3 + axis] +=
                    3 * inside.cell().lattice(0, axis) - 2 * inside.cell().lattice(2, axis);
        }
        NeighbourList one = NeighbourList.of(inside, 5);
        NeighbourList other = NeighbourList.of(inside.withPositions(moved), 5);
        for (int i = 0; i < 4; i++) {
            assertThat(sortedDistances(other, i))
                    .usingComparatorWithPrecision(1e-12)
                    .containsExactly(boxed(sortedDistances(one, i)));
        }
    }

    @Test
    void aCutoffThatIsNotPositiveIsRefused() {
        Structure structure = scattered(Cell.NONE, 2, 1);
        assertThatThrownBy(() -> NeighbourList.of(structure, Double.NaN))
                .hasMessageContaining("must be positive, got NaN");
        assertThatThrownBy(() -> NeighbourList.of(structure, 0)).hasMessageContaining("must be positive, got 0.0");
    }

    @Test
    void aListThatWouldNotFitIsRefused() {
        Structure dense = scattered(Cell.periodic(1e-3, 0, 0, 0, 1e-3, 0, 0, 0, 1e-3), 9, 1);
        assertThatThrownBy(() -> NeighbourList.of(dense, 6)).hasMessageContaining("check the unit of the cell");
    }

    @Test
    void theClosestContactIsFoundThroughTheBoundary() {
        Structure structure = Structure.ofFractional(
                Cell.periodic(10, 0, 0, 0, 10, 0, 0, 0, 10),
                List.of(Species.Li, Species.S, Species.P),
                new double[] {0.02, 0.5, 0.5, 0.97, 0.5, 0.5, 0.5, 0.5, 0.5});
        Proximity.Contact contact = Proximity.requireApart(structure).orElseThrow();
        assertThat(contact.i()).isZero();
        assertThat(contact.j()).isEqualTo(1);
        assertThat(contact.distance()).isCloseTo(0.5, within(1e-12));
        assertThat(Proximity.warning(contact)).startsWith("atoms 1 and 2 are 0.5000 Å apart");
    }

    @Test
    void atomsCloserThanHalfAnAngstromAreRefused() {
        Structure structure =
                Structure.of(Cell.NONE, List.of(Species.Li, Species.S), new double[] {0, 0, 0, 0, 0, 0.49});
        assertThatThrownBy(() -> Proximity.requireApart(structure))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("atoms 1 and 2 are 0.4900 Å apart");
    }

    @Test
    void anAtomTooCloseToItsOwnImageIsRefused() {
        Structure structure =
                Structure.of(Cell.periodic(0.3, 0, 0, 7, 5, 0, 0, 0, 5), List.of(Species.Li), new double[] {0, 0, 0});
        assertThatThrownBy(() -> Proximity.requireApart(structure)).hasMessageContaining("its own image are 0.3000 Å");
    }

    @Test
    void distancesOfBondsAreNeitherRefusedNorWarnedOf() {
        Structure structure =
                Structure.of(Cell.NONE, List.of(Species.P, Species.S), new double[] {0, 0, 0, 0, 0, 2.05});
        assertThat(Proximity.requireApart(structure)).isEmpty();
        assertThat(Proximity.closest(structure, 3).orElseThrow().distance()).isCloseTo(2.05, within(1e-12));
    }

    @Test
    void aHundredThousandAtomsInOnePlaceAreRefusedAtOnce() {
        int n = 100_000;
        Structure structure = Structure.of(
                Cell.periodic(9, 0, 0, 0, 9, 0, 0, 0, 9), Collections.nCopies(n, Species.Li), new double[3 * n]);
        assertThatThrownBy(() -> Proximity.requireApart(structure)).hasMessageContaining("0.0000 Å");
    }

    private static void assertSameNeighbours(Structure structure, double cutoff) {
        NeighbourList list = NeighbourList.of(structure, cutoff);
        for (int i = 0; i < structure.size(); i++) {
            List<Neighbour> expected = byCounting(structure, i, cutoff);
            assertThat(list.count(i)).as("atom %d, cutoff %s", i, cutoff).isEqualTo(expected.size());
            boolean[] seen = new boolean[expected.size()];
            for (int k = list.start(i); k < list.end(i); k++) {
                int match = -1;
                for (int m = 0; m < seen.length; m++) {
                    Neighbour e = expected.get(m);
                    if (!seen[m]
                            && e.atom == list.neighbour(k)
                            && Math.abs(e.dx - list.dx(k)) + Math.abs(e.dy - list.dy(k)) + Math.abs(e.dz - list.dz(k))
                                    < 1e-9) {
                        match = m;
                    }
                }
                assertThat(match).isNotNegative();
                seen[match] = true;
            }
        }
    }

    /** Every image within a box of translations that is larger than needed, one by one. */
    private static List<Neighbour> byCounting(Structure s, int i, double cutoff) {
        Cell cell = s.cell();
        int[] range = new int[3];
        for (int v = 0; v < 3; v++) {
            range[v] = cell.periodic(v) ? (int) Math.ceil(cutoff / cell.height(v)) + 2 : 0;
        }
        List<Neighbour> found = new ArrayList<>();
        for (int j = 0; j < s.size(); j++) {
            for (int a = -range[0]; a <= range[0]; a++) {
                for (int b = -range[1]; b <= range[1]; b++) {
                    for (int c = -range[2]; c <= range[2]; c++) {
                        double[] d = new double[3];
                        for (int x = 0; x < 3; x++) {
                            d[x] = s.position(j, x)
                                    - s.position(i, x)
                                    + a * cell.lattice(0, x)
                                    + b * cell.lattice(1, x)
                                    + c * cell.lattice(2, x);
                        }
                        double distance = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                        if (distance < cutoff && !(i == j && a == 0 && b == 0 && c == 0)) {
                            found.add(new Neighbour(j, d[0], d[1], d[2]));
                        }
                    }
                }
            }
        }
        return found;
    }

    private static double[] sortedDistances(NeighbourList list, int i) {
        double[] distances = new double[list.count(i)];
        for (int k = 0; k < distances.length; k++) {
            distances[k] = list.distance(list.start(i) + k);
        }
        Arrays.sort(distances);
        return distances;
    }

    private static Double[] boxed(double[] values) {
        return Arrays.stream(values).boxed().toArray(Double[]::new);
    }

    private static Structure scattered(Cell cell, int atoms, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] points = new double[3 * atoms];
        for (int k = 0; k < points.length; k++) {
            points[k] = random.nextDouble(cell.anyPeriodic() ? -0.5 : -4, cell.anyPeriodic() ? 1.5 : 4);
        }
        Species[] kinds = {Species.Li, Species.P, Species.S};
        List<Species> species = new ArrayList<>();
        for (int i = 0; i < atoms; i++) {
            species.add(kinds[i % 3]);
        }
        if (!cell.anyPeriodic()) {
            return Structure.of(cell, species, points);
        }
        return Structure.ofFractional(cell, species, points);
    }
}
