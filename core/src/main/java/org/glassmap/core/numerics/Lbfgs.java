package org.glassmap.core.numerics;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Limited-memory BFGS without bounds, one evaluation at a time: the caller evaluates the function where it is told to
 * and hands value and gradient back. So each evaluation can be reported, and the whole state be kept between them.
 *
 * <p>The steps are those of L-BFGS-B 3.0 (Morales, Nocedal, ACM TOMS 38, 7 (2011), doi 10.1145/2049662.2049669) where
 * there are no bounds: the two-loop recursion scaled by yᵀy/sᵀy, a first trial step of length at most 1, and the line
 * search of Moré and Thuente (ACM TOMS 20, 286 (1994), doi 10.1145/192115.192132).
 */
public final class Lbfgs {

    /**
     * How long and how closely it looks.
     *
     * @param memory how many pairs of steps and gradient differences are kept
     * @param gradientTolerance on the largest component of the gradient; 0 never stops
     */
    public record Settings(int memory, double gradientTolerance) {

        /** As ænet sets them. */
        public static final Settings DEFAULT = new Settings(20, 1e-6);

        public Settings {
            if (memory < 1 || memory > 1000) {
                throw new IllegalArgumentException("memory must be 1 to 1000, got " + memory);
            }
            if (!(gradientTolerance >= 0)) {
                throw new IllegalArgumentException("gradientTolerance must not be negative, got " + gradientTolerance);
            }
        }
    }

    /** Why no further point is asked for. */
    public enum Stop {
        GRADIENT_SMALL,
        /** No step along steepest descent lowers the value: rounding, or a gradient that is not the function's. */
        LINE_SEARCH_STALLED
    }

    private static final int MAX_TRIALS = 20;
    private static final double LONGEST_STEP = 1e10;
    private static final double ROUNDING = Math.ulp(1.0) / 2;

    private final Settings settings;
    private final int n;
    private final double[][] s;
    private final double[][] y;
    private final double[] sy;

    private int pairs;
    private double theta = 1;
    private int iterations;
    private boolean searching;
    private final double[] origin;
    private final double[] originGradient;
    private double originValue;
    private final double[] direction;
    private final LineSearch search = new LineSearch();
    private int trials;
    private double slopeAtOrigin;
    private @Nullable Stop stop;

