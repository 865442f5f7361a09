package org.glassmap.sampler.campaigns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.glassmap.contract.campaigns.CampaignRequest.SamplingSettings;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.sampling.GeneticSearch;
import org.glassmap.core.sampling.GeneticSettings;
import org.glassmap.core.sampling.Relaxation;
import org.glassmap.core.sampling.RelaxationSettings;
import org.glassmap.core.sampling.Relaxed;
import org.glassmap.core.sampling.Removal;
import org.glassmap.core.sampling.RemovalEnergies;
import org.glassmap.core.sampling.SearchOutcome;
import org.glassmap.sampler.campaigns.Searched.Candidate;
import org.glassmap.support.jobs.JobCancelledException;

/** One chain at one front: the genetic algorithm ranks unrelaxed removals, the potential relaxes the lowest. */
final class ChainSearch {

    /** So many of the lowest are looked through for those on which the committee disagrees most. */
    private static final int DOUBTED = 32;

    private static final RelaxationSettings RELAXATION = RelaxationSettings.DEFAULT.withMaxEvaluations(300);

    private final SamplingSettings settings;
    private final Function<Structure, String> post;
    private final BooleanSupplier cancelled;

    /** @param post keeps a structure and answers with its id */
    ChainSearch(SamplingSettings settings, Function<Structure, String> post, BooleanSupplier cancelled) {
        this.settings = settings;
        this.post = post;
        this.cancelled = cancelled;
    }

    /** @throws JobCancelledException where the wish to cancel was heard */
    Searched search(Removal removal, long seed, CommitteePotential potential) {
        SearchOutcome outcome = new GeneticSearch(genetic())
                .search(removal, seed, RemovalEnergies.of(potential), (g, e, lowest) -> {}, cancelled);
        if (outcome.stop() == SearchOutcome.Stop.CANCELLED) {
            throw new JobCancelledException();
        }
        CommitteeCalculator calculator = potential.calculator();
        List<SearchOutcome.Candidate> lowest = outcome.lowest();
        int relaxed = Math.min(settings.relaxed(), lowest.size());
        List<Candidate> candidates = new ArrayList<>();
        for (SearchOutcome.Candidate found : lowest.subList(0, relaxed)) {
            candidates.add(relaxed(removal.structure(found.genome()), found.energy(), calculator));
        }
        return new Searched(
                candidates,
                uncertain(removal, lowest.subList(relaxed, lowest.size()), calculator),
                outcome.evaluations(),
                outcome.stop().name().toLowerCase(Locale.ROOT));
    }

    private GeneticSettings genetic() {
        GeneticSettings paper = GeneticSettings.PAPER;
        return new GeneticSettings(
                settings.population(),
                Math.max(1, settings.population() / 2),
                settings.mutationRate(),
                settings.evaluations(),
                paper.patience(),
                settings.relaxed() + DOUBTED,
                paper.equivalentWithin());
    }

    private Candidate relaxed(Structure removed, double energy, CommitteeCalculator calculator) {
        if (cancelled.getAsBoolean()) {
            throw new JobCancelledException();
        }
        String id = post.apply(removed);
        Relaxed relaxed = new Relaxation(RELAXATION).relax(removed, calculator);
        if (relaxed.exploded()) {
            String reason = "its relaxation by the potential came to nothing: "
                    + relaxed.stop().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return new Candidate(id, energy, null, null, reason);
        }
        return new Candidate(
                id,
                energy,
                post.apply(relaxed.structure()),
                relaxed.evaluation().energy(),
                null);
    }

    private List<String> uncertain(
            Removal removal, List<SearchOutcome.Candidate> others, CommitteeCalculator calculator) {
        record Doubted(Structure structure, double spread) {}
        return others.stream()
                .map(other -> removal.structure(other.genome()))
                .filter(structure ->
                        Proximity.closest(structure, Proximity.WARNED_BELOW).isEmpty())
                .map(structure ->
                        new Doubted(structure, calculator.predict(structure).energySpread()))
                .sorted(Comparator.comparingDouble((Doubted doubted) -> -doubted.spread())
                        .thenComparing(doubted -> doubted.structure().hash()))
                .limit(settings.uncertain())
                .map(doubted -> post.apply(doubted.structure()))
                .toList();
    }
}
