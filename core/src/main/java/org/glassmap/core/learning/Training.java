package org.glassmap.core.learning;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.glassmap.core.numerics.Lbfgs;
import org.glassmap.core.numerics.Seed;
import org.jspecify.annotations.Nullable;

/**
 * One potential in training, an epoch at a time, so that whoever runs it can report, stop, and keep {@link #state}.
 *
 * <p>The same settings, frames and start give the same weights to the last bit, for any number of threads and across
 * any interruption between epochs, alone or side by side with others: frames are taken in fixed units, whose gradients are
 * added in order, and the order of an epoch's frames comes from a seed and the epoch's number.
 */
public final class Training {

    private static final String FORMAT = "glassmap-training-2";
    private static final int FRAMES_PER_UNIT = 4;
    private static final int ENERGIES_PER_UNIT = 32;

    private final TrainingSettings settings;
    private final PreparedFrames frames;
    private final Architecture architecture;
    private final byte[] fingerprint;
    private final ConcurrentLinkedQueue<FrameBatch> batches = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<EnergyBatch> energyBatches = new ConcurrentLinkedQueue<>();

    private int epoch;
    private long steps;
    private double[] weights;
    private final @Nullable Adam adam;
    private final @Nullable Lbfgs lbfgs;
    private double[] best;
    private int bestEpoch;
    private double bestLoss = Double.POSITIVE_INFINITY;

    private Training(TrainingSettings settings, PreparedFrames frames, @Nullable NetworkPotential start) {
        if (frames.training.isEmpty()) {
            throw new IllegalArgumentException("training needs at least one frame");
        }
        if (settings.keepBest() && frames.validation.isEmpty()) {
            throw new IllegalArgumentException("keeping the best epoch needs validation frames");
        }
        if (!frames.suit(settings)) {
            throw new IllegalArgumentException(
                    "the frames were prepared for another descriptor, repulsion or loss; prepare them for these settings");
        }
        this.settings = settings;
        this.frames = frames;
        if (start == null) {
            this.architecture = Architecture.of(settings, frames.training);
            this.weights = architecture.randomWeights(settings, Seed.of(settings.seed(), "weights"));
        } else {
            requireFits(settings, start);
            this.architecture = Architecture.of(start);
            this.weights = Architecture.weights(start);
        }
        this.fingerprint = fingerprint(settings, frames, start == null);
        this.adam = settings.optimiser() instanceof AdamSettings a ? new Adam(a, architecture, frames.training) : null;
        this.lbfgs = settings.optimiser() instanceof LbfgsSettings l
                ? new Lbfgs(new Lbfgs.Settings(l.memory(), l.gradientTolerance()), weights.length)
                : null;
        this.best = weights.clone();
    }

    private static void requireFits(TrainingSettings settings, NetworkPotential start) {
        SpeciesNetwork network = start.networks().getFirst();
        Network wanted = Network.random(
                settings.descriptor().size(), settings.hidden(), settings.activation(), new SplittableRandom(0));
        if (!network.descriptor().equals(settings.descriptor())
                || !network.network().sameShape(wanted)
                || !start.repulsion().equals(settings.repulsion())) {
            throw new IllegalArgumentException(
                    "the potential to start from has %s, %s; the settings ask for %s, %s (or another repulsion)"
                            .formatted(network.descriptor(), network.network(), settings.descriptor(), wanted));
        }
    }

    /** From random weights. */
    public static Training start(TrainingSettings settings, PreparedFrames frames) {
        return new Training(settings, frames, null);
    }

    /** From random weights, on frames that no other training shares. */
    public static Training start(TrainingSettings settings, Split frames) {
        return start(settings, PreparedFrames.of(settings, frames));
    }

    /** From the weights, scaling and atomic energies of an earlier potential. */
    public static Training warm(TrainingSettings settings, PreparedFrames frames, NetworkPotential start) {
        return new Training(settings, frames, start);
    }

    /** From an earlier potential, on frames that no other training shares. */
    public static Training warm(TrainingSettings settings, Split frames, NetworkPotential start) {
        return warm(settings, PreparedFrames.of(settings, frames), start);
    }

