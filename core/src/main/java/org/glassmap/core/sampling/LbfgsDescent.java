package org.glassmap.core.sampling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.sampling.Landscape.Point;

/**
 * L-BFGS (J. Nocedal, Math. Comput. 35, 773 (1980)) with capped steps and backtracking to a sufficient decrease
 * (Armijo). Pairs of no positive curvature are left out; where the direction leads nowhere the memory is forgotten and
 * the gradient followed; where that leads nowhere either, it has stalled.
 *
 * <p>The curvature it starts from is a {@link ModelHessian}, scaled by the last pair and taken anew every few steps:
 * more than half of the evaluations of a removed cell are saved against a multiple of the unit matrix.
 */
final class LbfgsDescent implements Relaxation.Descent {

    private static final int MEMORY = 30;

    /** Steps after which bonds are looked up again. */
    private static final int REMODELLED = 10;

    private static final double SUFFICIENT = 1e-4;
    private static final int MOST_BACKTRACKS = 8;

    private record Pair(double[] step, double[] change, double product) {}

    private final Landscape landscape;
    private final RelaxationSettings settings;
    private final Deque<Pair> memory = new ArrayDeque<>();
    private int steps;
    private ModelHessian model;

    LbfgsDescent(Structure start, Landscape landscape, RelaxationSettings settings) {
        this.landscape = landscape;
        this.settings = settings;
        this.model = ModelHessian.of(start);
    }

    @Override
    public Step next(Point here) {
        if (++steps % REMODELLED == 0) {
            model = ModelHessian.of(here.structure());
        }
        while (true) {
            double[] step = direction(here.gradient());
            double slope = Landscape.product(step, here.gradient());
            if (!(slope < 0)) {
                memory.clear();
                step = direction(here.gradient());
            }
            landscape.cap(step, settings.maxStep());
            Step taken = along(step, here);
            boolean stalled = taken instanceof Step.None none && none.why() == Relaxed.Stop.STALLED;
            if (!stalled || memory.isEmpty()) {
                return taken;
            }
            memory.clear();
        }
    }

    private Step along(double[] step, Point here) {
        double slope = Landscape.product(step, here.gradient());
        double part = 1;
        for (int backtracks = 0; backtracks <= MOST_BACKTRACKS; backtracks++) {
            if (landscape.evaluations() >= settings.maxEvaluations()) {
                return new Step.None(Relaxed.Stop.BUDGET);
            }
            Point there = landscape.at(ahead(here.degrees(), step, part));
            double rise = there.value() - here.value();
            if (there.finite() && rise <= SUFFICIENT * part * slope) {
                remember(here, there);
                return new Step.To(there);
            }
            part *= shrinking(rise, slope * part);
        }
        return new Step.None(Relaxed.Stop.STALLED);
    }

    /** To the minimum of the parabola through both energies and the slope, within a tenth and a half. */
    private static double shrinking(double rise, double slope) {
        double toMinimum = -slope / (2 * (rise - slope));
        return toMinimum >= 0.1 ? Math.min(toMinimum, 0.5) : 0.1;
    }

    private static double[] ahead(double[] from, double[] step, double part) {
        double[] to = new double[from.length];
        for (int k = 0; k < to.length; k++) {
            to[k] = from[k] + part * step[k];
        }
        return to;
    }

    private void remember(Point from, Point to) {
        double[] step = ahead(to.degrees(), from.degrees(), -1);
        double[] change = ahead(to.gradient(), from.gradient(), -1);
        double product = Landscape.product(step, change);
        if (product > 1e-10 * Math.sqrt(Landscape.product(step, step) * Landscape.product(change, change))) {
            memory.addLast(new Pair(step, change, product));
            if (memory.size() > MEMORY) {
                memory.removeFirst();
            }
        }
    }

    /** −H g by the two-loop recursion. */
    private double[] direction(double[] gradient) {
        double[] q = gradient.clone();
        double[] weights = new double[memory.size()];
        int k = memory.size();
        for (Iterator<Pair> pairs = memory.descendingIterator(); pairs.hasNext(); ) {
            Pair pair = pairs.next();
            weights[--k] = Landscape.product(pair.step, q) / pair.product;
            add(q, -weights[k], pair.change);
        }
        double scale = memory.isEmpty() ? 1 : curvature(memory.getLast());
        q = model.solve(q);
        for (int m = 0; m < q.length; m++) {
            q[m] /= -scale;
        }
        for (Pair pair : memory) {
            double correction = -weights[k++] - Landscape.product(pair.change, q) / pair.product;
            add(q, correction, pair.step);
        }
        return q;
    }

    /** Along the last step, as a multiple of the model's. */
    private double curvature(Pair pair) {
        return Landscape.product(pair.change, model.solve(pair.change)) / pair.product;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * what[k];
        }
    }
}
