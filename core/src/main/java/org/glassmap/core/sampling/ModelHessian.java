package org.glassmap.core.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/**
 * A guess of the second derivatives of an energy by the degrees of a {@link Landscape}, which a descent learns better
 * from. Between every two atoms a spring along the line that joins them, as stiff as R. Lindh, A. Bernhardsson, G.
 * Karlström and P.-Å. Malmqvist (Chem. Phys. Lett. 241, 423 (1995), doi 10.1016/0009-2614(95)00646-L) have it for the
 * rows of the periodic table the two come from,
 *
 * <pre>
 *   k = 0.45 exp(α (r_ref² − r²))    in Hartree and Bohr;
 * </pre>
 *
 * beneath every degree a floor, for their bends and twists and what holds an atom in its cage. A bond of a PS4 comes out
 * some ten times as stiff as the cage of a Li: that spread is what a descent without a guess has to find out step by step.
 *
 * <p>Atoms tied together by strong bonds (a PS4, a P2S7) make a block. Springs between blocks count as if the other end
 * stood still, so that each block is solved by itself and all of them in O(n).
 */
final class ModelHessian {

    private static final double BOHR = 0.529177210903; // Å
    private static final double STIFFNESS = 0.45 * 27.211386245988 / (BOHR * BOHR); // eV/Å²

    /** Bohr and Bohr⁻², of two rows of the periodic table; the third stands for all that follow. */
    private static final double[][] REFERENCE = {{1.35, 2.10, 2.53}, {2.10, 2.87, 3.40}, {2.53, 3.40, 3.40}};

    private static final double[][] DECAY = {{1.0, 0.3949, 0.3949}, {0.3949, 0.28, 0.28}, {0.3949, 0.28, 0.28}};

    /** Å; no spring is as stiff as a twentieth of the floor beyond. */
    private static final double REACH = 3.1;

    private static final double FLOOR = 2; // eV/Å²
    private static final double CELL = 5; // eV/Å², of the cell's six degrees
    private static final double STRONG = 5; // eV/Å²; springs that tie a block together
    private static final int LARGEST_BLOCK = 16; // atoms

    private record Spring(int i, int j, double[] along, double stiffness) {}

    /** Some atoms and the Cholesky factors of their part. */
    private record Block(int[] atoms, LinearSolverDense<DMatrixRMaj> factors, DMatrixRMaj side, DMatrixRMaj answer) {}

    private final int atoms;
    private final List<Block> blocks;

    private ModelHessian(int atoms, List<Block> blocks) {
        this.atoms = atoms;
        this.blocks = blocks;
    }

    /** With positions alone, or with the cell's six degrees behind them. */
    static ModelHessian of(Structure structure) {
        List<Spring> springs = springs(structure);
        int[] blockOf = blocks(structure.size(), springs);
        return new ModelHessian(structure.size(), factorised(structure.size(), springs, blockOf));
    }

    private static List<Spring> springs(Structure structure) {
        NeighbourList list = NeighbourList.of(structure, REACH);
        List<Spring> springs = new ArrayList<>();
        for (int i = 0; i < structure.size(); i++) {
            for (int k = list.start(i); k < list.end(i); k++) {
                int j = list.neighbour(k);
                double r = list.distance(k);
                if (j > i && r > 0) { // an atom moves along with its images
                    double[] along = {list.dx(k) / r, list.dy(k) / r, list.dz(k) / r};
                    springs.add(new Spring(i, j, along, stiffness(structure.species(i), structure.species(j), r)));
                }
            }
        }
        return springs;
    }

    /** eV/Å². @param r Å */
    static double stiffness(Species a, Species b, double r) {
        double reference = REFERENCE[row(a)][row(b)];
        return STIFFNESS * StrictMath.exp(DECAY[row(a)][row(b)] * (reference * reference - r * r / (BOHR * BOHR)));
    }

    private static int row(Species species) {
        return species.compareTo(Species.He) <= 0 ? 0 : species.compareTo(Species.Ne) <= 0 ? 1 : 2;
    }

    /**
     * The block of every atom, named by one of its atoms. What is too large falls apart at its weaker springs: by
     * stiffness alone, so that atoms alike by symmetry are treated alike and a crystal keeps its own.
     */
    private static int[] blocks(int atoms, List<Spring> springs) {
        int[] blockOf = new int[atoms];
        Arrays.setAll(blockOf, i -> i);
        List<Spring> strong = springs;
        for (double least = STRONG; !strong.isEmpty(); least *= 2) {
            double weakest = least;
            strong = strong.stream()
                    .filter(spring -> spring.stiffness >= weakest)
                    .toList();
            join(strong, blockOf);
            strong = loosened(strong, blockOf);
        }
        return blockOf;
    }

