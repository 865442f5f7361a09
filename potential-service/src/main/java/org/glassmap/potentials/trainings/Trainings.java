package org.glassmap.potentials.trainings;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.trainings.TrainingRecord;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.glassmap.contract.trainings.TrainingReport;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.potentials.Listing;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.ids.IdempotencyKey;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.jobs.JobStatus;
import org.glassmap.support.jobs.Jobs;
import org.glassmap.support.problems.NothingThere;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The trainings of projects: accepted once per idempotency key, shown to their own project only. */
@Component
class Trainings {

    private final TrainingStore store;
    private final EpochErrorStore errors;
    private final ReportStore reports;
    private final Jobs jobs;
    private final TrainingDefaults defaults;
    private final JsonMapper json;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Trainings(
            TrainingStore store,
            EpochErrorStore errors,
            ReportStore reports,
            Jobs jobs,
            TrainingDefaults defaults,
            JsonMapper json,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.errors = errors;
        this.reports = reports;
        this.jobs = jobs;
        this.defaults = defaults;
        this.json = json;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * The training that the key made, now or before.
     *
     * @throws ProblemException if the request cannot be carried out, or the key came with another one
     */
    TrainingRecord accept(Caller caller, String given, TrainingRequest request) {
        IdempotencyKey key = IdempotencyKey.of(given, request, json);
        ProjectId project = caller.requireProject();
        Optional<TrainingRow> known = store.byKey(project.value(), key.value());
        if (known.isPresent()) {
            return known(known.get(), key);
        }
        TrainingDefaults.Complete complete = defaults.complete(project, caller.user(), request);
        TrainingRow row = new TrainingRow(
                MadeId.make(TrainingRow.KIND),
                project,
                caller.user(),
                key.value(),
                key.bodyHash(),
                complete.dataset(),
                json.writeValueAsString(complete.request()),
                clock.instant());
        try {
            transaction.executeWithoutResult(status -> {
                jobs.submit(row.id(), TrainingJob.KIND, project.value());
                store.insert(row);
            });
        } catch (DataIntegrityViolationException raced) {
            return known(store.byKey(project.value(), key.value()).orElseThrow(() -> raced), key);
        }
        return record(row);
    }

    private TrainingRecord known(TrainingRow row, IdempotencyKey key) {
        key.requireSameBody(row.wireId(), row.bodyHash());
        return record(row);
    }

    /** @throws NothingThere if the project has no such training */
    TrainingRow find(ProjectId project, String id) {
        return MadeId.uuidOf(TrainingRow.KIND, id)
                .flatMap(uuid -> store.find(project.value(), uuid))
                .orElseThrow(() -> new NothingThere(TrainingRow.KIND, id));
    }

    TrainingRecord await(ProjectId project, String id, Duration patience) {
        TrainingRow row = find(project, id);
        if (!patience.isZero()) {
            jobs.awaitEnd(row.id(), patience);
            row = find(project, id);
        }
        return record(row);
    }

    List<EpochErrors> errors(ProjectId project, String id) {
        return errors.all(find(project, id).id());
    }

    /** @throws NothingThere if the project has no such training, or it has not succeeded */
    TrainingReport report(ProjectId project, String id) {
        return reports.find(find(project, id).id()).orElseThrow(() -> new NothingThere("report", id));
    }

    /**
     * @return an SVG document
     * @throws NothingThere if there is no such training, figure, or nothing of the kind to draw
     */
    String figure(ProjectId project, String id, String name) {
        TrainingReport report = report(project, id);
        return ReportFigure.of(name)
                .flatMap(figure -> figure.svg(report, errors(project, id)))
                .orElseThrow(() -> new NothingThere("figure", name));
    }

    Page<TrainingRecord> list(ProjectId project, @Nullable String cursor, @Nullable Integer limit) {
        Listing listing = Listing.of(TrainingRow.KIND, cursor, limit);
        return listing.page(
                store.page(project.value(), listing.below(), listing.oneMore()), this::record, TrainingRow::wireId);
    }

    TrainingRecord cancel(ProjectId project, String id) {
        TrainingRow row = find(project, id);
        jobs.cancel(row.id());
        return record(row);
    }

    private TrainingRecord record(TrainingRow asRead) {
        JobStatus status =
                jobs.status(asRead.id()).orElseThrow(() -> new IllegalStateException("no job of " + asRead.wireId()));
        // The job may have succeeded since the row was read, and then the row names the potential.
        boolean stale = status.state() == JobState.SUCCEEDED && asRead.potential() == null;
        TrainingRow row = stale ? store.require(asRead.id()) : asRead;
        return new TrainingRecord(
                row.wireId().toString(),
                row.dataset(),
                json.readValue(row.request(), TrainingRequest.class),
                status.state(),
                status.progress(),
                errors.newest(row.id()),
                row.potential(),
                status.failure(),
                row.created().toString(),
                row.kernel());
    }
}
