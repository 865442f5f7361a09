package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Vacancies;

/**
 * Energies of a parent without some of its atoms, from what is known of the parent once: the features of every atom are
 * sums over its neighbours and over pairs of them, so taking atoms D out leaves
 *
 * <pre>
 *   G_i − Σ_{j in D} ΔG_ij + Σ_{j &lt; k in D} ΔG_ijk
 * </pre>
 *
 * with ΔG_ij all terms in which j takes part and ΔG_ijk the angular ones of both, which the first sum took out twice. Only
 * the networks of atoms that lost a neighbour are asked again. Agrees with a calculation of what is left to rounding.
 */
final class NetworkVacancies implements Vacancies {

    /** What an atom is missed by: centres that see it, and what it adds to each one's features, one after the other. */
    private static final class Losses {
        private int[] centres = new int[8];
        private double[] features = new double[0];
        private int count;
        private int length;

        void add(int centre, double[] delta) {
            if (count == centres.length) {
                centres = Arrays.copyOf(centres, 2 * count);
            }
            if (length + delta.length > features.length) {
                features = Arrays.copyOf(features, 2 * features.length + delta.length);
            }
            centres[count++] = centre;
            System.arraycopy(delta, 0, features, length, delta.length);
            length += delta.length;
        }
    }

    /** A term of an angular sum at {@code centre} that two atoms share: weight · T_n(cosine). */
    private record SharedTerm(int other, int centre, int block, double weight, double cosine) {}

    /** Energy of a wall that two atoms share. */
    private record SharedWall(int other, double energy) {}

    /** One species of centre atoms: its descriptor, and the parent's atoms of it. */
    private static final class Centres {
        final Species species;
        final Descriptor descriptor;
        final FeatureMap map;
        final int[] atoms;

        Centres(Species species, List<NetworkPotential> members, Structure parent) {
            this.species = species;
            this.descriptor = members.getFirst().network(species).descriptor();
            this.map = new FeatureMap(descriptor);
            this.atoms = IntStream.range(0, parent.size())
                    .filter(atom -> parent.species(atom) == species)
                    .toArray();
        }
    }

    private final Kernel kernel;
    private final List<NetworkPotential> members;
    private final int size;
    private final List<Centres> centres = new ArrayList<>();
    private final int[] centresOf;
    private final double[][] features;
    private final List<Losses> losses = new ArrayList<>();
    private final List<List<SharedTerm>> shared = new ArrayList<>();
    private final double[] atomic;
    private double wall;
    private final double[] wallOf;
    private final List<List<SharedWall>> sharedWalls = new ArrayList<>();

    NetworkVacancies(List<NetworkPotential> members, Repulsion repulsion, Kernel kernel, Structure parent) {
        this.kernel = kernel;
        this.members = members;
        this.size = parent.size();
        this.centresOf = new int[size];
        this.features = new double[size][];
        this.atomic = new double[size];
        this.wallOf = new double[size];
        for (int atom = 0; atom < size; atom++) {
            losses.add(new Losses());
            shared.add(new ArrayList<>());
            sharedWalls.add(new ArrayList<>());
        }
        requireKnown(members.getFirst(), parent);
        NeighbourList list = NeighbourList.of(parent, members.getFirst().cutoff());
        for (Species species : members.getFirst().species()) {
            Centres of = new Centres(species, members, parent);
            centres.add(of);
            int[] kind = DescriptorKernel.kinds(of.descriptor, parent);
            DescriptorKernel sums = new DescriptorKernel(of.descriptor);
            Surroundings surroundings = new Surroundings(of.descriptor);
            for (int centre : of.atoms) {
                centresOf[centre] = centres.size() - 1;
                surroundings.load(list, kind, centre);
                describe(of, sums, surroundings);
            }
        }
        Arrays.fill(atomic, Double.NaN);
        Networks networks = new Networks();
        networks.evaluate(features, new boolean[size], atomic);
        buildWalls(repulsion, parent, list);
    }

    private static void requireKnown(NetworkPotential potential, Structure parent) {
        for (int i = 0; i < parent.size(); i++) {
            if (!potential.species().contains(parent.species(i))) {
                throw new InvalidStructureException(
                        "species",
                        "atom %d is %s, which the potential does not know; it knows %s"
                                .formatted(i + 1, parent.species(i), potential.species()));
            }
        }
    }

    private void describe(Centres of, DescriptorKernel sums, Surroundings s) {
        int centre = s.centre;
        double[][] column = new double[of.descriptor.size()][1];
        sums.features(s, column, 0);
        features[centre] = new double[column.length];
        for (int f = 0; f < column.length; f++) {
            features[centre][f] = column[f][0];
        }
        TreeMap<Integer, double[]> lost = new TreeMap<>();
        int kinds = s.segments.length - 1;
        for (int place = 0; place < kinds; place++) {
            for (int k = s.segments[place]; k < s.segments[place + 1]; k++) {
                if (s.atom[k] != centre) {
                    double[] delta = lost.computeIfAbsent(s.atom[k], atom -> new double[column.length]);
                    of.map.addRadial(delta, place, s.radial[k], s.x[k], of.descriptor.radialOrder() + 1);
                }
            }
        }
        int p = 0;
        int block = 0;
        for (int run = 0; run < s.runs; run++) {
            while (p >= s.pairSegments[block + 1]) {
                block++;
            }
            for (int k = s.runBegin[run]; k < s.runEnd[run]; k++) {
                losePair(of, s, block, s.atom[s.slot[s.runFirst[run]]], s.atom[s.slot[k]], p++, lost);
            }
        }
        lost.forEach((atom, delta) -> losses.get(atom).add(centre, delta));
    }

