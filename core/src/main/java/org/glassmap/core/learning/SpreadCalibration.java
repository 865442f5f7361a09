package org.glassmap.core.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * By how much a committee's spread has to be multiplied to be the standard deviation of its errors, told from errors on
 * frames that neither training nor stopping saw. With errors e_k normal around 0 with standard deviation a σ_k, the
 * likelihood is largest at a² = ⟨e²/σ²⟩.
 *
 * @param factor a
 * @param cases how many errors it was told from
 * @param within68 share of the errors below 1 a σ; 0.68 where errors are normal
 * @param within95 share of the errors below 1.96 a σ; 0.95 where errors are normal
 * @param bins from the smallest expected error to the largest, of nearly equal count
 */
public record SpreadCalibration(double factor, int cases, double within68, double within95, List<Bin> bins) {

    /** Fewer errors tell nothing. */
    public static final int LEAST_CASES = 10;

    private static final int MOST_BINS = 10;

    /**
     * @param expected root mean square of a σ
     * @param observed root mean square of the errors
     */
    public record Bin(int cases, double expected, double observed) {}

    public SpreadCalibration {
        if (!(factor > 0) || !Double.isFinite(factor)) {
            throw new IllegalArgumentException("a calibration's factor must be positive, got " + factor);
        }
        bins = List.copyOf(bins);
    }

    private record Case(double spread, double error) {}

    /**
     * @param spreads σ, positive
     * @param errors of the same cases; signs do not matter
     * @throws IllegalArgumentException if there are fewer than {@link #LEAST_CASES}, or a spread is not positive: members
     *     that agree to the last bit cannot be calibrated
     */
    public static SpreadCalibration of(double[] spreads, double[] errors) {
        if (spreads.length != errors.length || errors.length < LEAST_CASES) {
            throw new IllegalArgumentException(
                    "a calibration needs at least %d errors, each with its spread, got %d and %d"
                            .formatted(LEAST_CASES, errors.length, spreads.length));
        }
        List<Case> cases = new ArrayList<>();
        double sum = 0;
        for (int k = 0; k < errors.length; k++) {
            if (!(spreads[k] > 0) || !Double.isFinite(errors[k])) {
                throw new IllegalArgumentException(
                        "spreads must be positive and errors finite, got %s and %s".formatted(spreads[k], errors[k]));
            }
            sum += (errors[k] / spreads[k]) * (errors[k] / spreads[k]);
            cases.add(new Case(spreads[k], Math.abs(errors[k])));
        }
        double factor = Math.sqrt(sum / errors.length);
        if (!(factor > 0)) {
            throw new IllegalArgumentException("all errors are 0: there is nothing to calibrate");
        }
        cases.sort(Comparator.comparingDouble(Case::spread).thenComparingDouble(Case::error));
        return new SpreadCalibration(
                factor, cases.size(), share(cases, factor), share(cases, 1.96 * factor), bins(cases, factor));
    }

    private static double share(List<Case> cases, double width) {
        return cases.stream().filter(c -> c.error <= width * c.spread).count() / (double) cases.size();
    }

    private static List<Bin> bins(List<Case> cases, double factor) {
        int count = Math.min(MOST_BINS, cases.size() / 5);
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            List<Case> own = cases.subList(b * cases.size() / count, (b + 1) * cases.size() / count);
            double expected = 0;
            double observed = 0;
            for (Case c : own) {
                expected += factor * factor * c.spread * c.spread / own.size();
                observed += c.error * c.error / own.size();
            }
            bins.add(new Bin(own.size(), Math.sqrt(expected), Math.sqrt(observed)));
        }
        return bins;
    }
}
