package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.NeighbourList;
import org.glassmap.core.atoms.NeighbourSearch;
import org.glassmap.core.atoms.NeighbourSource;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.VerletList;
import org.glassmap.core.learning.Share.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one or more potentials that share their descriptors: geometry, features and the contraction to mean forces
 * are done once, only the networks once per member. Small structures are best given many at once: atoms of one species
 * then share blocks. Bits depend on the structure and the kernel alone: a large structure is cut into the same shares
 * whatever the threads, and what an atom gives does not depend on its block. To be used by one caller at a time.
 */
public final class CommitteeCalculator implements Potential.Calculator {

    /** A structure of twice as many atoms or more is cut. */
    private static final int ATOMS_PER_SHARE = 256;

    /** Every share has forces of its own, which are then added up. */
    private static final int MOST_SHARES = 8;

    /** Å; a list then lives for some ten steps of a relaxation, and is a quarter longer. */
    private static final double SKIN = 0.5;

    /** Structures are taken together up to about this many atoms. */
    private static final int ATOMS_AT_ONCE = 2048;

    /** Atoms side by side where networks work on long rows. */
    static final int BLOCK = PlainCentre.BLOCK;

    private final int members;
    private final double cutoff;
    private final Kernel kernel;
    private final List<Species> species;
    private final SpeciesPlaces places;
    private final Executor executor;
    private final List<Crew> crews;

    /** Where neighbours were found last, if structures follow each other. */
    private final @Nullable VerletList trail;

    CommitteeCalculator(List<NetworkPotential> potentials, Repulsion repulsion, Kernel kernel) {
        this(potentials, repulsion, kernel, Runnable::run, 1);
    }

    CommitteeCalculator(
            List<NetworkPotential> potentials, Repulsion repulsion, Kernel kernel, Executor executor, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        if (!kernel.available()) {
            throw new IllegalArgumentException(
                    "kernel %s needs --add-modules jdk.incubator.vector and vectors of four doubles"
                            .formatted(kernel.id()));
        }
        NetworkPotential first = potentials.getFirst();
        this.members = potentials.size();
        this.cutoff = first.cutoff();
        this.kernel = kernel;
        this.species = List.copyOf(first.species());
        this.places = new SpeciesPlaces(first);
        this.executor = executor;
        this.crews = IntStream.range(0, threads)
                .mapToObj(t -> new Crew(kernel, species, potentials, repulsion))
                .toList();
        this.trail = null;
    }

    private CommitteeCalculator(CommitteeCalculator of, VerletList trail) {
        this.members = of.members;
        this.cutoff = of.cutoff;
        this.kernel = of.kernel;
        this.species = of.species;
        this.places = of.places;
        this.executor = of.executor;
        this.crews = of.crews;
        this.trail = trail;
    }

    /** Keeps a neighbour list while atoms have not moved far. */
    @Override
    public CommitteeCalculator following() {
        return new CommitteeCalculator(this, verletList());
    }

    /** A list for structures that come one after the other, as {@link #following} keeps one. */
    public VerletList verletList() {
        return new VerletList(cutoff, SKIN);
    }

    /** By which the answers were computed. */
    public Kernel kernel() {
        return kernel;
    }

    @Override
    public double energy(Structure structure) {
        return mean(memberEnergies(structure));
    }

    @Override
    public Evaluation evaluate(Structure structure) {
        return predict(structure).mean();
    }

    /**
     * The energy with a neighbour list at hand, eV; for small structures and lists in their own order, the bits may differ
     * from those without by rounding.
     *
     * @param neighbours of this structure, at least to the potential's cutoff
     */
    public double energy(Structure structure, NeighbourSource neighbours) {
        return mean(run(structure, neighbours, Wanted.ENERGIES).memberEnergies());
    }

    /** Energy, forces and virial with a neighbour list at hand.
     *
     * @param neighbours of this structure, at least to the potential's cutoff
     */
    public Evaluation evaluate(Structure structure, NeighbourSource neighbours) {
        return run(structure, neighbours, Wanted.FORCES).evaluation();
    }

    /** Mean energy, forces and virial, and every member's energy. */
    public CommitteePrediction predict(Structure structure) {
        return predict(List.of(structure)).getFirst();
    }

