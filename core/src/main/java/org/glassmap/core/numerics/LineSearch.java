package org.glassmap.core.numerics;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The line search of Moré and Thuente, ACM TOMS 20, 286 (1994), as MINPACK-2 and L-BFGS-B have it: a step with
 * f ≤ f0 + 1e-3·step·f0′ and |f′| ≤ 0.9·|f0′|, from cubic and quadratic models within a shrinking interval.
 */
final class LineSearch {

    enum State {
        GO_ON,
        /** The conditions hold, or the interval is as small as rounding or its tolerance allows. */
        DONE
    }

    private static final double DECREASE = 1e-3;
    private static final double CURVATURE = 0.9;
    private static final double INTERVAL = 0.1;
    private static final double EXTRAPOLATE_LEAST = 1.1;
    private static final double EXTRAPOLATE_MOST = 4;

    private double longest;
    private double value0;
    private double slope0;
    private boolean bracketed;
    private boolean firstStage;
    private double width;
    private double widthBefore;
    private double least;
    private double most;

    // The best step so far with its value and slope, the other end of the interval, and the step to try.
    private double bestStep;
    private double bestValue;
    private double bestSlope;
    private double endStep;
    private double endValue;
    private double endSlope;
    private double step;

    void start(double value, double slope, double firstStep, double longestStep) {
        longest = longestStep;
        value0 = value;
        slope0 = slope;
        bracketed = false;
        firstStage = true;
        width = longest;
        widthBefore = 2 * width;
        bestStep = 0;
        bestValue = value;
        bestSlope = slope;
        endStep = 0;
        endValue = value;
        endSlope = slope;
        least = 0;
        most = firstStep + EXTRAPOLATE_MOST * firstStep;
        step = firstStep;
    }

    double step() {
        return step;
    }

    /** Takes value and slope at {@link #step} and chooses the next one. */
    State advance(double value, double slope) {
        double decrease = DECREASE * slope0;
        double enough = value0 + step * decrease;
        if (firstStage && value <= enough && slope >= 0) {
            firstStage = false;
        }
        if (bracketed && (step <= least || step >= most)
                || bracketed && most - least <= INTERVAL * most
                || step == longest && value <= enough && slope <= decrease
                || value <= enough && Math.abs(slope) <= CURVATURE * -slope0) {
            return State.DONE;
        }
        if (firstStage && value <= bestValue && value > enough) {
            bestValue -= bestStep * decrease;
            endValue -= endStep * decrease;
            bestSlope -= decrease;
            endSlope -= decrease;
            choose(value - step * decrease, slope - decrease);
            bestValue += bestStep * decrease;
            endValue += endStep * decrease;
            bestSlope += decrease;
            endSlope += decrease;
        } else {
            choose(value, slope);
        }
        if (bracketed) {
            if (Math.abs(endStep - bestStep) >= 0.66 * widthBefore) {
                step = bestStep + 0.5 * (endStep - bestStep);
            }
            widthBefore = width;
            width = Math.abs(endStep - bestStep);
            least = Math.min(bestStep, endStep);
            most = Math.max(bestStep, endStep);
        } else {
            least = step + EXTRAPOLATE_LEAST * (step - bestStep);
            most = step + EXTRAPOLATE_MOST * (step - bestStep);
        }
        step = Math.min(longest, Math.max(0, step));
        if (bracketed && (step <= least || step >= most || most - least <= INTERVAL * most)) {
            step = bestStep;
        }
        return State.GO_ON;
    }

    /** A safeguarded step from the models of the four cases, and the interval that then holds a minimum. */
    private void choose(double value, double slope) {
        double sign = slope * (bestSlope / Math.abs(bestSlope));
        double chosen;
        if (value > bestValue) {
            chosen = higher(value, slope);
            bracketed = true;
        } else if (sign < 0) {
            chosen = slopeTurned(value, slope);
            bracketed = true;
        } else if (Math.abs(slope) < Math.abs(bestSlope)) {
            chosen = slopeFlattens(value, slope);
        } else if (bracketed) {
            double theta = 3 * (value - endValue) / (endStep - step) + endSlope + slope;
            double scale = Math.max(Math.abs(theta), Math.max(Math.abs(endSlope), Math.abs(slope)));
            double gamma = scale * Math.sqrt(square(theta / scale) - endSlope / scale * (slope / scale));
            gamma = step > endStep ? -gamma : gamma;
            double ratio = (gamma - slope + theta) / (gamma - slope + gamma + endSlope);
            chosen = step + ratio * (endStep - step);
        } else {
            chosen = step > bestStep ? most : least;
        }
        if (value > bestValue) {
            endStep = step;
            endValue = value;
            endSlope = slope;
        } else {
            if (sign < 0) {
                endStep = bestStep;
                endValue = bestValue;
                endSlope = bestSlope;
            }
            bestStep = step;
            bestValue = value;
            bestSlope = slope;
        }
        step = chosen;
    }

