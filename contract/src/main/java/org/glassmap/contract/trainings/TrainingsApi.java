package org.glassmap.contract.trainings;

import java.util.List;
import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Trainings: durable jobs with live errors at {@code GET /v1/trainings/{id}/events}. */
public interface TrainingsApi {

    /** Answers 202 with the job's {@code Location}. */
    @PostExchange(url = "/v1/trainings", contentType = "application/json", accept = "application/json")
    TrainingRecord post(@RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody TrainingRequest request);

    /** @param wait as {@code 25s}: answers early when the training ends */
    @GetExchange(url = "/v1/trainings/{id}", accept = "application/json")
    TrainingRecord get(@PathVariable String id, @RequestParam(required = false) @Nullable String wait);

    @GetExchange(url = "/v1/trainings/{id}/errors", accept = "application/json")
    List<TrainingRecord.EpochErrors> errors(@PathVariable String id);

    /** Of a training that has succeeded. */
    @GetExchange(url = "/v1/trainings/{id}/report", accept = "application/json")
    TrainingReport report(@PathVariable String id);

    @GetExchange(url = "/v1/trainings", accept = "application/json")
    Page<TrainingRecord> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    @PostExchange(url = "/v1/trainings/{id}/cancel", accept = "application/json")
    TrainingRecord cancel(@PathVariable String id);
}
