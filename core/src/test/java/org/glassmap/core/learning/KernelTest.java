package org.glassmap.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.NeighbourSearch;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast kernel against the plain one, and what both promise about bits. */
class KernelTest {

    private static final List<Species> SIX =
            List.of(Species.Li, Species.P, Species.S, Species.Na, Species.Cl, Species.Br);

    private static final WeightedChebyshev PAPER = new WeightedChebyshev(6, 18, 3, 4, SamplePotentials.LPS);

    /** Rounding of a few hundred terms, whose sum of magnitudes is some tens of eV or eV/Å per atom. */
    private static final double GOLDEN = 1e-12;

    @BeforeAll
    static void thisVirtualMachineHasThem() {
        // What is tested is chosen by the build's own flags; a machine without wide vectors has only the plain one.
        assumeTrue(Kernel.LANES.available(), "no vectors of four doubles here: only the plain kernel is tested");
    }

    static List<Descriptor> descriptors() {
        List<Descriptor> descriptors = new ArrayList<>();
        for (int n = 1; n <= 6; n++) {
            descriptors.add(new WeightedChebyshev(6, 18, 3, 4, SIX.subList(0, n)));
            descriptors.add(new ResolvedChebyshev(5, 7, 4.1, 3, SIX.subList(0, n)));
        }
        descriptors.add(new WeightedChebyshev(4, 0, 5, 0, SIX.subList(0, 2)));
        descriptors.add(new WeightedChebyshev(5.5, 1, 2, 2, SIX.subList(0, 3)));
        descriptors.add(new ResolvedChebyshev(6.5, 20, 4.5, 8, SIX.subList(0, 3)));
        return descriptors;
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void theFastKernelAgreesWithThePlainOne(Descriptor descriptor) {
        SplittableRandom random = new SplittableRandom(17);
        NetworkPotential potential = SamplePotentials.random(descriptor, List.of(9, 6), Activation.TANH, 5);
        for (int atoms : new int[] {1, 2, 3, 7, 8, 9, 31, 77}) {
            requireAgreement(potential, box(descriptor.environment(), atoms, 19.5, random));
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void anyActivationAndAnyNumberOfNodesAgree(Activation activation) {
        for (List<Integer> hidden : List.of(List.of(1), List.of(15, 15), List.of(4, 13, 8))) {
            NetworkPotential potential = SamplePotentials.random(PAPER, hidden, activation, 3);
            requireAgreement(potential, box(SamplePotentials.LPS, 20, 19.5, new SplittableRandom(4)));
        }
    }

    @Test
    void atomsWithNoNeighbourOneAndTwoHundredAgree() {
        NetworkPotential potential = SamplePotentials.random(PAPER, List.of(15, 15), Activation.TANH, 3);
        requireAgreement(potential, Structure.of(Cell.NONE, List.of(Species.S), new double[3]));
        requireAgreement(
                potential, Structure.of(Cell.NONE, List.of(Species.S, Species.Li, Species.S, Species.Li), new double[] {
                    0, 0, 0, 0, 0, 2.4, 50, 0, 0, 58, 0, 0
                }));
        Structure dense = box(SamplePotentials.LPS, 120, 4.4, new SplittableRandom(8));
        NeighbourList list = NeighbourList.of(dense, 6);
        assertThat(list.end(119) / 120).isGreaterThan(200);
        requireAgreement(potential, dense);
    }

    @Test
    void smallThinAndSkewedCellsAgree() {
        NetworkPotential potential = SamplePotentials.random(PAPER, List.of(15, 15), Activation.TANH, 3);
        requireAgreement(potential, crystal(new double[] {2.9, 0, 0, 0, 2.9, 0, 0, 0, 2.9}));
        requireAgreement(potential, crystal(new double[] {2.4, 0, 0, 0, 31, 0, 0, 0, 2.7}));
        requireAgreement(potential, crystal(new double[] {4, 0, 0, 8, 4, 0, 1, 12, 4}));
    }

    private static Structure crystal(double[] lattice) {
        return Structure.of(
                Cell.periodic(lattice), List.of(Species.Li, Species.S), new double[] {0, 0, 0, 1.2, 1.3, 1.1});
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void aStructureAmongOthersGetsTheBitsItGetsAlone(Kernel kernel) {
        SplittableRandom random = new SplittableRandom(1);
        List<Structure> structures = new ArrayList<>();
        for (int n : new int[] {5, 32, 1, 64, 13, 700, 40}) {
            structures.add(box(SamplePotentials.LPS, n, 19.5, random));
        }
        CommitteePotential committee = SamplePotentials.committee(PAPER, 3, 6);
        List<CommitteePrediction> together = committee.calculator(kernel).predict(structures);
        List<double[]> energies = committee.calculator(kernel).memberEnergies(structures);
        for (int k = 0; k < structures.size(); k++) {
            CommitteePrediction alone = committee.calculator(kernel).predict(structures.get(k));
            requireSame(together.get(k), alone);
            assertThat(energies.get(k)).isEqualTo(alone.memberEnergies());
        }
        Collections.reverse(structures);
        requireSame(committee.calculator(kernel).predict(structures).getLast(), together.getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void anyNumberOfThreadsGivesTheSameBits(int threads) {
        Structure large = box(SamplePotentials.LPS, 1100, 19.5, new SplittableRandom(12));
        CommitteePotential committee = SamplePotentials.committee(PAPER, 2, 6);
        CommitteePrediction one = committee.calculator(Kernel.LANES).predict(large);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            requireSame(committee.calculator(Kernel.LANES, executor, threads).predict(large), one);
        }
    }

    @Test
    void whatAThreadRefusesIsRefused() {
        Structure large = box(SamplePotentials.LPS, 1100, 19.5, new SplittableRandom(12));
        double[] positions = large.positions();
        System.arraycopy(positions, 0, positions, 3, 3);
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            CommitteeCalculator calculator =
                    SamplePotentials.committee(PAPER, 2, 6).calculator(Kernel.LANES, executor, 2);
            assertThatThrownBy(() -> calculator.energy(large.withPositions(positions)))
                    .isInstanceOf(InvalidStructureException.class)
                    .hasMessageContaining("atoms 1 and 2 are 0.0 Å apart");
        }
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void whatFollowsAgreesWithWhatIsAskedAnew(Kernel kernel) {
        SplittableRandom random = new SplittableRandom(3);
        Structure structure = box(SamplePotentials.LPS, 40, 19.5, random);
        CommitteePotential committee = SamplePotentials.committee(PAPER, 2, 6);
        CommitteeCalculator calculator = committee.calculator(kernel);
        CommitteeCalculator following = calculator.following();
        CommitteeCalculator again = calculator.following();
        for (int step = 0; step < 25; step++) {
            Evaluation fresh = calculator.evaluate(structure);
            Evaluation followed = following.evaluate(structure);
            assertThat(followed.energy()).isCloseTo(fresh.energy(), within(GOLDEN * (1 + Math.abs(fresh.energy()))));
            for (int k = 0; k < fresh.forces().length; k++) {
                assertThat(followed.forces()[k]).isCloseTo(fresh.forces()[k], within(GOLDEN * 50));
            }
            assertThat(again.evaluate(structure).forces()).isEqualTo(followed.forces());
            double[] positions = structure.positions();
            for (int k = 0; k < positions.length; k++) {
                positions[k] += random.nextDouble(-0.06, 0.06);
            }
            structure = structure.withPositions(positions);
        }
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void everyMembersForcesAreItsOwn(Kernel kernel) {
        Structure structure = box(SamplePotentials.LPS, 600, 19.5, new SplittableRandom(2));
        CommitteePotential committee = SamplePotentials.committee(PAPER, 3, 6);
        double[][] forces = committee.calculator(kernel).memberForces(structure);
        for (int m = 0; m < 3; m++) {
            double[] alone = committee
                    .members()
                    .get(m)
                    .calculator(kernel)
                    .evaluate(structure)
                    .forces();
            for (int k = 0; k < alone.length; k++) {
                assertThat(forces[m][k]).isCloseTo(alone[k], within(GOLDEN * 50));
            }
        }
    }

    /** Where the compiler gives up on keeping vectors in registers, each becomes an object: kilobytes an atom. */
    @Test
    void anEvaluationMakesNoObjectsButItsAnswer() {
        Structure structure = box(SamplePotentials.LPS, 200, 19.5, new SplittableRandom(2));
        NeighbourList list = NeighbourList.of(structure, 6);
        CommitteeCalculator calculator = SamplePotentials.committee(PAPER, 2, 6).calculator(Kernel.LANES);
        assertThat(bytesPerAtom(structure, () -> calculator.energy(structure, list)))
                .as("numbers of species, energies")
                .isLessThan(120);
        assertThat(bytesPerAtom(structure, () -> calculator.evaluate(structure, list)))
                .as("and forces")
                .isLessThan(240);
        assertThat(bytesPerAtom(structure, () -> calculator.evaluate(structure)))
                .as("and atoms sorted in space, with their images")
                .isLessThan(1600);
    }

    private static long bytesPerAtom(Structure structure, Runnable evaluation) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // Interpreted code boxes every vector; the compilers need some hundred evaluations to take over, more of them
        // where the machine has other things to do.
        for (int round = 0; round < 40; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < 50; k++) {
                evaluation.run();
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / 50 / structure.size());
        }
        return least;
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void aListThatIsGivenServesAsOneThatIsMade(Kernel kernel) {
        CommitteePotential committee = SamplePotentials.committee(PAPER, 2, 6);
        CommitteeCalculator calculator = committee.calculator(kernel);
        for (int atoms : new int[] {5, 700}) {
            Structure structure = box(SamplePotentials.LPS, atoms, 19.5, new SplittableRandom(atoms));
            Evaluation made = calculator.evaluate(structure);
            NeighbourSearch inSpace = NeighbourSearch.inSpace(structure, 6);
            Evaluation same = calculator.evaluate(structure, inSpace.list(0, atoms, new NeighbourList.Space()));
            assertThat(same.energy()).isEqualTo(made.energy());
            assertThat(same.forces()).isEqualTo(made.forces());
            assertThat(same.virial()).isEqualTo(made.virial());
            // A longer list, in another order.
            NeighbourList longer = NeighbourList.of(structure, 6.7);
            assertThat(calculator.energy(structure, longer))
                    .isCloseTo(made.energy(), within(GOLDEN * (1 + Math.abs(made.energy()))));
            double[] forces = calculator.evaluate(structure, longer).forces();
            for (int k = 0; k < forces.length; k++) {
                assertThat(forces[k]).isCloseTo(made.forces()[k], within(GOLDEN * 50));
            }
        }
    }

    @Test
    void aListOfOtherAtomsOrATooShortOneIsRefused() {
        Structure structure = box(SamplePotentials.LPS, 9, 19.5, new SplittableRandom(1));
        CommitteeCalculator calculator = SamplePotentials.committee(PAPER, 2, 6).calculator(Kernel.LANES);
        assertThatThrownBy(() -> calculator.energy(structure, NeighbourList.of(structure, 5.9)))
                .hasMessage("neighbours of 9 atoms within 5.9 Å are not those of 9 atoms within 6.0 Å");
        assertThatThrownBy(() -> calculator.energy(structure, NeighbourList.of(structure.repeated(1, 1, 2), 6)))
                .hasMessage("neighbours of 18 atoms within 6.0 Å are not those of 9 atoms within 6.0 Å");
    }

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void atomsOfALargeStructureKeepTheirNumbers(Kernel kernel) {
        Structure structure = box(SamplePotentials.LPS, 400, 19.5, new SplittableRandom(6));
        CommitteeCalculator calculator = SamplePotentials.committee(PAPER, 2, 6).calculator(kernel);
        // All pairs, numbered as the structure's atoms are.
        NeighbourList list = NeighbourList.of(structure, 6);
        double[] forces = calculator.evaluate(structure).forces();
        double[] numbered = calculator.evaluate(structure, list).forces();
        for (int k = 0; k < forces.length; k++) {
            assertThat(forces[k]).isCloseTo(numbered[k], within(GOLDEN * 50));
        }
        Structure reversed = reversed(structure);
        double[] atoms = calculator.atomicEnergies(structure);
        double[] backwards = calculator.atomicEnergies(reversed);
        for (int i = 0; i < atoms.length; i++) {
            assertThat(atoms[i]).isCloseTo(backwards[atoms.length - 1 - i], within(GOLDEN * 100));
        }
    }

    private static Structure reversed(Structure structure) {
        double[] positions = new double[3 * structure.size()];
        for (int i = 0; i < structure.size(); i++) {
            for (int axis = 0; axis < 3; axis++) {
                positions[3 * (structure.size() - 1 - i) + axis] = structure.position(i, axis);
            }
        }
        return Structure.of(structure.cell(), structure.species().reversed(), positions);
    }

    @Test
    void shorterVectorsGiveTheSameBits() throws Exception {
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "UseAVX is a flag of one kind of processor");
        Process narrow = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:UseAVX=2",
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Digest.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(narrow.inputReader().readLine()).isEqualTo("4 " + Digest.of());
        assertThat(narrow.waitFor()).isZero();
    }

    /** Prints the width of vectors and a number that changes with any bit of some evaluations. */
    static final class Digest {
        public static void main(String[] arguments) {
            System.out.println(Lanes.WIDTH + " " + of());
        }

        static int of() {
            List<Object> bits = new ArrayList<>();
            for (Descriptor descriptor : List.of(PAPER, new ResolvedChebyshev(5, 7, 4.1, 3, SamplePotentials.LPS))) {
                CommitteeCalculator calculator =
                        SamplePotentials.committee(descriptor, 2, 6).calculator(Kernel.LANES);
                for (int atoms : new int[] {1, 50, 300}) {
                    CommitteePrediction said =
                            calculator.predict(box(SamplePotentials.LPS, atoms, 19.5, new SplittableRandom(atoms)));
                    bits.add(Arrays.hashCode(said.mean().forces()));
                    bits.add(Arrays.hashCode(said.mean().virial()));
                    bits.add(Arrays.hashCode(said.memberEnergies()));
                }
            }
            Training training = Training.start(
                    EnergyTrainingTest.settings(List.of(15, 15), Activation.TWIST, LbfgsSettings.DEFAULT),
                    new Split(EnergyTrainingTest.frames(40, 1), EnergyTrainingTest.frames(20, 2)));
            training.runEpoch();
            training.runEpoch();
            bits.add(Arrays.hashCode(training.state()));
            return bits.hashCode();
        }
    }

    private static void requireSame(CommitteePrediction one, CommitteePrediction other) {
        assertThat(one.memberEnergies()).isEqualTo(other.memberEnergies());
        assertThat(one.mean().energy()).isEqualTo(other.mean().energy());
        assertThat(one.mean().forces()).isEqualTo(other.mean().forces());
        assertThat(one.mean().virial()).isEqualTo(other.mean().virial());
    }

    static void requireAgreement(LearntPotential potential, Structure structure) {
        Evaluation plain = potential.calculator(Kernel.PLAIN).evaluate(structure);
        Evaluation fast = potential.calculator(Kernel.LANES).evaluate(structure);
        double scale = 1 + Math.abs(plain.energy());
        assertThat(fast.energy()).isCloseTo(plain.energy(), within(GOLDEN * scale));
        assertThat(potential.calculator(Kernel.LANES).energy(structure)).isEqualTo(fast.energy());
        double[] neighbours = new double[structure.size()];
        NeighbourList list = NeighbourList.of(structure, potential.cutoff());
        for (int i = 0; i < structure.size(); i++) {
            neighbours[i] = list.count(i);
        }
        for (int k = 0; k < plain.forces().length; k++) {
            // Every neighbour is a term or two, each with a derivative of T_n that may reach n².
            assertThat(fast.forces()[k]).isCloseTo(plain.forces()[k], within(GOLDEN * (1 + neighbours[k / 3])));
        }
        double pairs = list.end(structure.size() - 1);
        for (int k = 0; k < 9; k++) {
            assertThat(fast.virial()[k]).isCloseTo(plain.virial()[k], within(GOLDEN * (1 + pairs)));
        }
    }

    /** Atoms at random in a cube, none closer than a third of the mean distance. */
    static Structure box(List<Species> species, int atoms, double volumePerAtom, SplittableRandom random) {
        double edge = Math.cbrt(atoms * volumePerAtom);
        double apart = Math.cbrt(volumePerAtom) * 0.6;
        Cell cell = Cell.periodic(new double[] {edge, 0, 0, 0, edge, 0, 0, 0, edge});
        double[] positions = new double[3 * atoms];
        List<Species> names = new ArrayList<>();
        for (int i = 0; i < atoms; i++) {
            names.add(species.get(random.nextInt(species.size())));
            boolean free = false;
            while (!free) {
                for (int k = 0; k < 3; k++) {
                    positions[3 * i + k] = random.nextDouble(edge);
                }
                free = true;
                for (int j = 0; j < i && free; j++) {
                    double squared = 0;
                    for (int k = 0; k < 3; k++) {
                        double d = positions[3 * i + k] - positions[3 * j + k];
                        d -= edge * Math.rint(d / edge);
                        squared += d * d;
                    }
                    free = squared > apart * apart;
                }
            }
        }
        return Structure.of(cell, names, positions);
    }
}
