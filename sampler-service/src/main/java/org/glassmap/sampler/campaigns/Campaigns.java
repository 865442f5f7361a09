package org.glassmap.sampler.campaigns;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.campaigns.CampaignRequest;
import org.glassmap.contract.methods.MethodRecord;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.sampler.peers.Peers;
import org.glassmap.sampler.peers.StructureStore;
import org.glassmap.support.identity.Caller;
import org.glassmap.support.ids.IdempotencyKey;
import org.glassmap.support.ids.MadeId;
import org.glassmap.support.jobs.Jobs;
import org.glassmap.support.problems.NothingThere;
import org.glassmap.support.problems.ProblemException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Takes campaigns in and finds them again, for the project of a caller. */
@Service
class Campaigns {

    private final CampaignRepository campaigns;
    private final Jobs jobs;
    private final Peers peers;
    private final JsonMapper json;
    private final TransactionTemplate transaction;

    Campaigns(
            CampaignRepository campaigns,
            Jobs jobs,
            Peers peers,
            JsonMapper json,
            org.springframework.transaction.PlatformTransactionManager transactions) {
        this.campaigns = campaigns;
        this.jobs = jobs;
        this.peers = peers;
        this.json = json;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The same key finds the campaign it made.
     *
     * @throws ProblemException where the key was used with another body, or the campaign cannot be run */
    Campaign submitted(Caller caller, String given, CampaignRequest request) {
        ProjectId project = caller.requireProject();
        IdempotencyKey key = IdempotencyKey.of(given, request, json);
        Optional<Campaign> known = campaigns.findByProjectAndIdempotencyKey(project.value(), key.value());
        if (known.isPresent()) {
            return known(known.get(), key);
        }
        CampaignRules.check(request);
        requireKnown(peers.structureStore(project, caller.user()), request);
        UUID id = MadeId.make(CampaignJob.KIND).uuid();
        Campaign campaign = new Campaign(
                id, project.value(), caller.user(), key.value(), key.bodyHash(), json.writeValueAsString(request));
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                jobs.submit(id, CampaignJob.KIND, project.value());
                return campaigns.saveAndFlush(campaign);
            }));
        } catch (DataIntegrityViolationException raced) { // asked twice at the same time: the first stands
            return known(
                    campaigns
                            .findByProjectAndIdempotencyKey(project.value(), key.value())
                            .orElseThrow(() -> raced),
                    key);
        }
    }

    /** @throws NothingThere where the project has no such campaign */
    Campaign required(Caller caller, String id) {
        return MadeId.uuidOf(CampaignJob.KIND, id)
                .flatMap(uuid -> campaigns.findByIdAndProject(
                        uuid, caller.requireProject().value()))
                .orElseThrow(() -> new NothingThere("campaign", id));
    }

    private static Campaign known(Campaign campaign, IdempotencyKey key) {
        key.requireSameBody(new MadeId(CampaignJob.KIND, campaign.id()), campaign.bodyHash());
        return campaign;
    }

    /** Everything a campaign names is there, and its two methods are one level of theory. */
    private static void requireKnown(StructureStore store, CampaignRequest request) {
        MethodRecord statics = store.method(request.staticMethod());
        MethodRecord relaxation = store.method(request.relaxationMethod());
        requireKind(statics, "static", "/staticMethod");
        requireKind(relaxation, "cell-relax", "/relaxationMethod");
        if (!statics.levelOfTheory().equals(relaxation.levelOfTheory())) {
            throw ProblemException.of(
                            RequestProblem.INVALID_REQUEST, "Energies of two levels of theory cannot be compared.")
                    .with(ProblemError.at(
                                    "/relaxationMethod",
                                    "%s is of another level of theory than %s".formatted(relaxation.id(), statics.id()))
                            .withRemedy("give a cell-relax method whose engine and physical settings are the same"));
        }
        request.endMembers().forEach(named -> store.structure(named.structure()));
        request.crystals().forEach(named -> store.structure(named.structure()));
        request.parents().forEach(parent -> store.structure(parent.structure()));
    }

    private static void requireKind(MethodRecord method, String kind, String pointer) {
        if (!method.kind().equals(kind)) {
            throw ProblemException.of(RequestProblem.INVALID_REQUEST, "The method does something else.")
                    .with(ProblemError.at(pointer, "the method is of kind " + method.kind())
                            .withValue(method.id())
                            .withRemedy("give one of kind " + kind));
        }
    }
}
