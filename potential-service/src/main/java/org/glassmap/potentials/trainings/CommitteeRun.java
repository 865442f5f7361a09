package org.glassmap.potentials.trainings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.EpochReport;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PreparedFrames;
import org.glassmap.core.learning.Split;
import org.glassmap.core.learning.Training;
import org.glassmap.core.learning.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * A committee in training on a few threads. Members are dealt out to the threads; those of one thread go through their
 * epochs side by side, so that geometry and descriptors are worked up once for all of them. A member alone shares each
 * of its epochs among the threads. Members know nothing of each other, so neither the number of threads nor who is ahead
 * changes a bit.
 */
final class CommitteeRun implements AutoCloseable {

    private final ExecutorService drivers;
    private final @Nullable ExecutorService workers;
    private final CompletionService<List<Finished>> epochs;
    private final int restarts;
    private final int groups;

    /** The starts of the first member, then those of the second, and so on. */
    private final List<Training> members;

    private final List<byte[]> states = new ArrayList<>();
    private final long epochsInAll;
    private long epochsDone;
    private int underWay;

    /**
     * Prepares the members and sets them going.
     *
     * @param kernel by which all of it is computed: one of those who went before, where there is a checkpoint
     * @param start whose members to start from; null: from random weights
     * @param checkpoint to go on from; null: from the start
     * @throws IllegalArgumentException if the frames, the start or the checkpoint do not fit the plan
     */
    CommitteeRun(
            TrainingPlan plan,
            Split frames,
            Kernel kernel,
            @Nullable LearntPotential start,
            byte @Nullable [] checkpoint,
            int threads) {
        this.restarts = plan.restarts();
        this.groups = Math.min(threads, plan.members() * restarts);
        this.drivers = pool("training", groups);
        this.workers = plan.members() * restarts == 1 && threads > 1 ? pool("training-worker", threads) : null;
        this.epochs = new ExecutorCompletionService<>(drivers);
        this.epochsInAll = (long) plan.settings().epochs() * plan.members() * restarts;
        boolean prepared = false;
        try {
            this.members = prepared(plan, frames, kernel, start, checkpoint);
            prepared = true;
        } finally {
            if (!prepared) {
                close();
            }
        }
        for (int m = 0; m < members.size(); m++) {
            states.add(members.get(m).state());
            epochsDone += members.get(m).epoch();
        }
        for (int group = 0; group < groups; group++) {
            driveOn(group);
        }
    }

    private static ExecutorService pool(String name, int threads) {
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name(name + "-", 1).daemon().factory());
    }

    /** Preparing describes every atom of every frame, once for all members. */
    private List<Training> prepared(
            TrainingPlan plan,
            Split frames,
            Kernel kernel,
            @Nullable LearntPotential start,
            byte @Nullable [] checkpoint) {
        List<byte[]> kept =
                checkpoint == null ? List.of() : CommitteeCheckpoint.read(checkpoint, plan.members() * restarts);
        PreparedFrames prepared = PreparedFrames.of(plan.settings(), frames, PreparedFrames.DEFAULT_BUDGET, kernel);
        List<Future<Training>> preparing = new ArrayList<>();
        for (int m = 0; m < plan.members() * restarts; m++) {
            TrainingSettings settings = plan.ofMember(m / restarts + 1, m % restarts + 1);
            @Nullable
            NetworkPotential from = start == null ? null : start.members().get(m / restarts);
            byte @Nullable [] state = kept.isEmpty() ? null : kept.get(m);
            preparing.add(drivers.submit(() -> member(settings, prepared, from, state)));
        }
        List<Training> ready = new ArrayList<>();
        for (Future<Training> training : preparing) {
            ready.add(result(training));
        }
        return ready;
    }

    private static Training member(
            TrainingSettings settings,
            PreparedFrames frames,
            @Nullable NetworkPotential from,
            byte @Nullable [] state) {
        if (state != null) {
            return Training.resume(settings, frames, from, state);
        }
        return from == null ? Training.start(settings, frames) : Training.warm(settings, frames, from);
    }

    /**
     * @param member from 1
     * @param start of the member, from 1
     * @param report of the epoch it has just ended
     */
    record Finished(int member, int start, EpochReport report) {}

    /** Those of a group that are least far, which after a restart may not be all, go on by an epoch. */
    private void driveOn(int group) {
        List<Integer> open = new ArrayList<>();
        for (int m = group; m < members.size(); m += groups) {
            if (!members.get(m).finished()) {
                open.add(m);
            }
        }
        if (open.isEmpty()) {
            return;
        }
        int epoch = open.stream().mapToInt(m -> members.get(m).epoch()).min().orElseThrow();
        List<Integer> together =
                open.stream().filter(m -> members.get(m).epoch() == epoch).toList();
        underWay++;
        epochs.submit(() -> run(together));
    }

    private List<Finished> run(List<Integer> together) {
        List<EpochReport> reports =
                Training.runEpoch(together.stream().map(members::get).toList(), workers);
        List<Finished> finished = new ArrayList<>();
        for (int k = 0; k < reports.size(); k++) {
            int m = together.get(k);
            finished.add(new Finished(m / restarts + 1, m % restarts + 1, reports.get(k)));
        }
        return finished;
    }

    /** The next epochs that end; empty if none does in time. */
    List<Finished> next(Duration atMost) {
        @Nullable Future<List<Finished>> done;
        try {
            done = epochs.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw stopped(e);
        }
        if (done == null) {
            return List.of();
        }
        underWay--;
        List<Finished> finished = result(done);
        for (Finished one : finished) {
            epochsDone++;
            int m = place(one);
            states.set(m, members.get(m).state());
        }
        driveOn(place(finished.getFirst()) % groups);
        return finished;
    }

    private int place(Finished finished) {
        return (finished.member() - 1) * restarts + finished.start() - 1;
    }

    boolean ended() {
        return underWay == 0;
    }

    /** Everything to go on from, whoever of the members is ahead. */
    byte[] checkpoint() {
        return CommitteeCheckpoint.write(states);
    }

    /** Epochs that have ended, of all members together. */
    long epochsDone() {
        return epochsDone;
    }

    long epochsInAll() {
        return epochsInAll;
    }

    /** Of each member the start that came out best on the validation, from 1; the first of equals. */
    List<Integer> bestStarts() {
        List<Integer> best = new ArrayList<>();
        for (int first = 0; first < members.size(); first += restarts) {
            best.add(restarts == 1 ? 1 : bestStart(members.subList(first, first + restarts)));
        }
        return best;
    }

    private static int bestStart(List<Training> starts) {
        double[] losses = starts.stream().mapToDouble(Training::validationLoss).toArray();
        int best = 0;
        for (int m = 1; m < losses.length; m++) {
            best = losses[m] < losses[best] ? m : best;
        }
        return best + 1;
    }

    /** The answer, once {@link #ended}. */
    LearntPotential potential() {
        List<Integer> starts = bestStarts();
        List<NetworkPotential> trained = new ArrayList<>();
        for (int m = 0; m < starts.size(); m++) {
            trained.add(members.get(m * restarts + starts.get(m) - 1).potential());
        }
        return trained.size() == 1 ? trained.getFirst() : new CommitteePotential(trained);
    }

    /** What still runs is stopped between two units of frames or, at the latest, at the end of its epoch. */
    @Override
    public void close() {
        drivers.shutdownNow();
        if (workers != null) {
            workers.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw stopped(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private static IllegalStateException stopped(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a training runs", e);
    }
}
