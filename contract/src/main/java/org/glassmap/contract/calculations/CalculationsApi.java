package org.glassmap.contract.calculations;

import java.util.List;
import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The store's side of the queue. */
public interface CalculationsApi {

    @PostExchange(url = "/v1/calculations", contentType = "application/json", accept = "application/json")
    CalculationRecord post(@RequestBody CalculationRequest request);

    @GetExchange(url = "/v1/calculations/{id}", accept = "application/json")
    CalculationRecord get(@PathVariable String id, @RequestParam(required = false) @Nullable String wait);

    @GetExchange(url = "/v1/calculations/{id}/attempts", accept = "application/json")
    List<AttemptRecord> attempts(@PathVariable String id);

    @GetExchange(url = "/v1/calculations/{id}/waiting-reason", accept = "application/json")
    WaitingReason waitingReason(@PathVariable String id);

    /** A wish: fulfilled at once where nobody has begun, else when the agent has stopped; others who asked keep it. */
    @PostExchange(url = "/v1/calculations/{id}/cancel", accept = "application/json")
    CalculationRecord cancel(@PathVariable String id);

    /**
     * A person knows that no run of it is alive, or wants one that failed or was cancelled tried again; a result that
     * came after a cancellation is taken. 409 where it is ready already, or has succeeded.
     */
    @PostExchange(url = "/v1/calculations/{id}/requeue", contentType = "application/json", accept = "application/json")
    CalculationRecord requeue(@PathVariable String id, @RequestBody RequeueRequest request);

    @PostExchange(url = "/v1/batches", contentType = "application/json", accept = "application/json")
    BatchRecord postBatch(@RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody BatchRequest request);

    /** @param wait as {@code 25s}: answers early when the batch ends */
    @GetExchange(url = "/v1/batches/{id}", accept = "application/json")
    BatchRecord batch(@PathVariable String id, @RequestParam(required = false) @Nullable String wait);

    /** In the order of the request. */
    @GetExchange(url = "/v1/batches/{id}/calculations", accept = "application/json")
    Page<CalculationRecord> batchCalculations(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);
}
