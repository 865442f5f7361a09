package org.glassmap.potentials.trainings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.jobs.JobProgress;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.glassmap.contract.trainings.TrainingReport;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.Errors;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.LearntPotential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.TrainingFrame;
import org.glassmap.potentials.peers.Peers;
import org.glassmap.potentials.peers.StructureStore;
import org.glassmap.potentials.potentials.Grades;
import org.glassmap.potentials.potentials.Origin;
import org.glassmap.potentials.potentials.Potentials;
import org.glassmap.support.jobs.Job;
import org.glassmap.support.jobs.JobBody;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Carries out a training: reads the dataset, trains the committee epoch by epoch, files the potential. */
@Component
class TrainingJob implements JobBody {

    static final String KIND = "training";

    private static final Duration LOOK = Duration.ofMillis(250);

    private final TrainingStore store;
    private final EpochErrorStore errors;
    private final ReportStore reports;
    private final Potentials potentials;
    private final Grades grades;
    private final Peers peers;
    private final JsonMapper json;
    private final TrainingProperties properties;

    TrainingJob(
            TrainingStore store,
            EpochErrorStore errors,
            ReportStore reports,
            Potentials potentials,
            Grades grades,
            Peers peers,
            JsonMapper json,
            TrainingProperties properties) {
        this.store = store;
        this.errors = errors;
        this.reports = reports;
        this.potentials = potentials;
        this.grades = grades;
        this.peers = peers;
        this.json = json;
        this.properties = properties;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Job job) {
        TrainingRow row = store.require(job.id());
        TrainingRequest request = json.readValue(row.request(), TrainingRequest.class);
        TrainingPlan plan = TrainingPlan.of(request);
        job.progress(new JobProgress(0, "reads the dataset", null, null));
        TakenFrames frames = TakenFrames.of(plan, frames(row, plan));
        @Nullable String warmStart = request.warmStart();
        @Nullable
        LearntPotential start = warmStart == null ? null : potentials.learnt(row.project(), row.maker(), warmStart);
        job.progress(new JobProgress(
                0, "describes the atoms of %d frames".formatted(frames.frames().size()), null, null));
        byte @Nullable [] checkpoint = job.checkpoint().orElse(null);
        Kernel kernel = kernel(job, row, plan, checkpoint == null);
        try (CommitteeRun run =
                new CommitteeRun(plan, frames.split(), kernel, start, checkpoint, properties.threads())) {
            train(job, run);
            file(job, row, plan, run, frames, kernel);
        }
    }

    /**
     * The first runner writes down by which it computes; whoever goes on computes by the same, for the same bits.
     *
     * @throws IllegalArgumentException if this machine does not have it
     */
    private Kernel kernel(Job job, TrainingRow row, TrainingPlan plan, boolean fromTheStart) {
        @Nullable String begunWith = row.kernel();
        if (begunWith != null) {
            return Kernel.require(begunWith);
        }
        Kernel kernel = Kernel.bestFor(plan.settings().loss());
        if (fromTheStart) {
            job.write(() -> {
                store.began(row.id(), kernel.id());
                return kernel;
            });
        }
        return kernel;
    }

    private List<TrainingData.Labelled> frames(TrainingRow row, TrainingPlan plan) {
        StructureStore structures = peers.structureStore(row.project(), row.maker());
        DatasetVersion dataset = structures.dataset(row.dataset());
        TrainingData data = new TrainingData(plan.species(), plan.groupKey(), plan.weightKey());
        return structures.frames(row.dataset(), in -> data.read(in, dataset.labels()));
    }

    private void train(Job job, CommitteeRun run) {
        TrainingClock clock = new TrainingClock(run.epochsDone(), properties.checkpointInterval());
        while (!run.ended()) {
            List<CommitteeRun.Finished> finished = run.next(LOOK);
            finished.forEach(epoch -> keep(job, wire(epoch)));
            if (clock.lookDue()) {
                job.requireNotCancelled();
                job.progress(progress(run, clock));
            }
            if (!finished.isEmpty() && clock.checkpointDue()) {
                job.checkpoint(run.checkpoint());
            }
        }
        job.checkpoint(run.checkpoint());
    }

    /** A row and an event, once each: an epoch that a crash makes run again is known by its row. */
    private void keep(Job job, EpochErrors epoch) {
        job.write(() -> {
            if (errors.add(job.id(), epoch)) {
                job.event("epoch", epoch);
            }
            return epoch;
        });
    }

    private static EpochErrors wire(CommitteeRun.Finished epoch) {
        Errors training = epoch.report().training();
        @Nullable Errors validation = epoch.report().validation().orElse(null);
        return new EpochErrors(
                epoch.member(),
                epoch.report().epoch(),
                training.energyPerAtom(),
                known(training.force()),
                validation == null ? null : known(validation.energyPerAtom()),
                validation == null ? null : known(validation.force()),
                epoch.start() == 1 ? null : Integer.valueOf(epoch.start()));
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static JobProgress progress(CommitteeRun run, TrainingClock clock) {
        return new JobProgress(
                run.epochsDone() / (double) run.epochsInAll(),
                "epoch %d of %d, of all members together".formatted(run.epochsDone(), run.epochsInAll()),
                clock.secondsLeft(run.epochsDone(), run.epochsInAll()),
                null);
    }

    private void file(
            Job job, TrainingRow row, TrainingPlan plan, CommitteeRun run, TakenFrames frames, Kernel kernel) {
        job.requireNotCancelled();
        job.progress(new JobProgress(
                1,
                "judges the potential, chooses the environments of the extrapolation grade, files both",
                null,
                null));
        LearntPotential potential = run.potential();
        PotentialDocument document = PotentialDocument.of(potential);
        String id = potentials.file(row.project(), row.maker(), document);
        List<Structure> trainedOn =
                frames.split().training().stream().map(TrainingFrame::structure).toList();
        Optional<Grades.Filed> grade = grades.file(row.project(), row.maker(), document, trainedOn);
        TrainingReport report =
                new ReportMaker(frames, potential, kernel).report(row.wireId().toString(), id, plan.groupKey() != null);
        Origin origin = new Origin.Training(
                row.maker(),
                row.id(),
                row.dataset(),
                plan.settings().seed(),
                row.request(),
                errors.newest(row.id(), run.bestStarts()),
                report.calibration(),
                store.require(row.id()).kernel());
        job.write(() -> {
            potentials.keep(row.project(), document, origin);
            grade.ifPresent(filed -> grades.keep(row.project(), document, row.dataset(), filed));
            store.gave(row.id(), id);
            reports.keep(row.id(), report);
            return id;
        });
    }
}