    /** The minimum lies between: the cubic step if it is closer to the best, else the mean of cubic and quadratic. */
    private double higher(double value, double slope) {
        double theta = 3 * (bestValue - value) / (step - bestStep) + bestSlope + slope;
        double scale = Math.max(Math.abs(theta), Math.max(Math.abs(bestSlope), Math.abs(slope)));
        double gamma = scale * Math.sqrt(square(theta / scale) - bestSlope / scale * (slope / scale));
        gamma = step < bestStep ? -gamma : gamma;
        double ratio = (gamma - bestSlope + theta) / (gamma - bestSlope + gamma + slope);
        double cubic = bestStep + ratio * (step - bestStep);
        double quadratic =
                bestStep + bestSlope / ((bestValue - value) / (step - bestStep) + bestSlope) / 2 * (step - bestStep);
        return Math.abs(cubic - bestStep) < Math.abs(quadratic - bestStep) ? cubic : cubic + (quadratic - cubic) / 2;
    }

    private double slopeTurned(double value, double slope) {
        double theta = 3 * (bestValue - value) / (step - bestStep) + bestSlope + slope;
        double scale = Math.max(Math.abs(theta), Math.max(Math.abs(bestSlope), Math.abs(slope)));
        double gamma = scale * Math.sqrt(square(theta / scale) - bestSlope / scale * (slope / scale));
        gamma = step > bestStep ? -gamma : gamma;
        double ratio = (gamma - slope + theta) / (gamma - slope + gamma + bestSlope);
        double cubic = step + ratio * (bestStep - step);
        double secant = step + slope / (slope - bestSlope) * (bestStep - step);
        return Math.abs(cubic - step) > Math.abs(secant - step) ? cubic : secant;
    }

    private double slopeFlattens(double value, double slope) {
        double theta = 3 * (bestValue - value) / (step - bestStep) + bestSlope + slope;
        double scale = Math.max(Math.abs(theta), Math.max(Math.abs(bestSlope), Math.abs(slope)));
        double gamma = scale * Math.sqrt(Math.max(0, square(theta / scale) - bestSlope / scale * (slope / scale)));
        gamma = step > bestStep ? -gamma : gamma;
        double ratio = (gamma - slope + theta) / (gamma + (bestSlope - slope) + gamma);
        double cubic = ratio < 0 && gamma != 0 ? step + ratio * (bestStep - step) : step > bestStep ? most : least;
        double secant = step + slope / (slope - bestSlope) * (bestStep - step);
        if (bracketed) {
            double chosen = Math.abs(cubic - step) < Math.abs(secant - step) ? cubic : secant;
            double bound = step + 0.66 * (endStep - step);
            return step > bestStep ? Math.min(bound, chosen) : Math.max(bound, chosen);
        }
        double chosen = Math.abs(cubic - step) > Math.abs(secant - step) ? cubic : secant;
        return Math.max(least, Math.min(most, chosen));
    }

    private static double square(double x) {
        return x * x;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(bracketed);
        out.writeBoolean(firstStage);
        for (double value : new double[] {
            longest,
            value0,
            slope0,
            width,
            widthBefore,
            least,
            most,
            bestStep,
            bestValue,
            bestSlope,
            endStep,
            endValue,
            endSlope,
            step
        }) {
            out.writeDouble(value);
        }
    }

    void read(DataInputStream in) throws IOException {
        bracketed = in.readBoolean();
        firstStage = in.readBoolean();
        longest = in.readDouble();
        value0 = in.readDouble();
        slope0 = in.readDouble();
        width = in.readDouble();
        widthBefore = in.readDouble();
        least = in.readDouble();
        most = in.readDouble();
        bestStep = in.readDouble();
        bestValue = in.readDouble();
        bestSlope = in.readDouble();
        endStep = in.readDouble();
        endValue = in.readDouble();
        endSlope = in.readDouble();
        step = in.readDouble();
    }
}
