package org.glassmap.core.sampling;

import org.glassmap.core.sampling.Landscape.Point;

/**
 * FIRE 2.0: J. Guénolé et al., Comput. Mater. Sci. 175, 109584 (2020), semi-implicit Euler, all masses one, steps
 * capped. Time is in units in which a curvature of 1 eV/Å² has the angular frequency 1.
 */
final class FireDescent implements Relaxation.Descent {

    private static final double FIRST_TIME_STEP = 0.1;
    /** Stiff bonds of 20 eV/Å² are stable up to 2/√20 = 0.45. */
    private static final double LONGEST_TIME_STEP = 0.35;

    private static final double SHORTEST_TIME_STEP = 0.002;
    private static final double FIRST_MIXING = 0.25;
    private static final int DELAY = 20;

    private final Landscape landscape;
    private final RelaxationSettings settings;
    private double[] velocity = {};
    private double timeStep = FIRST_TIME_STEP;
    private double mixing = FIRST_MIXING;
    private int downhill;

    FireDescent(Landscape landscape, RelaxationSettings settings) {
        this.landscape = landscape;
        this.settings = settings;
    }

    @Override
    public Step next(Point here) {
        double[] gradient = here.gradient();
        if (velocity.length == 0) {
            velocity = new double[gradient.length];
        }
        double[] step = new double[gradient.length];
        double power = -Landscape.product(velocity, gradient);
        if (power > 0) {
            faster();
        } else {
            slower(step);
        }
        mix(gradient);
        for (int k = 0; k < step.length; k++) {
            step[k] += timeStep * velocity[k];
        }
        landscape.cap(step, settings.maxStep());
        double[] degrees = here.degrees().clone();
        for (int k = 0; k < degrees.length; k++) {
            degrees[k] += step[k];
        }
        return new Step.To(landscape.at(degrees));
    }

    private void faster() {
        downhill++;
        if (downhill > DELAY) {
            timeStep = Math.min(1.1 * timeStep, LONGEST_TIME_STEP);
            mixing *= 0.99;
        }
    }

    /** Stops, half a step back: the move that led uphill is undone in part. */
    private void slower(double[] step) {
        if (downhill > 0) {
            timeStep = Math.max(0.5 * timeStep, SHORTEST_TIME_STEP);
        }
        downhill = 0;
        mixing = FIRST_MIXING;
        for (int k = 0; k < step.length; k++) {
            step[k] = -0.5 * timeStep * velocity[k];
            velocity[k] = 0;
        }
    }

    private void mix(double[] gradient) {
        for (int k = 0; k < velocity.length; k++) {
            velocity[k] -= timeStep * gradient[k];
        }
        double force = Math.sqrt(Landscape.product(gradient, gradient));
        double speed = Math.sqrt(Landscape.product(velocity, velocity));
        double along = force > 0 ? mixing * speed / force : 0;
        for (int k = 0; k < velocity.length; k++) {
            velocity[k] = (1 - mixing) * velocity[k] - along * gradient[k];
        }
    }
}
