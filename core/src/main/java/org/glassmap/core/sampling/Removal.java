package org.glassmap.core.sampling;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;

/**
 * The problem of a search: which atoms of the parent to take out, so many of each species, where the energy of what is
 * left is lowest. The sites of a species are a sublattice; the sublattices are in the order of the periodic table.
 */
public final class Removal {

    private final Structure parent;
    private final RemovalUnit unit;
    private final int times;
    private final List<Sublattice> sublattices;

    /** @param sites atoms of the parent, rising
     * @param removed how many of them go */
    private record Sublattice(int[] sites, int removed) {}

    /** @throws IllegalArgumentException if the parent has not that many units, or nothing would be left */
    public Removal(Structure parent, RemovalUnit unit, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, got " + times);
        }
        unit.takenFrom(parent.composition(), times);
        this.parent = parent;
        this.unit = unit;
        this.times = times;
        this.sublattices = new ArrayList<>();
        for (Map.Entry<Species, Integer> entry : unit.atoms().counts().entrySet()) {
            int[] sites = IntStream.range(0, parent.size())
                    .filter(atom -> parent.species(atom) == entry.getKey())
                    .toArray();
            sublattices.add(new Sublattice(sites, entry.getValue() * times));
        }
    }

    public Structure parent() {
        return parent;
    }

    public RemovalUnit unit() {
        return unit;
    }

    public int times() {
        return times;
    }

    /** Of what is left. */
    public Composition composition() {
        return unit.takenFrom(parent.composition(), times);
    }

    /** How many ways there are: the product over the sublattices of C(sites, removed). */
    public BigInteger configurations() {
        BigInteger all = BigInteger.ONE;
        for (Sublattice sublattice : sublattices) {
            for (int k = 1; k <= sublattice.removed; k++) {
                all = all.multiply(BigInteger.valueOf(sublattice.sites.length - sublattice.removed + k))
                        .divide(BigInteger.valueOf(k));
            }
        }
        return all;
    }

    /** What is left: the parent's cell and the atoms that are not removed, in the parent's order. */
    public Structure structure(Genome genome) {
        requireFitting(genome);
        return parent.keeping(atom -> !genome.removes(atom));
    }

    /**
     * What a genome takes of the unit's rarest species (the first of the periodic table where two are as rare). Which of
     * the few is gone decides the basin that a relaxation falls into; where the many are gone it mends itself.
     */
    public Genome niche(Genome genome) {
        requireFitting(genome);
        Species rarest = unit.atoms().counts().entrySet().stream()
                .min(Map.Entry.comparingByValue()) // the first of equals
                .orElseThrow()
                .getKey();
        return Genome.of(Arrays.stream(genome.removed())
                .filter(atom -> parent.species(atom) == rarest)
                .toArray());
    }

    private void requireFitting(Genome genome) {
        int[] removed = genome.removed();
        int counted = 0;
        for (Sublattice sublattice : sublattices) {
            int here = 0;
            for (int atom : removed) {
                here += Arrays.binarySearch(sublattice.sites, atom) >= 0 ? 1 : 0;
            }
            if (here != sublattice.removed) {
                throw new IllegalArgumentException("%s does not take %d %s out of %s"
                        .formatted(
                                genome, times, unit.name(), parent.composition().formula()));
            }
            counted += here;
        }
        if (counted != removed.length) {
            throw new IllegalArgumentException("%s takes more than %d %s out of %s"
                    .formatted(genome, times, unit.name(), parent.composition().formula()));
        }
    }

    /** Tells of every genome, sublattice by sublattice in the order of words. */
    void enumerate(Consumer<Genome> told) {
        enumerate(0, new int[0], told);
    }

    private void enumerate(int level, int[] chosen, Consumer<Genome> told) {
        if (level == sublattices.size()) {
            told.accept(Genome.of(chosen));
            return;
        }
        Sublattice sublattice = sublattices.get(level);
        int[] pick = IntStream.range(0, sublattice.removed).toArray();
        int n = sublattice.sites.length;
        while (true) {
            int[] more = Arrays.copyOf(chosen, chosen.length + pick.length);
            for (int k = 0; k < pick.length; k++) {
                more[chosen.length + k] = sublattice.sites[pick[k]];
            }
            enumerate(level + 1, more, told);
            int last = pick.length - 1;
            while (last >= 0 && pick[last] == n - pick.length + last) {
                last--;
            }
            if (last < 0) {
                return;
            }
            pick[last]++;
            for (int k = last + 1; k < pick.length; k++) {
                pick[k] = pick[k - 1] + 1;
            }
        }
    }

    /** Every configuration with the same probability. */
    Genome random(RandomGenerator random) {
        return assembled(sublattice -> drawn(sublattice.sites, sublattice.removed, random));
    }

    /**
     * Uniform crossover: every site from one parent or the other with probability ½; then, where a sublattice has lost
     * too many or too few atoms, sites on which the parents differ are changed at random until the numbers are right.
     * Sites on which they agree stay.
     */
    Genome crossed(Genome one, Genome other, RandomGenerator random) {
        return assembled(sublattice -> crossed(sublattice, one, other, random));
    }

    private static int[] crossed(Sublattice sublattice, Genome one, Genome other, RandomGenerator random) {
        int[] both = selected(sublattice.sites, site -> one.removes(site) && other.removes(site));
        int[] either = selected(sublattice.sites, site -> one.removes(site) != other.removes(site));
        boolean[] taken = new boolean[either.length];
        int count = both.length;
        for (int k = 0; k < either.length; k++) {
            taken[k] = random.nextBoolean();
            count += taken[k] ? 1 : 0;
        }
        while (count != sublattice.removed) {
            int k = random.nextInt(either.length);
            boolean surplus = count > sublattice.removed;
            if (taken[k] == surplus) {
                taken[k] = !surplus;
                count += surplus ? -1 : 1;
            }
        }
        int[] child = Arrays.copyOf(both, sublattice.removed);
        int at = both.length;
        for (int k = 0; k < either.length; k++) {
            if (taken[k]) {
                child[at++] = either[k];
            }
        }
        return child;
    }

    /** Every removed site is, with this probability, put back and another of its sublattice removed instead. */
    Genome mutated(Genome genome, double rate, RandomGenerator random) {
        return assembled(sublattice -> {
            int[] gone = selected(sublattice.sites, genome::removes);
            int[] there = selected(sublattice.sites, site -> !genome.removes(site));
            for (int k = 0; k < gone.length; k++) {
                if (there.length > 0 && random.nextDouble() < rate) {
                    int swap = random.nextInt(there.length);
                    int site = gone[k];
                    gone[k] = there[swap];
                    there[swap] = site;
                }
            }
            return gone;
        });
    }

    private Genome assembled(Function<Sublattice, int[]> removedOf) {
        int[] all = new int[0];
        for (Sublattice sublattice : sublattices) {
            int[] removed = removedOf.apply(sublattice);
            int from = all.length;
            all = Arrays.copyOf(all, from + removed.length);
            System.arraycopy(removed, 0, all, from, removed.length);
        }
        return Genome.of(all);
    }

    private static int[] drawn(int[] sites, int count, RandomGenerator random) {
        int[] left = sites.clone();
        for (int k = 0; k < count; k++) {
            int other = k + random.nextInt(left.length - k);
            int site = left[k];
            left[k] = left[other];
            left[other] = site;
        }
        return Arrays.copyOf(left, count);
    }

    private static int[] selected(int[] sites, IntPredicate wanted) {
        return Arrays.stream(sites).filter(wanted).toArray();
    }
}