    /**
     * Goes on where {@link #state} was taken, with the settings, frames and start of then.
     *
     * @throws IllegalArgumentException if the bytes are not such a state, or one of another training
     */
    public static Training resume(
            TrainingSettings settings, PreparedFrames frames, @Nullable NetworkPotential start, byte[] state) {
        Training training = new Training(settings, frames, start);
        training.restore(state);
        return training;
    }

    /** On frames that no other training shares. */
    public static Training resume(
            TrainingSettings settings, Split frames, @Nullable NetworkPotential start, byte[] state) {
        return resume(settings, PreparedFrames.of(settings, frames), start, state);
    }

    public int epoch() {
        return epoch;
    }

    public boolean finished() {
        return epoch == settings.epochs()
                || lbfgs != null && lbfgs.stop() != null
                || settings.patience() > 0 && epoch - bestEpoch >= settings.patience();
    }

    /** The answer so far: of the best epoch if the settings keep it and there was one, else of the last. */
    public NetworkPotential potential() {
        return architecture.potential(settings.keepBest() && bestEpoch > 0 ? best : weights);
    }

    /** The loss on the validation frames of what {@link #potential} gives; infinite before there is one. */
    public double validationLoss() {
        if (settings.keepBest() || epoch == 0 || frames.validation.isEmpty()) {
            return bestLoss;
        }
        return evaluate(List.of(this), frames.validation, settings.loss().energyAt(1), null, null)
                .getFirst()
                .errors()
                .loss();
    }

    /** The epoch {@link #potential} comes from; 0 is the start. */
    public int potentialEpoch() {
        return settings.keepBest() ? bestEpoch : epoch;
    }

    /** One epoch in the calling thread. */
    public EpochReport runEpoch() {
        return runEpoch(List.of(this), null).getFirst();
    }

    /** One epoch with the threads of {@code workers}; the bits are those of {@link #runEpoch()}. */
    public EpochReport runEpoch(ExecutorService workers) {
        return runEpoch(List.of(this), workers).getFirst();
    }

    /**
     * The next epoch of several trainings side by side: geometry and descriptors are worked up once for all. The bits are
     * those of running each alone.
     *
     * @param together on the same {@link PreparedFrames}, at the same epoch, with settings that differ in seed alone
     * @param workers to share the work among, or null for the calling thread alone
     * @return a report of each, in order
     */
    public static List<EpochReport> runEpoch(List<Training> together, @Nullable ExecutorService workers) {
        Training first = together.getFirst();
        for (Training training : together) {
            if (training.finished()) {
                throw new IllegalStateException("the training has finished after %d epochs".formatted(training.epoch));
            }
            if (training.frames != first.frames
                    || training.epoch != first.epoch
                    || !training.settings.withSeed(0).equals(first.settings.withSeed(0))) {
                throw new IllegalArgumentException(
                        "only trainings on the same frames, at the same epoch, with the same settings run together");
            }
        }
        List<ErrorSums> sums = first.settings.optimiser() instanceof AdamSettings adam
                ? adamEpoch(together, adam, workers)
                : lbfgsEpoch(together, workers);
        together.forEach(training -> training.epoch++);
        List<ErrorSums> checked = first.frames.validation.isEmpty()
                ? List.of()
                : evaluate(
                        together, first.frames.validation, first.settings.loss().energyAt(1), null, workers);
        List<EpochReport> reports = new ArrayList<>();
        for (int m = 0; m < together.size(); m++) {
            reports.add(together.get(m)
                    .report(
                            sums.get(m),
                            checked.isEmpty() ? null : checked.get(m).errors()));
        }
        return reports;
    }

    private EpochReport report(ErrorSums sums, @Nullable Errors checked) {
        boolean better = checked != null && checked.loss() < bestLoss;
        if (checked != null && better) {
            bestLoss = checked.loss();
            bestEpoch = epoch;
            best = weights.clone();
        }
        return new EpochReport(epoch, sums.errors(), Optional.ofNullable(checked), better);
    }

