package org.glassmap.sampler.campaigns;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.glassmap.contract.campaigns.CampaignPoint;
import org.glassmap.contract.campaigns.CampaignRecord;
import org.glassmap.contract.campaigns.CampaignRequest;
import org.glassmap.contract.campaigns.CampaignStep;
import org.glassmap.contract.campaigns.CampaignsApi;
import org.glassmap.contract.campaigns.CandidateRecord;
import org.glassmap.contract.campaigns.IterationRecord;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.sampler.peers.Peers;
import org.glassmap.support.events.EventStream;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.jobs.JobStatus;
import org.glassmap.support.jobs.Jobs;
import org.glassmap.support.problems.ProblemException;
import org.glassmap.support.waiting.Patience;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

@RestController
class CampaignController implements CampaignsApi {

    private static final MediaType EXTENDED_XYZ = MediaType.parseMediaType("chemical/x-extxyz");

    private final Campaigns campaigns;
    private final CampaignRepository repository;
    private final CandidateRepository candidates;
    private final PointRepository points;
    private final IterationRepository iterations;
    private final StepTimes stepTimes;
    private final Jobs jobs;
    private final Peers peers;
    private final JsonMapper json;
    private final HttpServletResponse response;

    CampaignController(
            Campaigns campaigns,
            CampaignRepository repository,
            CandidateRepository candidates,
            PointRepository points,
            IterationRepository iterations,
            StepTimes stepTimes,
            Jobs jobs,
            Peers peers,
            JsonMapper json,
            HttpServletResponse response) {
        this.campaigns = campaigns;
        this.repository = repository;
        this.candidates = candidates;
        this.points = points;
        this.iterations = iterations;
        this.stepTimes = stepTimes;
        this.jobs = jobs;
        this.peers = peers;
        this.json = json;
        this.response = response;
    }

    @Override
    public CampaignRecord post(String idempotencyKey, CampaignRequest request) {
        Campaign campaign = campaigns.submitted(Caller.current(), idempotencyKey, request);
        response.setStatus(HttpStatus.ACCEPTED.value());
        response.setHeader("Location", "/v1/campaigns/" + idOf(campaign));
        return record(campaign);
    }

    @Override
    public CampaignRecord get(String id, @Nullable String wait) {
        Campaign campaign = campaigns.required(Caller.current(), id);
        jobs.awaitEnd(campaign.id(), Patience.of(wait));
        return record(campaigns.required(Caller.current(), id));
    }

    @Override
    public Page<CampaignRecord> list(@Nullable String cursor, @Nullable Integer limit) {
        String project = Caller.current().requireProject().value();
        int size = size(limit);
        Limit beyond = Limit.of(size + 1);
        List<Campaign> found = cursor == null
                ? repository.findByProjectOrderByIdDesc(project, beyond)
                : repository.findByProjectAndIdLessThanOrderByIdDesc(
                        project, MadeId.uuidOf(CampaignJob.KIND, cursor).orElseThrow(() -> noCursor(cursor)), beyond);
        List<Campaign> page = found.subList(0, Math.min(size, found.size()));
        return new Page<>(page.stream().map(this::record).toList(), found.size() > size ? idOf(page.getLast()) : null);
    }

    @Override
    public List<IterationRecord> iterations(String id) {
        return iterationsOf(campaigns.required(Caller.current(), id).id());
    }

    @Override
    public Page<CandidateRecord> candidates(String id, @Nullable String cursor, @Nullable Integer limit) {
        return page(id, cursor, limit, candidates::findByCampaignAndNumberGreaterThanOrderByNumber);
    }

    @Override
    public Page<CandidateRecord> dropped(String id, @Nullable String cursor, @Nullable Integer limit) {
        return page(id, cursor, limit, candidates::findByCampaignAndDroppedNotNullAndNumberGreaterThanOrderByNumber);
    }

