package org.glassmap.core.atoms;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Switched Morse pairs over all images, the plainest potential with forces and a virial: a stand-in for networks in
 * tests of what only needs a potential.
 *
 * <p>E = Σ_pairs D [(1 − e^(−a(r − r0)))² − 1] · s(r), where s falls from 1 to 0 between the switch and the cut-off
 * with two continuous derivatives. Written for plainness: every pair of atoms, every image in reach.
 */
public final class PairPotential implements Potential {

    /** @param depth D, eV
     * @param width a, 1/Å
     * @param distance r0, Å */
    public record Morse(double depth, double width, double distance) {}

    private final Map<Species, Map<Species, Morse>> pairs = new TreeMap<>();
    private final double switchOn;
    private final double cutoff;

    public PairPotential(double switchOn, double cutoff) {
        this.switchOn = switchOn;
        this.cutoff = cutoff;
    }

    /**
     * Bonds of P–S stiff and short, Li–S soft, like ions and Li–P held apart: minima that look a little like
     * thiophosphates. Numbers chosen by hand, not fitted.
     */
    public static PairPotential thiophosphate() {
        return new PairPotential(4.5, 6)
                .with(Species.Li, Species.Li, new Morse(0.02, 1.5, 3.8))
                .with(Species.Li, Species.P, new Morse(0.02, 1.6, 3.6))
                .with(Species.Li, Species.S, new Morse(0.5, 1.6, 2.45))
                .with(Species.P, Species.P, new Morse(0.05, 1.6, 4.2))
                .with(Species.P, Species.S, new Morse(3.0, 1.8, 2.05))
                .with(Species.S, Species.S, new Morse(0.08, 1.5, 3.7));
    }

    private PairPotential with(Species one, Species other, Morse morse) {
        pairs.computeIfAbsent(one, key -> new TreeMap<>()).put(other, morse);
        pairs.computeIfAbsent(other, key -> new TreeMap<>()).put(one, morse);
        return this;
    }

    @Override
    public Set<Species> species() {
        return new TreeSet<>(pairs.keySet());
    }

    @Override
    public double cutoff() {
        return cutoff;
    }

    @Override
    public Calculator calculator() {
        return new Calculator() {
            @Override
            public double energy(Structure structure) {
                return evaluate(structure).energy();
            }

            @Override
            public Evaluation evaluate(Structure structure) {
                return new Sum(structure).evaluation();
            }
        };
    }

    private Morse pair(Species one, Species other) {
        Map<Species, Morse> row = pairs.get(one);
        Morse morse = row == null ? null : row.get(other);
        if (morse == null) {
            throw new InvalidStructureException("species", "no pair of %s and %s".formatted(one, other));
        }
        return morse;
    }

    private final class Sum {

        private final Structure structure;
        private final double[] forces;
        private final double[] virial = new double[9];
        private double energy;

        Sum(Structure structure) {
            this.structure = structure;
            this.forces = new double[3 * structure.size()];
        }

        Evaluation evaluation() {
            double[] fractional =
                    structure.cell().anyPeriodic() ? structure.fractional() : new double[3 * structure.size()];
            for (int i = 0; i < structure.size(); i++) {
                for (int j = 0; j <= i; j++) {
                    images(i, j, fractional);
                }
            }
            return new Evaluation(energy, forces, virial);
        }

        private void images(int i, int j, double[] fractional) {
            Morse morse = pair(structure.species(i), structure.species(j));
            int[] from = new int[3];
            int[] to = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                if (structure.cell().periodic(axis)) {
                    double reach = cutoff / structure.cell().height(axis);
                    double apart = fractional[3 * i + axis] - fractional[3 * j + axis];
                    from[axis] = (int) Math.ceil(-reach - apart);
                    to[axis] = (int) Math.floor(reach - apart);
                }
            }
            for (int a = from[0]; a <= to[0]; a++) {
                for (int b = from[1]; b <= to[1]; b++) {
                    for (int c = from[2]; c <= to[2]; c++) {
                        if (i != j || !(a == 0 && b == 0 && c == 0)) {
                            add(i, j, morse, a, b, c);
                        }
                    }
                }
            }
        }

