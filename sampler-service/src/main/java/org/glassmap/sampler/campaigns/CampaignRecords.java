package org.glassmap.sampler.campaigns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.glassmap.contract.campaigns.IterationRecord;
import org.glassmap.core.analysis.PhaseDiagram;
import org.glassmap.core.atoms.Composition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a running campaign writes for its readers; always inside the transaction of the step that brought it. */
final class CampaignRecords {

    private final UUID campaign;
    private final CampaignRepository campaigns;
    private final CandidateRepository candidates;
    private final PointRepository points;
    private final IterationRepository iterations;
    private final JsonMapper json;

    CampaignRecords(
            UUID campaign,
            CampaignRepository campaigns,
            CandidateRepository candidates,
            PointRepository points,
            IterationRepository iterations,
            JsonMapper json) {
        this.campaign = campaign;
        this.campaigns = campaigns;
        this.candidates = candidates;
        this.points = points;
        this.iterations = iterations;
        this.json = json;
    }

    /**
     * Orders candidates by walk, front, search and rank, whichever search ended first.
     *
     * @param search of its front, from 0: chain after chain, parent after parent
     */
    static long firstNumber(int walk, int front, int search) {
        return 1_000_000_000L * walk + 1_000_000L * front + 1_000L * search + 1;
    }

    void searched(String front, long firstNumber, String chain, double x, String parent, Searched found) {
        for (int rank = 0; rank < found.candidates().size(); rank++) {
            Searched.Candidate one = found.candidates().get(rank);
            candidates.save(new Candidate(
                    campaign, firstNumber + rank, front, chain, x, parent, rank + 1, one, found.kernel()));
        }
    }

    /** Gives the front's candidates their labels, or the reason why they have none. */
    void labelled(String front, Computed labels) {
        Map<String, Computed.One> byStructure = new HashMap<>();
        labels.all().forEach(one -> byStructure.put(one.asked(), one));
        for (Candidate candidate : candidates.findByCampaignAndStepOrderByNumber(campaign, front)) {
            Computed.@Nullable One one = candidate.relaxed() == null ? null : byStructure.get(candidate.relaxed());
            if (one == null) {
                candidate.drop("others of its composition and chain are lower by the potential");
            } else {
                @Nullable String label = one.label();
                if (label != null) {
                    candidate.labelled(label);
                } else {
                    candidate.drop("the reference method failed on it: " + one.failure());
                }
            }
        }
    }

    /** Notes which of the front's candidates the reference method relaxed, and why the others go no further. */
    void relaxed(String front, Computed relaxed) {
        Map<String, Computed.One> byStructure = new HashMap<>();
        relaxed.all().forEach(one -> byStructure.put(one.asked(), one));
        for (Candidate candidate : candidates.findByCampaignAndStepOrderByNumber(campaign, front)) {
            Computed.@Nullable One one = candidate.relaxed() == null ? null : byStructure.get(candidate.relaxed());
            if (one != null && one.result() != null) {
                candidate.relaxedByReference(one.calculation());
            } else if (one != null) {
                candidate.drop("the reference method could not relax it: " + one.failure());
            } else {
                candidate.drop("others of its composition and chain are lower by the reference method");
            }
        }
        points(relaxed, Map.of());
    }

    /** @param names by the id of the structure that was asked for */
    void points(Computed relaxed, Map<String, String> names) {
        long number = points.countByCampaign(campaign);
        for (Computed.One one : relaxed.all()) {
            if (one.result() != null && !points.existsById(new Point.Key(campaign, one.calculation()))) {
                points.save(new Point(campaign, one.calculation(), number++, names.get(one.asked()), one.result()));
            }
        }
    }

    void trained(Trained trained) {
        campaigns.findById(campaign).orElseThrow().trained(trained);
    }

    /** Counts the candidates of a walk into the record of its iteration. */
    IterationRecord iteration(String name, Trained trained, @Nullable Accepted accepted, Probed probed) {
        String walk = name + "/";
        return new IterationRecord(
                name,
                trained.labels(),
                trained.dataset(),
                trained.potential(),
                trained.energy(),
                trained.force(),
                probed.energy(),
                probed.force(),
                candidates.countByCampaignAndStepStartingWith(campaign, walk),
                candidates.countByCampaignAndStepStartingWithAndDroppedNotNull(campaign, walk),
                accepted == null ? null : accepted.summary(),
                probed.kernel());
    }

    void keep(int number, IterationRecord record) {
        iterations.save(new Iteration(campaign, number, json.writeValueAsString(record)));
    }

    /** Ids of what each iteration trained, in their order. */
    List<String> potentials() {
        return iterations.findByCampaignOrderByNumber(campaign).stream()
                .map(iteration -> json.readValue(iteration.record(), IterationRecord.class)
                        .potential())
                .toList();
    }

    /** Sorted. */
    List<String> pointLabels() {
        return points.findByCampaignOrderByNumber(campaign).stream()
                .map(point -> point.record().label())
                .sorted()
                .toList();
    }

    /** @param energies by label: composition and energy of what was labelled */
    void aboveHull(PhaseDiagram diagram, Map<String, Labelled> energies) {
        List<Candidate> labelled = candidates.findByCampaignAndLabelNotNullOrderByNumber(campaign);
        for (Candidate candidate : labelled) {
            @Nullable Labelled one = candidate.label() == null ? null : energies.get(candidate.label());
            if (one != null) {
                candidate.above(diagram.aboveHull(one.composition(), one.energy()));
            }
        }
    }

    void ended(String digest) {
        campaigns.findById(campaign).orElseThrow().ended(digest);
    }

    /** @param energy eV, of the whole cell */
    record Labelled(Composition composition, double energy) {}
}
