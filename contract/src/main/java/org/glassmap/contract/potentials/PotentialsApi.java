package org.glassmap.contract.potentials;

import java.util.List;
import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Potentials. A potential file (ours, or ænet's as one file per species in a zip) is imported with
 * {@code POST /v1/potentials} under {@code application/octet-stream}. Any number of frames as extended XYZ
 * ({@code chemical/x-extxyz}) may be posted for predictions; they are answered as lines of JSON or as frames.
 */
public interface PotentialsApi {

    @GetExchange(url = "/v1/potentials/{id}", accept = "application/json")
    PotentialRecord get(@PathVariable String id);

    @GetExchange(url = "/v1/potentials", accept = "application/json")
    Page<PotentialRecord> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    @PostExchange(
            url = "/v1/potentials/{id}/predictions",
            contentType = "application/json",
            accept = "application/json")
    List<Prediction> predict(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String quantities,
            @RequestParam(required = false) @Nullable Double maximumGrade,
            @RequestBody PredictionRequest request);

    @PostExchange(
            url = "/v1/potentials/{id}/comparisons",
            contentType = "application/json",
            accept = "application/json")
    Comparison compare(@PathVariable String id, @RequestBody ComparisonRequest request);
}
