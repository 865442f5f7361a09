package org.glassmap.potentials.trainings;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.contract.trainings.TrainingRecord;
import org.glassmap.contract.trainings.TrainingReport;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.contract.trainings.TrainingsApi;
import org.glassmap.support.events.EventStream;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.jobs.Jobs;
import org.glassmap.support.problems.ProblemException;
import org.glassmap.support.waiting.Patience;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
class TrainingsController implements TrainingsApi {

    private final Trainings trainings;
    private final Jobs jobs;
    private final HttpServletResponse response;

    /** @param response of the request at hand: the contract's methods have no place for its headers */
    TrainingsController(Trainings trainings, Jobs jobs, HttpServletResponse response) {
        this.trainings = trainings;
        this.jobs = jobs;
        this.response = response;
    }

    @Override
    @ResponseStatus(HttpStatus.ACCEPTED)
    public TrainingRecord post(String idempotencyKey, TrainingRequest request) {
        TrainingRecord record = trainings.accept(Caller.current(), idempotencyKey, request);
        response.setHeader("Location", "/v1/trainings/" + record.id());
        return record;
    }

    @Override
    public TrainingRecord get(String id, @Nullable String wait) {
        return trainings.await(Caller.current().requireProject(), id, Patience.of(wait));
    }

    @Override
    public List<TrainingRecord.EpochErrors> errors(String id) {
        return trainings.errors(Caller.current().requireProject(), id);
    }

    @Override
    public TrainingReport report(String id) {
        return trainings.report(Caller.current().requireProject(), id);
    }

    @Override
    public Page<TrainingRecord> list(@Nullable String cursor, @Nullable Integer limit) {
        return trainings.list(Caller.current().requireProject(), cursor, limit);
    }

    @Override
    public TrainingRecord cancel(String id) {
        return trainings.cancel(Caller.current().requireProject(), id);
    }

    @GetMapping(path = "/v1/trainings/{id}/figures/{figure}", produces = "image/svg+xml")
    ResponseEntity<String> figure(@PathVariable String id, @PathVariable String figure) {
        String svg = trainings.figure(Caller.current().requireProject(), id, figure);
        return ResponseEntity.ok()
                .contentType(new MediaType("image", "svg+xml", StandardCharsets.UTF_8))
                .body(svg);
    }

    @GetMapping(path = "/v1/trainings/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<StreamingResponseBody> events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        return EventStream.of(
                jobs, trainings.find(Caller.current().requireProject(), id).id(), lastEventId);
    }

    private static ProblemException refused(String parameter, String detail, @Nullable String value) {
        return ProblemException.of(RequestProblem.INVALID_REQUEST, "A parameter has a value that is not possible.")
                .with(ProblemError.inParameter(parameter, detail).withValue(value));
    }
}