    /** The same for many structures, in their order; each gets the bits it gets alone. */
    public List<CommitteePrediction> predict(List<Structure> structures) {
        List<CommitteePrediction> predictions = new ArrayList<>(structures.size());
        for (List<Structure> together : portions(structures)) {
            for (Task task : run(together, Wanted.FORCES)) {
                predictions.add(new CommitteePrediction(task.evaluation(), task.memberEnergies()));
            }
        }
        return predictions;
    }

    /** Every member's energy of the whole cell, {@code [members]}, eV. */
    public double[] memberEnergies(Structure structure) {
        return run(List.of(structure), Wanted.ENERGIES).getFirst().memberEnergies();
    }

    /** The same for many structures, in their order; each gets the bits it gets alone. */
    public List<double[]> memberEnergies(List<Structure> structures) {
        List<double[]> energies = new ArrayList<>(structures.size());
        for (List<Structure> together : portions(structures)) {
            for (Task task : run(together, Wanted.ENERGIES)) {
                energies.add(task.memberEnergies());
            }
        }
        return energies;
    }

    /** The members' mean energy of every atom, {@code [n]}, eV; the repulsion belongs to no atom and is left out. */
    public double[] atomicEnergies(Structure structure) {
        return run(List.of(structure), Wanted.ENERGIES).getFirst().atomicEnergies();
    }

    /** Every member's forces, {@code [members][3n]}, eV/Å. */
    public double[][] memberForces(Structure structure) {
        return run(List.of(structure), Wanted.MEMBER_FORCES).getFirst().memberForces();
    }

    private static double mean(double[] energies) {
        double sum = 0;
        for (double energy : energies) {
            sum += energy;
        }
        return sum / energies.length;
    }

    private static List<List<Structure>> portions(List<Structure> structures) {
        List<List<Structure>> portions = new ArrayList<>();
        int begin = 0;
        int atoms = 0;
        for (int end = 1; end <= structures.size(); end++) {
            atoms += structures.get(end - 1).size();
            if (end == structures.size() || atoms + structures.get(end).size() > ATOMS_AT_ONCE) {
                portions.add(structures.subList(begin, end));
                begin = end;
                atoms = 0;
            }
        }
        return portions;
    }

    private List<Task> run(List<Structure> structures, Wanted wanted) {
        List<Task> tasks = new ArrayList<>(structures.size());
        for (Structure structure : structures) {
            places.requireKnown(structure);
            tasks.add(new Task(structure, neighbours(structure), wanted));
        }
        run(tasks);
        return tasks;
    }

    private NeighbourSource neighbours(Structure structure) {
        return trail == null ? NeighbourSearch.inSpace(structure, cutoff) : trail.at(structure);
    }

    private Task run(Structure structure, NeighbourSource neighbours, Wanted wanted) {
        if (neighbours.size() != structure.size() || !(neighbours.cutoff() >= cutoff)) {
            throw new IllegalArgumentException(
                    "neighbours of %d atoms within %s Å are not those of %d atoms within %s Å"
                            .formatted(neighbours.size(), neighbours.cutoff(), structure.size(), cutoff));
        }
        places.requireKnown(structure);
        Task task = new Task(structure, neighbours, wanted);
        run(List.of(task));
        return task;
    }

    private void run(List<Task> tasks) {
        List<Share> shares = new ArrayList<>();
        tasks.forEach(task -> shares.addAll(task.shares));
        int threads = Math.min(crews.size(), shares.size());
        if (threads == 1) {
            crews.getFirst().evaluate(shares);
        } else {
            inParallel(shares, threads);
        }
    }