    private void losePair(
            Centres of, Surroundings s, int block, int one, int other, int p, TreeMap<Integer, double[]> lost) {
        int orders = of.descriptor.angularOrder() + 1;
        // Within the angular cutoff alone an atom has no radial terms yet.
        if (one != s.centre) {
            double[] delta = lost.computeIfAbsent(one, atom -> new double[of.descriptor.size()]);
            of.map.addAngular(delta, block, s.weight[p], s.cosine[p], orders);
        }
        if (other != s.centre && other != one) {
            double[] delta = lost.computeIfAbsent(other, atom -> new double[of.descriptor.size()]);
            of.map.addAngular(delta, block, s.weight[p], s.cosine[p], orders);
        }
        if (one != other && one != s.centre && other != s.centre) {
            shared.get(Math.min(one, other))
                    .add(new SharedTerm(Math.max(one, other), s.centre, block, s.weight[p], s.cosine[p]));
        }
    }

    /** Of pairs that reach into each other's walls; in a sound crystal there are none. */
    private void buildWalls(Repulsion repulsion, Structure parent, NeighbourList list) {
        for (int i = 0; i < size; i++) {
            TreeMap<Integer, Double> with = new TreeMap<>();
            for (int k = list.start(i); k < list.end(i); k++) {
                int j = list.neighbour(k);
                double energy = repulsion.energy(parent.species(i), parent.species(j), list.distance(k));
                if (energy > 0 && j >= i) {
                    // Its own images stand twice in an atom's list.
                    with.merge(j, j == i ? energy / 2 : energy, Double::sum);
                }
            }
            for (var entry : with.entrySet()) {
                wall += entry.getValue();
                wallOf[i] += entry.getValue();
                if (entry.getKey() != i) {
                    wallOf[entry.getKey()] += entry.getValue();
                    sharedWalls.get(i).add(new SharedWall(entry.getKey(), entry.getValue()));
                }
            }
        }
    }

    @Override
    public Calculator calculator() {
        return new Run();
    }

    /** All members' networks at work on atoms of the parent. */
    private final class Networks {

        private final List<CentreKernel> kernels = new ArrayList<>();
        private final int[] asked = new int[size];

        Networks() {
            for (Centres of : centres) {
                kernels.add(kernel.centre(kernels.size(), of.species, members));
            }
        }

        /** Fills the members' mean energy of every atom that is not yet known (NaN) and not gone. */
        void evaluate(double[][] features, boolean[] gone, double[] energies) {
            for (int c = 0; c < kernels.size(); c++) {
                int count = 0;
                for (int atom : centres.get(c).atoms) {
                    if (!gone[atom] && Double.isNaN(energies[atom])) {
                        asked[count++] = atom;
                    }
                }
                kernels.get(c).meanEnergies(features, asked, count, energies);
            }
        }
    }

    private final class Run implements Calculator {

        private final Networks networks = new Networks();
        private final boolean[] gone = new boolean[size];
        private final double[] energies = new double[size];
        private final double[][] now = new double[size][];
        private final double[][] own = new double[size][];

        Run() {
            for (int atom = 0; atom < size; atom++) {
                own[atom] = new double[features[atom].length];
            }
        }

        @Override
        public double energy(int... removed) {
            Vacancies.requireRemoval(removed, size);
            Arrays.fill(gone, false);
            for (int atom : removed) {
                gone[atom] = true;
            }
            System.arraycopy(atomic, 0, energies, 0, size);
            System.arraycopy(features, 0, now, 0, size);
            for (int atom : removed) {
                lose(atom);
            }
            for (int atom : removed) {
                giveBack(atom);
            }
            networks.evaluate(now, gone, energies);
            double sum = wall;
            for (int atom : removed) {
                sum -= wallOf[atom];
                for (SharedWall with : sharedWalls.get(atom)) {
                    sum += gone[with.other] ? with.energy : 0;
                }
            }
            for (int atom = 0; atom < size; atom++) {
                sum += gone[atom] ? 0 : energies[atom];
            }
            return sum;
        }

        private void lose(int atom) {
            Losses lost = losses.get(atom);
            int at = 0;
            for (int k = 0; k < lost.count; k++) {
                int centre = lost.centres[k];
                double[] left = own[centre];
                if (!gone[centre]) {
                    if (now[centre] != left) {
                        System.arraycopy(features[centre], 0, left, 0, left.length);
                        now[centre] = left;
                        energies[centre] = Double.NaN;
                    }
                    subtract(lost.features, at, left);
                }
                at += left.length;
            }
        }

        private static void subtract(double[] what, int at, double[] from) {
            for (int f = 0; f < from.length; f++) {
                from[f] -= what[at + f];
            }
        }

        private void giveBack(int atom) {
            for (SharedTerm term : shared.get(atom)) {
                if (gone[term.other] && !gone[term.centre]) {
                    Centres of = centres.get(centresOf[term.centre]);
                    of.map.addAngular(
                            now[term.centre], term.block, term.weight, term.cosine, of.descriptor.angularOrder() + 1);
                }
            }
        }
    }
}
