package org.glassmap.core.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.LinePosition;
import org.glassmap.core.numerics.LowerHull;

/**
 * Energies of formation along a line of compositions, their lower convex hull, and how far above it each entry lies.
 * The references of the formation energies are the lowest entries of the two end members. Immutable.
 *
 * <p>Entries that are not on the line are set apart with the reason: they would need the hull of all components.
 */
public final class PhaseDiagram {

    /** An entry that could not be placed, and why. */
    public record Unplaced(PhaseEntry entry, String reason) {}

    private record Placed(PhaseEntry entry, LinePosition position) {}

    private final CompositionLine line;
    private final PhaseDiagramSettings settings;
    private final FormationEnergy formation;
    private final List<Placed> placed;
    private final LowerHull hull;
    private final List<Phase> phases;
    private final List<Unplaced> unplaced;

    /**
     * @param entries in any order; of entries equal in composition and energy the first one can be a vertex
     * @throws IllegalArgumentException if an end member has no entry
     */
    public static PhaseDiagram of(CompositionLine line, List<PhaseEntry> entries, PhaseDiagramSettings settings) {
        List<Placed> placed = new ArrayList<>();
        List<Unplaced> unplaced = new ArrayList<>();
        for (PhaseEntry entry : entries) {
            switch (line.locate(entry.composition())) {
                case CompositionLine.Location.OnLine on -> placed.add(new Placed(entry, on.position()));
                case CompositionLine.Location.OffLine off -> unplaced.add(new Unplaced(entry, off.reason()));
            }
        }
        return new PhaseDiagram(line, settings, placed, unplaced);
    }

    private PhaseDiagram(
            CompositionLine line, PhaseDiagramSettings settings, List<Placed> placed, List<Unplaced> unplaced) {
        this.line = line;
        this.settings = settings;
        this.placed = placed;
        this.unplaced = List.copyOf(unplaced);
        this.formation = new FormationEnergy(
                line,
                lowest(placed, line.position(line.a()), line.a()),
                lowest(placed, line.position(line.b()), line.b()));
        double[] x = new double[placed.size()];
        double[] y = new double[placed.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = placed.get(i).position.x();
            y[i] = height(placed.get(i).position, placed.get(i).entry.energy());
        }
        this.hull = LowerHull.of(x, y);
        List<Phase> described = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            described.add(phase(i, y[i]));
        }
        this.phases = List.copyOf(described);
    }

    /** eV per formula of an end member. */
    private static double lowest(List<Placed> placed, LinePosition end, Composition formula) {
        double perUnit = Double.POSITIVE_INFINITY;
        for (Placed one : placed) {
            if (one.position.sameComposition(end)) {
                perUnit = Math.min(perUnit, one.entry.energy() / one.position.units());
            }
        }
        if (perUnit == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "the end member %s has no entry; give at least one of each end".formatted(formula.formula()));
        }
        return perUnit * end.units();
    }

    /** The coordinate the hull is drawn in: eV per formula unit, or per atom for the paper's chords. */
    private double height(LinePosition position, double energy) {
        return switch (settings.convention()) {
            case EXTENSIVE -> formation.perUnit(position, energy);
            case PAPER_CHORD -> formation.perAtom(position, energy);
        };
    }

    /** Divides heights to give eV/atom. */
    private double atomsPerHeight(double x) {
        return settings.convention() == Convention.EXTENSIVE ? line.atomsPerUnit(x) : 1;
    }

    private Phase phase(int i, double height) {
        Placed one = placed.get(i);
        double x = one.position.x();
        LowerHull.Place place = hull.at(x);
        double above = Math.max(0, height - place.height()) / atomsPerHeight(x);
        boolean vertex = place.left().id() == i;
        return new Phase(
                one.entry,
                one.position,
                x,
                formation.perAtom(one.position, one.entry.energy()),
                formation.perUnit(one.position, one.entry.energy()),
                above,
                uncertainty(i, place),
                above <= settings.stableWithin(),
                vertex,
                products(place));
    }

    private List<Phase.Product> products(LowerHull.Place place) {
        PhaseEntry left = placed.get(place.left().id()).entry;
        if (place.left() == place.right()) {
            return List.of(new Phase.Product(left, 1));
        }
        PhaseEntry right = placed.get(place.right().id()).entry;
        return List.of(new Phase.Product(left, place.leftShare()), new Phase.Product(right, 1 - place.leftShare()));
    }

    /** Of e − λ e_left − (1−λ) e_right: terms linear in the composition, the references among them, cancel. */
    private OptionalDouble uncertainty(int i, LowerHull.Place place) {
        if (place.left().id() == i) {
            return placed.get(i).entry.uncertainty().isPresent() ? OptionalDouble.of(0) : OptionalDouble.empty();
        }
        double own = spread(i);
        double left = place.leftShare() * spread(place.left().id());
        double right = place.left() == place.right()
                ? 0
                : (1 - place.leftShare()) * spread(place.right().id());
        double sum = Math.sqrt(own * own + left * left + right * right)
                / atomsPerHeight(placed.get(i).position.x());
        return Double.isNaN(sum) ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    /** Standard deviation of an entry's height; NaN where it is not known. */
    private double spread(int i) {
        Placed one = placed.get(i);
        double scale = settings.convention() == Convention.EXTENSIVE
                ? one.position.units()
                : one.entry.composition().atoms();
        return one.entry.uncertainty().orElse(Double.NaN) / scale;
    }

    public CompositionLine line() {
        return line;
    }

    public Convention convention() {
        return settings.convention();
    }

    /** From the lowest entries of both end members. */
    public FormationEnergy formationEnergy() {
        return formation;
    }

    /** Every entry on the line, in the order given. */
    public List<Phase> phases() {
        return phases;
    }

    /** Every entry off the line, in the order given. */
    public List<Unplaced> unplaced() {
        return unplaced;
    }

    /** The hull's corners by rising x. */
    public List<Phase> vertices() {
        return hull.vertices().stream().map(vertex -> phases.get(vertex.id())).toList();
    }

    /** Of each composition the entry of lowest energy per atom, of equals the first given; by rising x. */
    public List<Phase> lowestPerComposition() {
        TreeMap<LinePosition, Phase> lowest = new TreeMap<>();
        for (Phase phase : phases) {
            lowest.merge(phase.position(), phase, (one, other) -> LOWER.compare(other, one) < 0 ? other : one);
        }
        return List.copyOf(lowest.values());
    }

    private static final Comparator<Phase> LOWER = Comparator.comparingDouble(Phase::formationEnergyPerUnit);

    /**
     * How far a structure that is not an entry lies above the hull, eV/atom; negative if it would change the hull.
     *
     * @param energy eV, of the whole composition
     * @throws IllegalArgumentException with the reason, if the composition is not on the line
     */
    public double aboveHull(Composition composition, double energy) {
        LinePosition position = line.position(composition);
        double x = position.x();
        return (height(position, energy) - hull.at(x).height()) / atomsPerHeight(x);
    }

    /** Height of the hull at x as a formation energy, eV/atom. */
    public double hullEnergy(double x) {
        return hull.at(x).height() / atomsPerHeight(x);
    }
}