        /** An atom and its own images: each pair of images is met twice, so it counts half. */
        private void add(int i, int j, Morse morse, int a, int b, int c) {
            double[] r = new double[3];
            double square = 0;
            for (int axis = 0; axis < 3; axis++) {
                r[axis] = structure.position(i, axis)
                        - structure.position(j, axis)
                        + a * structure.cell().lattice(0, axis)
                        + b * structure.cell().lattice(1, axis)
                        + c * structure.cell().lattice(2, axis);
                square += r[axis] * r[axis];
            }
            if (square >= cutoff * cutoff) {
                return;
            }
            double weight = i == j ? 0.5 : 1;
            double distance = Math.sqrt(square);
            double[] value = valueAndSlope(morse, distance);
            energy += weight * value[0];
            for (int axis = 0; axis < 3; axis++) {
                double force = -weight * value[1] * r[axis] / distance;
                forces[3 * i + axis] += force;
                forces[3 * j + axis] -= force;
                for (int other = 0; other < 3; other++) {
                    virial[3 * axis + other] += force * r[other];
                }
            }
        }
    }

    private double[] valueAndSlope(Morse morse, double r) {
        double e = StrictMath.exp(-morse.width * (r - morse.distance));
        double value = morse.depth * ((1 - e) * (1 - e) - 1);
        double slope = 2 * morse.depth * morse.width * (1 - e) * e;
        if (r <= switchOn) {
            return new double[] {value, slope};
        }
        double t = (r - switchOn) / (cutoff - switchOn);
        double s = 1 - t * t * t * (10 - t * (15 - 6 * t));
        double ds = -30 * t * t * (1 - t) * (1 - t) / (cutoff - switchOn);
        return new double[] {value * s, slope * s + value * ds};
    }

    /** Antifluorite Li2S, conventional cell of edge {@code a} Å, 12 atoms. */
    public static Structure lithiumSulfide(double a) {
        double[] points = new double[36];
        Species[] species = new Species[12];
        double[][] fcc = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
        for (int k = 0; k < 4; k++) {
            for (int site = 0; site < 3; site++) {
                int atom = 3 * k + site;
                species[atom] = site == 0 ? Species.S : Species.Li;
                for (int axis = 0; axis < 3; axis++) {
                    points[3 * atom + axis] = fcc[k][axis] + 0.25 * (site == 2 ? 3 : site);
                }
            }
        }
        return Structure.ofFractional(Cell.periodic(a, 0, 0, 0, a, 0, 0, 0, a), List.of(species), points);
    }

    /**
     * Li3PS4 in the pattern of famatinite (Cu3SbS4): S on a face-centred lattice of edge {@code a} Å, cations in half
     * of its tetrahedra, the cell doubled along c; 16 atoms. Ideal positions: the PS4 tetrahedra are still too large.
     */
    public static Structure famatinite(double a) {
        double[][] cations = {
            {0, 0, 0},
            {0.5, 0.5, 0.5},
            {0.5, 0.5, 0},
            {0, 0, 0.5},
            {0, 0.5, 0.25},
            {0.5, 0, 0.75},
            {0, 0.5, 0.75},
            {0.5, 0, 0.25}
        };
        double[] points = new double[48];
        Species[] species = new Species[16];
        Arrays.fill(species, Species.S);
        for (int k = 0; k < 8; k++) {
            species[k] = k < 2 ? Species.P : Species.Li;
            System.arraycopy(cations[k], 0, points, 3 * k, 3);
            double[] anion = {cations[k][0] + 0.25, cations[k][1] + 0.25, cations[k][2] + 0.125};
            System.arraycopy(anion, 0, points, 24 + 3 * k, 3);
        }
        return Structure.ofFractional(Cell.periodic(a, 0, 0, 0, a, 0, 0, 0, 2 * a), List.of(species), points);
    }
}