    private void inParallel(List<Share> shares, int threads) {
        CompletableFuture<?>[] parts = IntStream.range(0, threads)
                .mapToObj(t -> CompletableFuture.runAsync(
                        () -> crews.get(t)
                                .evaluate(
                                        shares.subList(t * shares.size() / threads, (t + 1) * shares.size() / threads)),
                        executor))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(parts).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** One structure, in shares, and what is added up of them in the end. */
    private final class Task {

        private final NeighbourSource search;
        private final double[][] energies;
        final List<Share> shares;

        Task(Structure structure, NeighbourSource search, Wanted wanted) {
            int n = structure.size();
            this.search = search;
            this.energies = new double[members][n];
            Share.Kinds kinds = places.of(structure, search);
            int count = search.divisible() ? Math.clamp(n / ATOMS_PER_SHARE, 1, MOST_SHARES) : 1;
            this.shares = IntStream.range(0, count)
                    .mapToObj(s -> new Share(
                            structure,
                            search,
                            (int) ((long) n * s / count),
                            (int) ((long) n * (s + 1) / count),
                            kinds,
                            energies,
                            wanted))
                    .toList();
        }

        Evaluation evaluation() {
            return new Evaluation(mean(memberEnergies()), forces(), virial());
        }

        double[] memberEnergies() {
            double[] sums = new double[members];
            for (int m = 0; m < members; m++) {
                for (double atom : energies[m]) {
                    sums[m] += atom;
                }
                for (Share share : shares) {
                    sums[m] += share.wall;
                }
            }
            return sums;
        }

        double[] atomicEnergies() {
            double[] atoms = new double[energies[0].length];
            for (double[] member : energies) {
                for (int i = 0; i < atoms.length; i++) {
                    atoms[search.atom(i)] += member[i] / members;
                }
            }
            return atoms;
        }

        double[] forces() {
            return asNumbered(sum(share -> share.forces));
        }

        double[] virial() {
            return sum(share -> share.virial);
        }

        double[][] memberForces() {
            double[][] forces = new double[members][];
            for (int m = 0; m < members; m++) {
                int member = m;
                forces[m] = asNumbered(sum(share -> share.memberForces[member]));
            }
            return forces;
        }

        /** Vectors of atoms in the order of the structure. */
        private double[] asNumbered(double[] vectors) {
            double[] ordered = new double[vectors.length];
            for (int i = 0; i < vectors.length / 3; i++) {
                System.arraycopy(vectors, 3 * i, ordered, 3 * search.atom(i), 3);
            }
            return ordered;
        }

        /** In the order of the shares, into the first one's. */
        private double[] sum(Function<Share, double[]> of) {
            double[] sum = of.apply(shares.getFirst());
            for (Share other : shares.subList(1, shares.size())) {
                double[] more = of.apply(other);
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += more[k];
                }
            }
            return sum;
        }
    }

    /** The kernels of one thread, one per species of centre, and room for the atoms they are given. */
    private static final class Crew {

        /** Neighbours of about this many atoms are held at once; a structure whose list cannot be cut has fewer. */
        private static final int ATOMS_IN_SIGHT = 256;

        private final Repulsion repulsion;
        private final List<CentreKernel> kernels = new ArrayList<>();
        private final List<Share> inSight = new ArrayList<>();

        /** Where their lists are, one after the other. */
        private final List<NeighbourList.Space> spaces = new ArrayList<>();

        private final Share[] shareOf = new Share[2 * ATOMS_IN_SIGHT];
        private final int[] atoms = new int[2 * ATOMS_IN_SIGHT];

        Crew(Kernel kernel, List<Species> species, List<NetworkPotential> potentials, Repulsion repulsion) {
            this.repulsion = repulsion;
            for (int c = 0; c < species.size(); c++) {
                kernels.add(kernel.centre(c, species.get(c), potentials));
            }
        }

        void evaluate(List<Share> shares) {
            inSight.clear(); // what a refused structure left
            int count = 0;
            for (Share share : shares) {
                for (int from = share.first; from < share.last; from += ATOMS_IN_SIGHT) {
                    int to = Math.min(share.last, from + ATOMS_IN_SIGHT);
                    if (from > share.first || count + to - from > ATOMS_IN_SIGHT) {
                        evaluateInSight();
                        count = 0;
                    }
                    share.lookAt(from, to, space(inSight.size()));
                    inSight.add(share);
                    count += to - from;
                }
            }
            evaluateInSight();
        }

        private NeighbourList.Space space(int place) {
            if (place == spaces.size()) {
                spaces.add(new NeighbourList.Space());
            }
            return spaces.get(place);
        }

        private void evaluateInSight() {
            for (int c = 0; c < kernels.size(); c++) {
                int count = 0;
                for (Share share : inSight) {
                    int[] centre = share.kinds.centre();
                    for (int i = share.begin; i < share.end; i++) {
                        if (centre[i] == c) {
                            shareOf[count] = share;
                            atoms[count++] = i;
                        }
                    }
                }
                kernels.get(c).evaluate(shareOf, atoms, count);
            }
            for (Share share : inSight) {
                share.push(repulsion);
                share.lookAway();
            }
            inSight.clear();
            Arrays.fill(shareOf, null);
        }
    }
}