    @Override
    public List<CampaignPoint> points(String id) {
        Campaign campaign = campaigns.required(Caller.current(), id);
        return points.findByCampaignOrderByNumber(campaign.id()).stream()
                .map(Point::record)
                .toList();
    }

    @Override
    public List<CampaignStep> steps(String id) {
        return stepTimes.of(campaigns.required(Caller.current(), id).id());
    }

    @Override
    public CampaignRecord cancel(String id) {
        Campaign campaign = campaigns.required(Caller.current(), id);
        jobs.cancel(campaign.id());
        return record(campaign);
    }

    @GetMapping("/v1/campaigns/{id}/events")
    ResponseEntity<StreamingResponseBody> events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        return EventStream.of(jobs, campaigns.required(Caller.current(), id).id(), lastEventId);
    }

    /** All labelled frames of the newest dataset, streamed on from the structure-service. */
    @GetMapping(path = "/v1/campaigns/{id}/frames", produces = "chemical/x-extxyz")
    ResponseEntity<StreamingResponseBody> frames(@PathVariable String id) {
        Caller caller = Caller.current();
        Campaign campaign = campaigns.required(caller, id);
        String dataset = campaign.dataset();
        if (dataset == null) {
            throw ProblemException.of(
                    RequestProblem.CONFLICT, "The campaign has no dataset yet; it trains for the first time later.");
        }
        return ResponseEntity.ok()
                .contentType(EXTENDED_XYZ) // a body that is streamed takes none from the mapping
                .body(out -> copyFrames(caller, dataset, out));
    }

    private void copyFrames(Caller caller, String dataset, OutputStream out) throws IOException {
        peers.structureStore(caller.requireProject(), caller.user()).copyFrames(dataset, out);
    }

    private Page<CandidateRecord> page(String id, @Nullable String cursor, @Nullable Integer limit, PageQuery query) {
        Campaign campaign = campaigns.required(Caller.current(), id);
        int size = size(limit);
        long after = cursor == null ? 0 : number(cursor);
        List<Candidate> found = query.after(campaign.id(), after, Limit.of(size + 1));
        List<Candidate> page = found.subList(0, Math.min(size, found.size()));
        return new Page<>(
                page.stream().map(Candidate::record).toList(),
                found.size() > size ? Long.toString(page.getLast().number()) : null);
    }

    private interface PageQuery {
        List<Candidate> after(UUID campaign, long number, Limit limit);
    }

    private CampaignRecord record(Campaign campaign) {
        JobStatus status = jobs.status(campaign.id()).orElseThrow();
        return new CampaignRecord(
                idOf(campaign),
                json.readValue(campaign.request(), CampaignRequest.class),
                status.state(),
                status.progress(),
                campaign.step(),
                iterationsOf(campaign.id()),
                campaign.potential(),
                campaign.dataset(),
                campaign.digest(),
                status.failure(),
                status.created().toString());
    }

    private List<IterationRecord> iterationsOf(UUID campaign) {
        return iterations.findByCampaignOrderByNumber(campaign).stream()
                .map(iteration -> json.readValue(iteration.record(), IterationRecord.class))
                .toList();
    }

    private static String idOf(Campaign campaign) {
        return new MadeId(CampaignJob.KIND, campaign.id()).toString();
    }

    private static int size(@Nullable Integer limit) {
        int size = limit == null ? 100 : limit;
        if (size < 1 || size > 1000) {
            throw ProblemException.of(RequestProblem.INVALID_REQUEST, "limit must lie in 1..1000, got " + size);
        }
        return size;
    }

    private static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw noCursor(cursor);
        }
    }

    private static ProblemException noCursor(String cursor) {
        return ProblemException.of(RequestProblem.INVALID_REQUEST, "This cursor is of no page.")
                .with(ProblemError.inParameter("cursor", "not a cursor of this listing")
                        .withValue(cursor)
                        .withRemedy("give the 'next' of a page"));
    }
}
