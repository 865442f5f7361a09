package org.glassmap.core.sampling;

import java.util.SplittableRandom;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.atoms.Units;
import org.jspecify.annotations.Nullable;

/**
 * Langevin dynamics of the positions in a fixed cell by the BAOAB splitting (B. Leimkuhler and C. Matthews, Appl. Math.
 * Res. Express 2013, 34): half a kick, half a drift, friction and noise, half a drift, half a kick. Velocities begin from
 * Maxwell and Boltzmann's distribution without net momentum. The same start, settings and potential give the same bits.
 */
public final class LangevinDynamics {

    /** Is told of every step. */
    @FunctionalInterface
    public interface Listener {
        /** @param step from 1 */
        void passed(int step, Structure structure, Evaluation evaluation, double temperature);
    }

    /** Steps between two looks at the distances. */
    private static final int LOOK = 10;

    private static final double MASS_UNIT = Units.EV_PER_AMU_SQUARE_ANGSTROM_PER_SQUARE_FS;

    private final LangevinSettings settings;

    public LangevinDynamics(LangevinSettings settings) {
        this.settings = settings;
    }

    /** @param calculator used by this thread alone while it runs */
    public LangevinRun run(Structure start, Potential.Calculator calculator, Listener listener) {
        return new Run(settings, start, calculator, listener).run();
    }

    private static final class Run {

        private final LangevinSettings settings;
        private final Potential.Calculator calculator;
        private final Listener listener;
        private final SplittableRandom random;
        private final double[] mass;
        private final double[] velocities;
        private final double[] positions;
        private Structure structure;
        private double spare = Double.NaN;
        private double highest;
        private double largestForce;
        private double sum;
        private int counted;

        Run(LangevinSettings settings, Structure start, Potential.Calculator calculator, Listener listener) {
            this.settings = settings;
            this.calculator = calculator;
            this.listener = listener;
            this.random = new SplittableRandom(settings.seed());
            this.structure = start;
            this.positions = start.positions();
            this.mass = new double[positions.length];
            this.velocities = new double[positions.length];
            for (int c = 0; c < mass.length; c++) {
                mass[c] = start.species(c / 3).mass() * MASS_UNIT;
            }
        }

        LangevinRun run() {
            begin();
            @Nullable Evaluation evaluation = evaluate(structure);
            double keep = StrictMath.exp(-settings.friction() * settings.timeStep());
            double half = settings.timeStep() / 2;
            for (int step = 1; step <= settings.steps(); step++) {
                if (evaluation == null) {
                    return ended(step - 1, LangevinRun.Stop.NOT_FINITE);
                }
                kick(evaluation, half);
                if (!(temperature() <= settings.hottest())) {
                    // Before it moves: atoms thrown out of reach are no structure any more.
                    highest = Math.max(highest, temperature());
                    return ended(step - 1, LangevinRun.Stop.TOO_HOT);
                }
                drift(half);
                scatter(keep);
                drift(half);
                Structure next = structure.withPositions(positions);
                evaluation = evaluate(next);
                if (evaluation == null) {
                    return ended(step, LangevinRun.Stop.NOT_FINITE);
                }
                structure = next;
                kick(evaluation, half);
                double temperature = temperature();
                listener.passed(step, structure, evaluation, temperature);
                LangevinRun.@Nullable Stop stop = judged(step, temperature, evaluation);
                if (stop != null) {
                    return ended(step, stop);
                }
            }
            return ended(settings.steps(), LangevinRun.Stop.DONE);
        }

        private LangevinRun ended(int steps, LangevinRun.Stop stop) {
            double mean = counted == 0 ? Double.NaN : sum / counted;
            return new LangevinRun(structure, steps, stop, mean, highest, largestForce);
        }

        private LangevinRun.@Nullable Stop judged(int step, double temperature, Evaluation evaluation) {
            highest = Math.max(highest, temperature);
            if (2 * step > settings.steps()) {
                sum += temperature;
                counted++;
            }
            double[] f = evaluation.forces();
            for (int c = 0; c < f.length; c += 3) {
                double length = Math.sqrt(f[c] * f[c] + f[c + 1] * f[c + 1] + f[c + 2] * f[c + 2]);
                largestForce = Math.max(largestForce, length);
            }
            if (!(temperature <= settings.hottest())) {
                return LangevinRun.Stop.TOO_HOT;
            }
            boolean look = settings.fusedBelow() > 0 && step % LOOK == 0;
            return look && Proximity.closest(structure, settings.fusedBelow()).isPresent()
                    ? LangevinRun.Stop.FUSED
                    : null;
        }

        /** Null where there is no finite answer. */
        private @Nullable Evaluation evaluate(Structure at) {
            try {
                Evaluation evaluation = calculator.evaluate(at);
                double all = evaluation.energy();
                for (double component : evaluation.forces()) {
                    all += component;
                }
                return Double.isFinite(all) ? evaluation : null;
            } catch (InvalidStructureException coincident) {
                return null; // the answer of the run says so
            }
        }

        private void begin() {
            double[] momentum = new double[3];
            double total = 0;
            for (int c = 0; c < velocities.length; c++) {
                velocities[c] = Math.sqrt(Units.BOLTZMANN * settings.temperature() / mass[c]) * normal();
                momentum[c % 3] += mass[c] * velocities[c];
                total += c % 3 == 0 ? mass[c] : 0;
            }
            for (int c = 0; c < velocities.length && velocities.length > 3; c++) {
                velocities[c] -= momentum[c % 3] / total;
            }
        }

        private void kick(Evaluation evaluation, double time) {
            double[] forces = evaluation.forces();
            for (int c = 0; c < velocities.length; c++) {
                velocities[c] += time * forces[c] / mass[c];
            }
        }

        private void drift(double time) {
            for (int c = 0; c < positions.length; c++) {
                positions[c] += time * velocities[c];
            }
        }

        /** Ornstein and Uhlenbeck's part, solved exactly. */
        private void scatter(double keep) {
            double noise = Math.sqrt(1 - keep * keep);
            for (int c = 0; c < velocities.length; c++) {
                double thermal = Math.sqrt(Units.BOLTZMANN * settings.temperature() / mass[c]);
                velocities[c] = keep * velocities[c] + noise * thermal * normal();
            }
        }

        private double temperature() {
            double twice = 0;
            for (int c = 0; c < velocities.length; c++) {
                twice += mass[c] * velocities[c] * velocities[c];
            }
            return twice / (velocities.length * Units.BOLTZMANN);
        }

        /** Box and Muller with StrictMath, two at a time; 1 − u keeps the logarithm finite. */
        private double normal() {
            if (!Double.isNaN(spare)) {
                double value = spare;
                spare = Double.NaN;
                return value;
            }
            double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            spare = radius * StrictMath.sin(angle);
            return radius * StrictMath.cos(angle);
        }
    }
}
