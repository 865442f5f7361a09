package org.glassmap.core.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.numerics.LinearProgram;

/**
 * The convex hull of energies over all compositions of any number of components: for a composition the mixture of
 * entries with the same atoms and the lowest energy. For off-line phases, and to ask whether phases beside the line
 * undercut it.
 *
 * <p>min Σ f_i e_i over f ≥ 0 with Σ f_i c_i = c, in atomic fractions and energies per atom: a linear programme per
 * question, so there is no hull to build and no dimension to be degenerate in.
 */
public final class ComponentHull {

    /** @param fraction of the atoms; those of one decomposition sum to 1 */
    public record Share(PhaseEntry entry, double fraction) {}

    /**
     * @param energy of the hull, eV/atom
     * @param mixture that has it, in the order of the entries
     */
    public record Ground(double energy, List<Share> mixture) {}

    private final List<PhaseEntry> entries;

    /** @param entries in any order; among equals the lowest, then the first counts */
    public ComponentHull(List<PhaseEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The lowest mixture at a composition; empty where the entries cannot make it. */
    public Optional<Ground> ground(Composition composition) {
        SortedSet<Species> species = new TreeSet<>(composition.counts().keySet());
        List<PhaseEntry> usable = lowestPerComposition(species);
        double[][] columns = usable.stream()
                .map(entry -> fractions(entry.composition(), species))
                .toArray(double[][]::new);
        double[] energies =
                usable.stream().mapToDouble(PhaseEntry::energyPerAtom).toArray();
        return switch (LinearProgram.minimise(columns, fractions(composition, species), energies)) {
            case LinearProgram.Optimum optimum -> Optional.of(new Ground(optimum.cost(), mixture(usable, optimum)));
            case LinearProgram.Infeasible infeasible -> Optional.empty();
            case LinearProgram.Unbounded unbounded ->
                throw new IllegalStateException("fractions sum to 1, so the energy is bounded");
        };
    }

    /**
     * eV/atom; never below zero by more than rounding (1e-11) for an entry, negative for what would change the hull.
     *
     * @throws IllegalArgumentException if the entries cannot make the composition
     */
    public double aboveHull(PhaseEntry entry) {
        Ground ground = ground(entry.composition())
                .orElseThrow(() -> new IllegalArgumentException(
                        "the entries cannot make " + entry.composition().formula()));
        return entry.energyPerAtom() - ground.energy();
    }

    /** Fewer columns, and no mixtures of a phase with itself. */
    private List<PhaseEntry> lowestPerComposition(SortedSet<Species> species) {
        List<PhaseEntry> sorted = new ArrayList<>(entries);
        sorted.removeIf(
                entry -> !species.containsAll(entry.composition().counts().keySet()));
        sorted.sort(Comparator.comparingDouble(PhaseEntry::energyPerAtom));
        List<PhaseEntry> lowest = new ArrayList<>();
        TreeSet<String> formulas = new TreeSet<>();
        for (PhaseEntry entry : sorted) {
            if (formulas.add(entry.composition().reduced().formula())) {
                lowest.add(entry);
            }
        }
        return lowest;
    }

    private static double[] fractions(Composition composition, SortedSet<Species> species) {
        return species.stream()
                .mapToDouble(one -> (double) composition.count(one) / composition.atoms())
                .toArray();
    }

    private List<Share> mixture(List<PhaseEntry> usable, LinearProgram.Optimum optimum) {
        List<Share> mixture = new ArrayList<>();
        for (int k = 0; k < optimum.basis().length; k++) {
            if (optimum.amounts()[k] > 1e-12) {
                mixture.add(new Share(usable.get(optimum.basis()[k]), optimum.amounts()[k]));
            }
        }
        mixture.sort(Comparator.comparingInt(share -> entries.indexOf(share.entry())));
        return List.copyOf(mixture);
    }
}
