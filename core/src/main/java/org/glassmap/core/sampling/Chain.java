package org.glassmap.core.sampling;

import java.util.ArrayList;
import java.util.List;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.LinePosition;
import org.glassmap.core.atoms.Structure;

/**
 * A parent and a direction: the compositions that are reached by taking one unit after the other out of it, as long as
 * they stay in a window of x. Pure bookkeeping; who searches and relaxes is the caller.
 */
public final class Chain {

    /** Where the next search starts. */
    public enum Mode {
        /** One unit is taken from the best relaxed child of the step before, as in the paper. */
        STEPWISE,
        /** All units are taken at once from the pristine parent. */
        AT_ONCE
    }

    /**
     * @param units taken in all after this step, from 1
     * @param composition of what is left
     */
    public record Step(int units, Composition composition, LinePosition position) {

        public double x() {
            return position.x();
        }
    }

    private final String name;
    private final Structure parent;
    private final RemovalUnit unit;
    private final Mode mode;
    private final List<Step> steps;

    /**
     * @param name of the parent
     * @param parent the supercell
     * @param longest most units to take; {@link Integer#MAX_VALUE} for as many as the window holds
     * @throws IllegalArgumentException if parent or unit are not on the line
     */
    public Chain(
            String name,
            Structure parent,
            RemovalUnit unit,
            Mode mode,
            CompositionLine line,
            CompositionWindow window,
            int longest) {
        line.position(parent.composition());
        line.position(unit.atoms());
        this.name = name;
        this.parent = parent;
        this.unit = unit;
        this.mode = mode;
        List<Step> reached = new ArrayList<>();
        int most = Math.min(longest, unit.timesIn(parent.composition()));
        for (int units = 1; units <= most; units++) {
            Composition composition = unit.takenFrom(parent.composition(), units);
            LinePosition position = line.position(composition);
            if (window.contains(position.x())) {
                reached.add(new Step(units, composition, position));
            } else if (mode == Mode.STEPWISE || !reached.isEmpty()) {
                // x moves one way only: what has left the window does not come back, and a chain of single steps
                // cannot pass through what it does not visit.
                break;
            }
        }
        this.steps = List.copyOf(reached);
    }

    /** Of the parent. */
    public String name() {
        return name;
    }

    /** {@code beta-Li2S}: names the chain in paths and seeds. */
    public String path() {
        return name + "-" + unit.name();
    }

    public Structure parent() {
        return parent;
    }

    public RemovalUnit unit() {
        return unit;
    }

    public Mode mode() {
        return mode;
    }

    /** In the order they are walked; empty if the first one already lies outside the window. */
    public List<Step> steps() {
        return steps;
    }

    /**
     * The search of a step.
     *
     * @param index of the step, from 0
     * @param bestOfPrevious the best relaxed child of the step before; the parent at step 0. Looked at in mode
     *     stepwise alone
     * @throws IllegalArgumentException if that child has not the composition of the step before
     */
    public Removal problem(int index, Structure bestOfPrevious) {
        Step step = steps.get(index);
        if (mode == Mode.AT_ONCE) {
            return new Removal(parent, unit, step.units());
        }
        Removal problem = new Removal(bestOfPrevious, unit, 1);
        if (!problem.composition().equals(step.composition())) {
            throw new IllegalArgumentException("step %d of %s leaves %s, but from %s it would leave %s"
                    .formatted(
                            index,
                            path(),
                            step.composition().formula(),
                            bestOfPrevious.composition().formula(),
                            problem.composition().formula()));
        }
        return problem;
    }
}