    private static List<ErrorSums> adamEpoch(
            List<Training> together, AdamSettings adam, @Nullable ExecutorService workers) {
        Training first = together.getFirst();
        List<PreparedFrame> order = new ArrayList<>(first.frames.training);
        Split.shuffle(order, Seed.of(first.settings.orderSeed(), "epoch-" + first.epoch));
        List<ErrorSums> sums = noErrors(together.size());
        int perStep = adam.framesPerStep();
        long stepsPerEpoch = (order.size() + perStep - 1) / perStep;
        long allSteps = stepsPerEpoch * first.settings.epochs();
        for (int from = 0; from < order.size(); from += perStep) {
            List<PreparedFrame> step = order.subList(from, Math.min(order.size(), from + perStep));
            double progress = first.steps / (double) allSteps;
            double[][] gradients = new double[together.size()][first.weights.length];
            add(evaluate(together, step, first.settings.loss().energyAt(progress), gradients, workers), sums);
            for (int m = 0; m < gradients.length; m++) {
                together.get(m).step(gradients[m], step.size(), progress);
            }
        }
        return sums;
    }

    private static List<ErrorSums> lbfgsEpoch(List<Training> together, @Nullable ExecutorService workers) {
        Training first = together.getFirst();
        double[][] gradients = new double[together.size()][first.weights.length];
        List<ErrorSums> sums =
                evaluate(together, first.frames.training, first.settings.loss().energyAt(0), gradients, workers);
        for (int m = 0; m < gradients.length; m++) {
            Training training = together.get(m);
            Objects.requireNonNull(training.lbfgs).next(training.weights, sums.get(m).loss, gradients[m]);
        }
        return sums;
    }

    private static List<ErrorSums> noErrors(int members) {
        List<ErrorSums> sums = new ArrayList<>();
        for (int m = 0; m < members; m++) {
            sums.add(new ErrorSums());
        }
        return sums;
    }

    private static void add(List<ErrorSums> more, List<ErrorSums> sums) {
        for (int m = 0; m < sums.size(); m++) {
            sums.get(m).add(more.get(m));
        }
    }

    /** Errors and, where asked for, gradients of the loss summed over frames, of every training at its weights. */
    private static List<ErrorSums> evaluate(
            List<Training> together,
            List<PreparedFrame> frames,
            double energyWeight,
            double @Nullable [][] gradients,
            @Nullable ExecutorService workers) {
        Training first = together.getFirst();
        List<FrameBatch.Member> members = together.stream()
                .map(t -> new FrameBatch.Member(t.architecture, t.weights))
                .toList();
        List<Callable<UnitResult>> tasks = new ArrayList<>();
        if (first.frames.kernel == Kernel.LANES) {
            for (EnergyUnit unit : first.frames.units(frames)) {
                tasks.add(() -> first.evaluateUnit(unit, members, energyWeight, gradients != null));
            }
        } else {
            int perUnit = first.settings.loss().energiesAlone() ? ENERGIES_PER_UNIT : FRAMES_PER_UNIT;
            for (int from = 0; from < frames.size(); from += perUnit) {
                List<PreparedFrame> unit = frames.subList(from, Math.min(frames.size(), from + perUnit));
                tasks.add(() -> first.evaluateUnit(unit, members, energyWeight, gradients != null));
            }
        }
        List<ErrorSums> sums = noErrors(together.size());
        for (UnitResult result : runAll(tasks, workers)) {
            add(result.sums, sums);
            for (int m = 0; gradients != null && m < gradients.length; m++) {
                addTo(gradients[m], result.gradients[m]);
            }
        }
        return sums;
    }