    private static void join(List<Spring> springs, int[] blockOf) {
        for (Spring spring : springs) {
            int to = blockOf[spring.i];
            int from = blockOf[spring.j];
            if (to != from) {
                Arrays.setAll(blockOf, i -> blockOf[i] == from ? to : blockOf[i]);
            }
        }
    }

    /** Leaves the atoms of blocks that are too large to themselves, and says by which springs they hung together. */
    private static List<Spring> loosened(List<Spring> springs, int[] blockOf) {
        int[] size = new int[blockOf.length];
        for (int block : blockOf) {
            size[block]++;
        }
        List<Spring> loose = springs.stream()
                .filter(spring -> size[blockOf[spring.i]] > LARGEST_BLOCK)
                .toList();
        Arrays.setAll(blockOf, i -> size[blockOf[i]] > LARGEST_BLOCK ? i : blockOf[i]);
        return loose;
    }

    private static List<Block> factorised(int atoms, List<Spring> springs, int[] blockOf) {
        int[] place = new int[atoms];
        int[] size = new int[atoms];
        for (int i = 0; i < atoms; i++) {
            place[i] = 3 * size[blockOf[i]]++;
        }
        DMatrixRMaj[] matrices = new DMatrixRMaj[atoms];
        for (int i = 0; i < atoms; i++) {
            int block = blockOf[i];
            if (matrices[block] == null) {
                matrices[block] = new DMatrixRMaj(3 * size[block], 3 * size[block]);
            }
            for (int axis = 0; axis < 3; axis++) {
                matrices[block].set(place[i] + axis, place[i] + axis, FLOOR);
            }
        }
        for (Spring spring : springs) {
            add(spring, spring.i, spring.i, 1, matrices[blockOf[spring.i]], place);
            add(spring, spring.j, spring.j, 1, matrices[blockOf[spring.j]], place);
            if (blockOf[spring.i] == blockOf[spring.j]) {
                add(spring, spring.i, spring.j, -1, matrices[blockOf[spring.i]], place);
                add(spring, spring.j, spring.i, -1, matrices[blockOf[spring.i]], place);
            }
        }
        List<Block> blocks = new ArrayList<>();
        for (int block = 0; block < atoms; block++) {
            if (matrices[block] != null) {
                blocks.add(block(block, blockOf, matrices[block]));
            }
        }
        return blocks;
    }

    private static void add(Spring spring, int row, int column, int sign, DMatrixRMaj matrix, int[] place) {
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                matrix.add(
                        place[row] + a, place[column] + b, sign * spring.stiffness * spring.along[a] * spring.along[b]);
            }
        }
    }

    private static Block block(int name, int[] blockOf, DMatrixRMaj matrix) {
        int[] members = new int[matrix.numRows / 3];
        int m = 0;
        for (int i = 0; i < blockOf.length; i++) {
            if (blockOf[i] == name) {
                members[m++] = i;
            }
        }
        LinearSolverDense<DMatrixRMaj> factors = LinearSolverFactory_DDRM.chol(matrix.numRows);
        if (!factors.setA(matrix)) {
            throw new ArithmeticException("springs on a floor give a positive matrix");
        }
        return new Block(members, factors, new DMatrixRMaj(matrix.numRows, 1), new DMatrixRMaj(matrix.numRows, 1));
    }

    /** H⁻¹ g. @param gradient by the positions, eV/Å, and by the cell where it is free; kept unchanged */
    double[] solve(double[] gradient) {
        double[] step = new double[gradient.length];
        for (Block block : blocks) {
            for (int m = 0; m < block.atoms.length; m++) {
                System.arraycopy(gradient, 3 * block.atoms[m], block.side.data, 3 * m, 3);
            }
            block.factors.solve(block.side, block.answer);
            for (int m = 0; m < block.atoms.length; m++) {
                System.arraycopy(block.answer.data, 3 * m, step, 3 * block.atoms[m], 3);
            }
        }
        for (int k = 3 * atoms; k < gradient.length; k++) {
            step[k] = gradient[k] / CELL;
        }
        return step;
    }
}