    /** @param n number of variables */
    public Lbfgs(Settings settings, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("a function has at least one variable, got " + n);
        }
        this.settings = settings;
        this.n = n;
        this.s = new double[settings.memory()][n];
        this.y = new double[settings.memory()][n];
        this.sy = new double[settings.memory()];
        this.origin = new double[n];
        this.originGradient = new double[n];
        this.direction = new double[n];
    }

    /** Why it ended, or null while it goes on. */
    public @Nullable Stop stop() {
        return stop;
    }

    /** Line searches that have ended. */
    public int iterations() {
        return iterations;
    }

    /**
     * Takes the value and gradient at {@code x} and moves {@code x} to the next point to evaluate, or leaves it where
     * the search ended and sets {@link #stop}.
     *
     * @param x {@code [n]}; the first time the start, afterwards what the last call left
     * @param gradient {@code [n]}, kept unchanged
     */
    public void next(double[] x, double value, double[] gradient) {
        if (stop != null) {
            throw new IllegalStateException("the search has ended: " + stop);
        }
        if (!searching) {
            begin(x, value, gradient);
            return;
        }
        double slope = dot(gradient, direction);
        trials++;
        LineSearch.State state = search.advance(value, slope);
        if (state == LineSearch.State.GO_ON && trials < MAX_TRIALS) {
            moveTo(search.step(), x);
        } else if (state == LineSearch.State.GO_ON) {
            fallBack(x);
        } else {
            iterations++;
            remember(gradient, slope);
            begin(x, value, gradient);
        }
    }

    /** A new line search from {@code x}. */
    private void begin(double[] x, double value, double[] gradient) {
        searching = true;
        if (largest(gradient) <= settings.gradientTolerance()) {
            stop = Stop.GRADIENT_SMALL;
            return;
        }
        System.arraycopy(x, 0, origin, 0, n);
        System.arraycopy(gradient, 0, originGradient, 0, n);
        originValue = value;
        direct();
        slopeAtOrigin = dot(originGradient, direction);
        if (!(slopeAtOrigin < 0)) {
            forget();
            if (stop != null) {
                return;
            }
        }
        start(x);
    }

    private void start(double[] x) {
        double length = Math.sqrt(dot(direction, direction));
        trials = 0;
        search.start(
                originValue, slopeAtOrigin, iterations == 0 ? Math.min(1 / length, LONGEST_STEP) : 1, LONGEST_STEP);
        moveTo(search.step(), x);
    }

    /** Twenty trials in vain: once more along steepest descent, or give up where that was it. */
    private void fallBack(double[] x) {
        System.arraycopy(origin, 0, x, 0, n);
        if (pairs == 0) {
            stop = Stop.LINE_SEARCH_STALLED;
            return;
        }
        forget();
        start(x);
    }

    private void forget() {
        if (pairs == 0) {
            stop = Stop.LINE_SEARCH_STALLED;
            return;
        }
        pairs = 0;
        theta = 1;
        direct();
        slopeAtOrigin = dot(originGradient, direction);
    }

    private void moveTo(double step, double[] x) {
        for (int i = 0; i < n; i++) {
            x[i] = origin[i] + step * direction[i];
        }
    }

    /** direction = −H g by the two-loop recursion. */
    private void direct() {
        double[] q = direction;
        System.arraycopy(originGradient, 0, q, 0, n);
        double[] a = new double[pairs];
        for (int k = pairs - 1; k >= 0; k--) {
            a[k] = dot(s[k], q) / sy[k];
            add(-a[k], y[k], q);
        }
        for (int i = 0; i < n; i++) {
            q[i] /= theta;
        }
        for (int k = 0; k < pairs; k++) {
            add(a[k] - dot(y[k], q) / sy[k], s[k], q);
        }
        for (int i = 0; i < n; i++) {
            q[i] = -q[i];
        }
    }

    private void remember(double[] gradient, double slope) {
        double step = search.step();
        double curvature = (slope - slopeAtOrigin) * step;
        if (curvature <= ROUNDING * -slopeAtOrigin * step) {
            return;
        }
        if (pairs == s.length) {
            double[] oldestStep = s[0];
            double[] oldestDifference = y[0];
            System.arraycopy(s, 1, s, 0, pairs - 1);
            System.arraycopy(y, 1, y, 0, pairs - 1);
            System.arraycopy(sy, 1, sy, 0, pairs - 1);
            s[pairs - 1] = oldestStep;
            y[pairs - 1] = oldestDifference;
            pairs--;
        }
        double square = 0;
        for (int i = 0; i < n; i++) {
            s[pairs][i] = step * direction[i];
            y[pairs][i] = gradient[i] - originGradient[i];
            square += y[pairs][i] * y[pairs][i];
        }
        sy[pairs] = curvature;
        theta = square / curvature;
        pairs++;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double factor, double[] a, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * a[i];
        }
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Everything that changes, to go on from with {@link #read}. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(pairs);
        out.writeInt(iterations);
        out.writeInt(trials);
        out.writeBoolean(searching);
        out.writeInt(stop == null ? -1 : stop.ordinal());
        for (double value : new double[] {theta, originValue, slopeAtOrigin}) {
            out.writeDouble(value);
        }
        search.write(out);
        writeAll(origin, out);
        writeAll(originGradient, out);
        writeAll(direction, out);
        for (int k = 0; k < pairs; k++) {
            out.writeDouble(sy[k]);
            writeAll(s[k], out);
            writeAll(y[k], out);
        }
    }

    private static void writeAll(double[] values, DataOutputStream out) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    /** Takes the state of another search of the same settings and size.
     *
     * @throws IOException if it is cut short or cannot be one
     */
    public void read(DataInputStream in) throws IOException {
        pairs = in.readInt();
        iterations = in.readInt();
        trials = in.readInt();
        searching = in.readBoolean();
        int ended = in.readInt();
        if (pairs < 0 || pairs > s.length || ended < -1 || ended >= Stop.values().length) {
            throw new IOException("not the state of a search with memory " + s.length);
        }
        stop = ended < 0 ? null : Stop.values()[ended];
        theta = in.readDouble();
        originValue = in.readDouble();
        slopeAtOrigin = in.readDouble();
        search.read(in);
        readAll(origin, in);
        readAll(originGradient, in);
        readAll(direction, in);
        for (int k = 0; k < pairs; k++) {
            sy[k] = in.readDouble();
            readAll(s[k], in);
            readAll(y[k], in);
        }
    }

    private static void readAll(double[] values, DataInputStream in) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
    }

    @Override
    public String toString() {
        return "Lbfgs[%d variables, %d iterations, %d pairs, %s]"
                .formatted(n, iterations, pairs, stop == null ? "going on" : Arrays.toString(new Stop[] {stop}));
    }
}