    private static void addTo(double[] sum, double[] part) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += part[k];
        }
    }

    /** {@code gradients} is empty where none was asked for. */
    private record UnitResult(List<ErrorSums> sums, double[][] gradients) {}

    private UnitResult evaluateUnit(
            List<PreparedFrame> unit, List<FrameBatch.Member> members, double energyWeight, boolean withGradient) {
        FrameBatch batch = batches.poll();
        if (batch == null) {
            batch = new FrameBatch(settings.descriptor(), settings.loss());
        }
        double[][] gradients = withGradient ? new double[members.size()][weights.length] : new double[0][];
        List<ErrorSums> sums = batch.evaluate(unit, members, energyWeight, withGradient ? gradients : null);
        batches.add(batch);
        return new UnitResult(sums, gradients);
    }

    private UnitResult evaluateUnit(
            EnergyUnit unit, List<FrameBatch.Member> members, double energyWeight, boolean withGradient) {
        EnergyBatch batch = energyBatches.poll();
        if (batch == null) {
            batch = new EnergyBatch(settings.descriptor(), architecture.shape());
        }
        double[][] gradients = withGradient ? new double[members.size()][weights.length] : new double[0][];
        List<ErrorSums> sums = batch.evaluate(unit, members, energyWeight, withGradient ? gradients : null);
        energyBatches.add(batch);
        return new UnitResult(sums, gradients);
    }

    private static List<UnitResult> runAll(List<Callable<UnitResult>> tasks, @Nullable ExecutorService workers) {
        List<UnitResult> results = new ArrayList<>();
        try {
            if (workers == null) {
                for (Callable<UnitResult> task : tasks) {
                    results.add(task.call());
                }
            } else {
                for (Future<UnitResult> future : workers.invokeAll(tasks)) {
                    results.add(future.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrainingInterruptedException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a unit of frames throws no checked exception", e);
        }
        return results;
    }

    private void step(double[] gradient, int frames, double progress) {
        steps++;
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] /= frames;
        }
        Objects.requireNonNull(adam).step(weights, gradient, steps, progress);
    }

    /** Loss (mean over the frames, energies weighted as at the end) and errors of the present weights. */
    public Errors trainingErrors() {
        return evaluate(List.of(this), frames.training, settings.loss().energyAt(1), null, null)
                .getFirst()
                .errors();
    }

    double[] weights() {
        return weights.clone();
    }

    void setWeights(double[] other) {
        weights = other.clone();
    }

    /** Loss summed over the training frames and its gradient, at the energy weight of the start. */
    double lossAndGradient(double[] gradient) {
        Arrays.fill(gradient, 0);
        return evaluate(List.of(this), frames.training, settings.loss().energyAt(0), new double[][] {gradient}, null)
                .getFirst()
                .loss;
    }

    /** Everything that changes, to {@link #resume} from. */
    public byte[] state() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(40 * weights.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(FORMAT);
            out.write(fingerprint);
            out.writeInt(epoch);
            out.writeLong(steps);
            out.writeInt(bestEpoch);
            out.writeDouble(bestLoss);
            out.writeInt(weights.length);
            write(weights, out);
            if (adam != null) {
                adam.write(out);
            }
            write(best, out);
            if (lbfgs != null) {
                lbfgs.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    void restore(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (!in.readUTF().equals(FORMAT)) {
                throw new IllegalArgumentException("not a state of a training: it does not begin with " + FORMAT);
            }
            byte[] theirs = in.readNBytes(fingerprint.length);
            if (!Arrays.equals(theirs, fingerprint)) {
                throw new IllegalArgumentException(
                        "the state is of another training: its settings and frames hash to %s, these to %s"
                                .formatted(
                                        HexFormat.of().formatHex(theirs),
                                        HexFormat.of().formatHex(fingerprint)));
            }
            epoch = in.readInt();
            steps = in.readLong();
            bestEpoch = in.readInt();
            bestLoss = in.readDouble();
            int count = in.readInt();
            if (count != weights.length) {
                throw new IllegalArgumentException(
                        "the state has %d weights, the training %d".formatted(count, weights.length));
            }
            read(in, weights);
            if (adam != null) {
                adam.read(in);
            }
            read(in, best);
            if (lbfgs != null) {
                lbfgs.read(in);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the state of the training is cut short", e);
        }
    }

    private static void write(double[] values, DataOutputStream out) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static void read(DataInputStream in, double[] values) throws IOException {
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readDouble();
        }
    }

    private static byte[] fingerprint(TrainingSettings settings, PreparedFrames prepared, boolean cold) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((settings + " " + cold).getBytes(StandardCharsets.UTF_8));
            if (prepared.kernel != Kernel.PLAIN) {
                digest.update(prepared.kernel.id().getBytes(StandardCharsets.UTF_8));
            }
            for (List<TrainingFrame> part : List.of(prepared.split.training(), prepared.split.validation())) {
                digest.update((byte) 0);
                for (TrainingFrame frame : part) {
                    digest.update((frame.structure().hash() + frame.energy() + " " + frame.weight())
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
