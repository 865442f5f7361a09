package org.glassmap.contract.campaigns;

import java.util.List;
import org.glassmap.contract.pages.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Campaigns: durable jobs with events at {@code GET /v1/campaigns/{id}/events} and all labelled frames as extended XYZ
 * at {@code GET /v1/campaigns/{id}/frames}.
 */
public interface CampaignsApi {

    /** Answers 202 with the job's {@code Location}. */
    @PostExchange(url = "/v1/campaigns", contentType = "application/json", accept = "application/json")
    CampaignRecord post(@RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody CampaignRequest request);

    /** @param wait as {@code 25s}: answers early when the campaign ends */
    @GetExchange(url = "/v1/campaigns/{id}", accept = "application/json")
    CampaignRecord get(@PathVariable String id, @RequestParam(required = false) @Nullable String wait);

    @GetExchange(url = "/v1/campaigns", accept = "application/json")
    Page<CampaignRecord> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    @GetExchange(url = "/v1/campaigns/{id}/iterations", accept = "application/json")
    List<IterationRecord> iterations(@PathVariable String id);

    @GetExchange(url = "/v1/campaigns/{id}/candidates", accept = "application/json")
    Page<CandidateRecord> candidates(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    /** What a phase diagram is drawn of: everything the reference method has relaxed so far. */
    @GetExchange(url = "/v1/campaigns/{id}/points", accept = "application/json")
    List<CampaignPoint> points(@PathVariable String id);

    /** What has been done, in the order in which it ended. */
    @GetExchange(url = "/v1/campaigns/{id}/steps", accept = "application/json")
    List<CampaignStep> steps(@PathVariable String id);

    /** Those that went no further, each with the reason. */
    @GetExchange(url = "/v1/campaigns/{id}/dropped", accept = "application/json")
    Page<CandidateRecord> dropped(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit);

    @PostExchange(url = "/v1/campaigns/{id}/cancel", accept = "application/json")
    CampaignRecord cancel(@PathVariable String id);
}
