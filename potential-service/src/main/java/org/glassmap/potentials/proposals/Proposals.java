package org.glassmap.potentials.proposals;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.proposals.ProposalRecord;
import org.glassmap.contract.proposals.ProposalRequest;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.learning.ProposalSettings;
import org.glassmap.potentials.peers.Peers;
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

/** The proposals of projects: taken once per idempotency key, shown to their own project only. */
@Component
class Proposals {

    private static final int MOST_FRAMES = 2000;
    private static final int MOST_EPOCHS = 1000;

    private final ProposalStore store;
    private final Jobs jobs;
    private final Peers peers;
    private final JsonMapper json;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Proposals(
            ProposalStore store,
            Jobs jobs,
            Peers peers,
            JsonMapper json,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.jobs = jobs;
        this.peers = peers;
        this.json = json;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * The proposal that the key made, now or before.
     *
     * @throws ProblemException if the request cannot be carried out, or the key came with another one
     */
    ProposalRecord accept(Caller caller, String given, ProposalRequest request) {
        IdempotencyKey key = IdempotencyKey.of(given, request, json);
        ProjectId project = caller.requireProject();
        Optional<ProposalRow> known = store.byKey(project.value(), key.value());
        if (known.isPresent()) {
            return known(known.get(), key);
        }
        ProposalRow row = new ProposalRow(
                MadeId.make(ProposalRow.KIND).uuid(),
                project,
                caller.user(),
                key.bodyHash(),
                json.writeValueAsString(complete(project, caller.user(), request)),
                null,
                clock.instant());
        try {
            transaction.executeWithoutResult(status -> {
                jobs.submit(row.id(), ProposalJob.KIND, project.value());
                store.insert(row, key.value());
            });
        } catch (DataIntegrityViolationException raced) {
            return known(store.byKey(project.value(), key.value()).orElseThrow(() -> raced), key);
        }
        return record(row);
    }

    private ProposalRequest complete(ProjectId project, String user, ProposalRequest request) {
        @Nullable String named = request.dataset();
        if (named == null) {
            throw refused("/dataset", "dataset is missing");
        }
        ProposalSettings settings;
        try {
            settings = ProposalJob.settings(request);
        } catch (IllegalArgumentException e) {
            throw refused("", String.valueOf(e.getMessage()));
        }
        if (settings.frames() > MOST_FRAMES || settings.epochs() > MOST_EPOCHS) {
            throw refused("", "at most %d frames and %d epochs".formatted(MOST_FRAMES, MOST_EPOCHS));
        }
        DatasetVersion dataset = peers.structureStore(project, user).dataset(named);
        @Nullable List<String> given = request.species();
        List<String> species = given == null
                ? dataset.elements().stream()
                        .map(Species::of)
                        .sorted()
                        .map(Species::symbol)
                        .toList()
                : given;
        if (!species.containsAll(dataset.elements())) {
            throw refused("/species", "the dataset has %s".formatted(dataset.elements()));
        }
        return new ProposalRequest(
                dataset.id(), species, request.groupKey(), settings.frames(), settings.epochs(), settings.seed());
    }

    private static ProblemException refused(String pointer, String detail) {
        return ProblemException.of(RequestProblem.INVALID_REQUEST, "Nothing can be proposed as it stands.")
                .with(ProblemError.at(pointer, detail));
    }

    private ProposalRecord known(ProposalRow row, IdempotencyKey key) {
        key.requireSameBody(row.wireId(), row.bodyHash());
        return record(row);
    }

    ProposalRow find(ProjectId project, String id) {
        return MadeId.uuidOf(ProposalRow.KIND, id)
                .flatMap(uuid -> store.find(project.value(), uuid))
                .orElseThrow(() -> new NothingThere(ProposalRow.KIND, id));
    }

    /** @throws NothingThere if the project has no such proposal */
    ProposalRecord await(ProjectId project, String id, Duration patience) {
        ProposalRow row = find(project, id);
        if (!patience.isZero()) {
            jobs.awaitEnd(row.id(), patience);
            row = find(project, id);
        }
        return record(row);
    }

    ProposalRecord cancel(ProjectId project, String id) {
        ProposalRow row = find(project, id);
        jobs.cancel(row.id());
        return record(row);
    }

    private ProposalRecord record(ProposalRow asRead) {
        JobStatus status =
                jobs.status(asRead.id()).orElseThrow(() -> new IllegalStateException("no job of " + asRead.wireId()));
        // The job may have succeeded since the row was read, and then the row has the answer.
        boolean stale = status.state() == JobState.SUCCEEDED && asRead.answer() == null;
        ProposalRow row = stale ? store.require(asRead.id()) : asRead;
        @Nullable
        ProposalAnswer answer = row.answer() == null ? null : json.readValue(row.answer(), ProposalAnswer.class);
        return new ProposalRecord(
                row.wireId().toString(),
                json.readValue(row.request(), ProposalRequest.class),
                status.state(),
                status.progress(),
                answer == null ? null : answer.descriptor(),
                answer == null ? List.of() : answer.trials(),
                answer == null ? Map.of() : answer.shortest(),
                status.failure(),
                row.created().toString(),
                answer == null ? null : answer.kernel());
    }
}
