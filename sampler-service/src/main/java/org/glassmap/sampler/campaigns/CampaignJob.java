package org.glassmap.sampler.campaigns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.campaigns.CampaignRequest;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.sampling.Chain;
import org.glassmap.core.sampling.CompositionSweep;
import org.glassmap.core.sampling.CompositionWindow;
import org.glassmap.core.sampling.RemovalUnit;
import org.glassmap.core.sampling.SupercellChoice;
import org.glassmap.sampler.peers.Peers;
import org.glassmap.sampler.peers.StructureStore;
import org.glassmap.sampler.peers.Trainer;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.jobs.Job;
import org.glassmap.support.jobs.JobBody;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Runs campaigns. */
@Component
class CampaignJob implements JobBody {

    static final String KIND = "campaign";

    private final CampaignRepository campaigns;
    private final CandidateRepository candidates;
    private final PointRepository points;
    private final IterationRepository iterations;
    private final Peers peers;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final SearchProperties properties;

    CampaignJob(
            CampaignRepository campaigns,
            CandidateRepository candidates,
            PointRepository points,
            IterationRepository iterations,
            Peers peers,
            JdbcClient jdbc,
            JsonMapper json,
            SearchProperties properties) {
        this.campaigns = campaigns;
        this.candidates = candidates;
        this.points = points;
        this.iterations = iterations;
        this.peers = peers;
        this.jdbc = jdbc;
        this.json = json;
        this.properties = properties;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Job job) {
        Campaign campaign = campaigns.findById(job.id()).orElseThrow();
        CampaignRequest request = json.readValue(campaign.request(), CampaignRequest.class);
        ProjectId project = new ProjectId(job.project());
        StructureStore store = peers.structureStore(project, campaign.maker());
        Trainer trainer = peers.trainer(project, campaign.maker());
        CompositionLine line = line(request, store);
        Plan plan = new Plan(request, chains(request, line, store));
        Progress progress = new Progress(job, plan.weights());
        CampaignRecords records = new CampaignRecords(campaign.id(), campaigns, candidates, points, iterations, json);
        Steps steps = new Steps(jdbc, json, job, campaign.id(), progress);
        String id = new MadeId(KIND, campaign.id()).toString();
        try (ExecutorService threads = Executors.newFixedThreadPool(properties.threads())) {
            try {
                new CampaignRun(id, request, job, plan, line, steps, progress, store, trainer, records, threads).run();
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static CompositionLine line(CampaignRequest request, StructureStore store) {
        return new CompositionLine(
                store.structure(request.endMembers().get(0).structure())
                        .composition()
                        .reduced(),
                store.structure(request.endMembers().get(1).structure())
                        .composition()
                        .reduced());
    }

    private static List<Chain> chains(CampaignRequest request, CompositionLine line, StructureStore store) {
        LinkedHashMap<String, Structure> parents = new LinkedHashMap<>();
        for (CampaignRequest.Parent parent : request.parents()) {
            Structure crystal = store.structure(parent.structure());
            SupercellChoice choice = SupercellChoice.of(crystal, parent.minimumAtoms(), parent.maximumAtoms());
            parents.put(parent.name(), choice.applied(crystal));
        }
        CampaignRequest.SamplingSettings sampling = request.sampling();
        int longest = sampling.maximumSteps() == null ? Integer.MAX_VALUE : sampling.maximumSteps();
        LinkedHashMap<RemovalUnit, Integer> units = new LinkedHashMap<>();
        units.put(new RemovalUnit(line.a()), longest);
        units.put(new RemovalUnit(line.b()), longest);
        Chain.Mode mode = sampling.mode().equals("at-once") ? Chain.Mode.AT_ONCE : Chain.Mode.STEPWISE;
        CompositionWindow window = new CompositionWindow(sampling.minimumFraction(), sampling.maximumFraction());
        return CompositionSweep.of(parents, units, mode, line, window).chains();
    }
}
