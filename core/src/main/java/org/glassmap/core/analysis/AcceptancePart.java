package org.glassmap.core.analysis;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One thing a potential was put through, and what came of it.
 *
 * @param subject the crystal, the pair of species, the temperature
 * @param finding in a sentence: what failed, or what was held
 * @param grade the largest extrapolation grade met; empty where the potential has none
 */
public record AcceptancePart(
        Kind kind,
        String subject,
        boolean passed,
        String finding,
        List<Quantity> quantities,
        List<Curve> curves,
        OptionalDouble grade) {

    /** What is looked at. */
    public enum Kind {
        RELAXATION,
        EQUATION_OF_STATE,
        ELASTICITY,
        PHONONS,
        COMPRESSION,
        DYNAMICS,
        DIMER
    }

    /** A number with its unit. */
    public record Quantity(String name, double value, String unit) {}

    /**
     * A curve to be looked at. Holds the arrays it is given.
     *
     * @param x what is varied, with its unit
     * @param y what is told, with its unit
     */
    public record Curve(String x, String y, double[] xs, double[] ys) {}

    public AcceptancePart {
        quantities = List.copyOf(quantities);
        curves = List.copyOf(curves);
    }
}
