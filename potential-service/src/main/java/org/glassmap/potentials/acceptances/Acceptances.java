package org.glassmap.potentials.acceptances;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.glassmap.contract.acceptances.AcceptanceRecord;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.pages.Page;
import org.glassmap.potentials.Listing;
import org.glassmap.potentials.peers.Peers;
import org.glassmap.potentials.potentials.Potentials;
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
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The acceptances of projects: taken once per idempotency key, shown to their own project only. */
@Component
class Acceptances {

    private final AcceptanceStore store;
    private final Jobs jobs;
    private final Potentials potentials;
    private final Peers peers;
    private final JsonMapper json;
    private final Clock clock;
    private final TransactionTemplate transaction;

    Acceptances(
            AcceptanceStore store,
            Jobs jobs,
            Potentials potentials,
            Peers peers,
            JsonMapper json,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.jobs = jobs;
        this.potentials = potentials;
        this.peers = peers;
        this.json = json;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * The acceptance that the key made, now or before.
     *
     * @throws ProblemException if the request cannot be carried out, or the key came with another one
     */
    AcceptanceRecord accept(Caller caller, String given, AcceptanceRequest request) {
        IdempotencyKey key = IdempotencyKey.of(given, request, json);
        ProjectId project = caller.requireProject();
        Optional<AcceptanceRow> known = store.byKey(project.value(), key.value());
        if (known.isPresent()) {
            return known(known.get(), key);
        }
        AcceptancePlan.check(request);
        String potential = potentials.record(project, request.potential()).id();
        @Nullable String dataset = request.dataset();
        @Nullable
        String frozen = dataset == null
                ? null
                : peers.structureStore(project, caller.user()).dataset(dataset).id();
        AcceptanceRow row = new AcceptanceRow(
                MadeId.make(AcceptanceRow.KIND).uuid(),
                project,
                caller.user(),
                key.bodyHash(),
                potential.substring(potential.indexOf('-') + 1),
                json.writeValueAsString(AcceptancePlan.complete(request, potential, frozen)),
                null,
                null,
                clock.instant(),
                null);
        try {
            transaction.executeWithoutResult(status -> {
                jobs.submit(row.id(), AcceptanceJob.KIND, project.value());
                store.insert(row, key.value());
            });
        } catch (DataIntegrityViolationException raced) {
            return known(store.byKey(project.value(), key.value()).orElseThrow(() -> raced), key);
        }
        return record(row, true);
    }

    private AcceptanceRecord known(AcceptanceRow row, IdempotencyKey key) {
        key.requireSameBody(row.wireId(), row.bodyHash());
        return record(row, true);
    }

    AcceptanceRow find(ProjectId project, String id) {
        return MadeId.uuidOf(AcceptanceRow.KIND, id)
                .flatMap(uuid -> store.find(project.value(), uuid))
                .orElseThrow(() -> new NothingThere(AcceptanceRow.KIND, id));
    }

    /** @throws NothingThere if the project has no such acceptance */
    AcceptanceRecord await(ProjectId project, String id, Duration patience) {
        AcceptanceRow row = find(project, id);
        if (!patience.isZero()) {
            jobs.awaitEnd(row.id(), patience);
            row = find(project, id);
        }
        return record(row, true);
    }

    Page<AcceptanceRecord> list(
            ProjectId project, @Nullable String potential, @Nullable String cursor, @Nullable Integer limit) {
        Listing listing = Listing.of(AcceptanceRow.KIND, cursor, limit);
        Optional<String> of = Optional.ofNullable(potential)
                .map(id -> potentials.record(project, id).id())
                .map(id -> id.substring(id.indexOf('-') + 1));
        return listing.page(
                store.page(project.value(), of, listing.below(), listing.oneMore()),
                row -> record(row, false),
                AcceptanceRow::wireId);
    }

    AcceptanceRecord cancel(ProjectId project, String id) {
        AcceptanceRow row = find(project, id);
        jobs.cancel(row.id());
        return record(row, true);
    }

    private AcceptanceRecord record(AcceptanceRow asRead, boolean whole) {
        JobStatus status =
                jobs.status(asRead.id()).orElseThrow(() -> new IllegalStateException("no job of " + asRead.wireId()));
        // The job may have succeeded since the row was read, and then the row has the report.
        boolean stale = status.state() == JobState.SUCCEEDED && asRead.passed() == null;
        AcceptanceRow row = stale ? store.require(asRead.id()) : asRead;
        List<AcceptanceRecord.Part> parts = row.report() == null
                ? List.of()
                : json.readValue(row.report(), new TypeReference<List<AcceptanceRecord.Part>>() {});
        return new AcceptanceRecord(
                row.wireId().toString(),
                "potential-" + row.potential(),
                json.readValue(row.request(), AcceptanceRequest.class),
                status.state(),
                status.progress(),
                row.passed(),
                parts.stream()
                        .filter(part -> !part.passed())
                        .map(AcceptanceRecord.Part::inWords)
                        .toList(),
                whole ? parts : null,
                status.failure(),
                row.created().toString(),
                row.kernel());
    }
}
