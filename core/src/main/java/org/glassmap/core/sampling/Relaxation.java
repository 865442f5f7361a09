package org.glassmap.core.sampling;

import org.glassmap.core.atoms.Displacement;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.sampling.Landscape.Point;
import org.jspecify.annotations.Nullable;

/**
 * Goes downhill from a structure to the next minimum of its energy (with an outside pressure, of E + pV). The same
 * start, settings and potential give the same bits.
 */
public final class Relaxation {

    /** Is told of every structure the relaxation passes through, the start and the end included. */
    @FunctionalInterface
    public interface Listener {
        /** @param evaluations spent so far */
        void passed(Structure structure, Evaluation evaluation, int evaluations);
    }

    private static final double LARGEST_VOLUME_CHANGE = 3;

    private final RelaxationSettings settings;

    public Relaxation(RelaxationSettings settings) {
        this.settings = settings;
    }

    public RelaxationSettings settings() {
        return settings;
    }

    /** @param calculator used by this thread alone while it runs */
    public Relaxed relax(Structure start, Potential.Calculator calculator) {
        return relax(start, calculator, (structure, evaluation, evaluations) -> {});
    }

    /** @param calculator used by this thread alone while it runs */
    public Relaxed relax(Structure start, Potential.Calculator calculator, Listener listener) {
        boolean cell = settings.freedom() == RelaxationSettings.Freedom.POSITIONS_AND_CELL;
        Landscape landscape = new Landscape(start, calculator.following(), cell, settings.pressure());
        Judge judge = new Judge(settings, landscape, start, listener);
        Descent descent = settings.method() == RelaxationSettings.Method.LBFGS
                ? new LbfgsDescent(start, landscape, settings)
                : new FireDescent(landscape, settings);
        return run(landscape, judge, descent);
    }

    private static Relaxed run(Landscape landscape, Judge judge, Descent descent) {
        Point here = landscape.start();
        Relaxed.@Nullable Stop stop = judge.verdict(here);
        while (stop == null) {
            Descent.Step step = descent.next(here);
            switch (step) {
                case Descent.Step.To to -> {
                    stop = judge.verdict(to.point());
                    // The answer of a run that ended in NaN is the last structure that had an energy.
                    here = stop == Relaxed.Stop.NOT_FINITE ? here : to.point();
                }
                case Descent.Step.None none -> stop = none.why();
            }
        }
        return judge.answer(here, stop);
    }

    /** A way downhill, one step at a time. */
    interface Descent {

        /** The next point, or why there is none. */
        Step next(Point here);

        sealed interface Step {
            record To(Point point) implements Step {}

            record None(Relaxed.Stop why) implements Step {}
        }
    }

    /** Decides at every point whether the relaxation ends there. */
    private static final class Judge {

        /** Å beyond the distance that is asked about: until atoms have moved that far, nobody need look again. */
        private static final double LOOKED_BEYOND = 0.6;

        private final RelaxationSettings settings;
        private final Landscape landscape;
        private final Structure start;
        private final Listener listener;
        private final boolean cell;
        private final double fusedBelow;

        /** The last structure whose distances were looked at, and the shortest of them, or what all of them exceed. */
        private Structure seen;

        private double clearance;

        Judge(RelaxationSettings settings, Landscape landscape, Structure start, Listener listener) {
            this.settings = settings;
            this.landscape = landscape;
            this.start = start;
            this.listener = listener;
            this.cell = settings.freedom() == RelaxationSettings.Freedom.POSITIONS_AND_CELL;
            this.fusedBelow = shortest(start, settings.fusedBelow());
            this.seen = start;
            this.clearance = fusedBelow;
        }

        Relaxed.@Nullable Stop verdict(Point point) {
            if (!point.finite()) {
                return Relaxed.Stop.NOT_FINITE;
            }
            listener.passed(point.structure(), point.evaluation(), landscape.evaluations());
            if (cell && lost(point.structure().cell().volume() / start.cell().volume())) {
                return Relaxed.Stop.CELL_LOST;
            }
            boolean converged = Landscape.largestForce(point) <= settings.forceTolerance()
                    && (!cell || landscape.largestStress(point) <= settings.stressTolerance());
            if (fused(point.structure(), converged ? settings.fusedBelow() : fusedBelow)) {
                return Relaxed.Stop.FUSED;
            }
            if (converged) {
                return Relaxed.Stop.CONVERGED;
            }
            return landscape.evaluations() >= settings.maxEvaluations() ? Relaxed.Stop.BUDGET : null;
        }

        private static boolean lost(double ratio) {
            return ratio > LARGEST_VOLUME_CHANGE || ratio < 1 / LARGEST_VOLUME_CHANGE;
        }

        private boolean fused(Structure structure, double limit) {
            if (Displacement.between(seen, structure).least(clearance) >= limit) {
                return false;
            }
            seen = structure;
            clearance = shortest(structure, limit + LOOKED_BEYOND);
            return clearance < limit;
        }

        /** The shortest distance where it is below the limit, else the limit. */
        private static double shortest(Structure structure, double limit) {
            return limit > 0
                    ? Proximity.closest(structure, limit)
                            .map(Proximity.Contact::distance)
                            .orElse(limit)
                    : limit;
        }

        Relaxed answer(Point point, Relaxed.Stop stop) {
            return new Relaxed(
                    point.structure(),
                    point.evaluation(),
                    landscape.evaluations(),
                    stop,
                    Landscape.largestForce(point),
                    cell ? landscape.largestStress(point) : Double.NaN);
        }
    }
}
