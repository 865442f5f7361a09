package org.glassmap.sampler.campaigns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glassmap.contract.campaigns.CampaignRequest.SamplingSettings;
import org.glassmap.core.atoms.Proximity;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteeCalculator;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.sampling.GeneticSearch;
import org.glassmap.core.sampling.GeneticSettings;
import org.glassmap.core.sampling.Genome;
import org.glassmap.core.sampling.Relaxation;
import org.glassmap.core.sampling.RelaxationSettings;
import org.glassmap.core.sampling.Relaxed;
import org.glassmap.core.sampling.Removal;
import org.glassmap.core.sampling.RemovalEnergies;
import org.glassmap.core.sampling.SearchOutcome;
import org.glassmap.sampler.campaigns.Searched.Candidate;
import org.glassmap.support.jobs.JobCancelledException;

/**
 * One parent of one chain at one front. The genetic algorithm ranks unrelaxed removals; the potential relaxes the
 * lowest, as the paper does, or the lowest of each niche, for unrelaxed energies say little of the basin a removal falls
 * into; the lowest of these are handed over.
 */
final class ChainSearch {

    /** So many of the lowest are looked through for those on which the committee disagrees most. */
    private static final int DOUBTED = 32;

    /** So many genomes of a search are looked through for niches, whatever its budget: they are held in memory. */
    private static final int SORTED_BY_NICHE = 20_000;

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
        List<SearchOutcome.Candidate> found = settings.byNiches() ? outcome.nichesFirst(removal) : outcome.lowest();
        int screened = Math.min(settings.relaxedOfEachParent(), found.size());
        return new Searched(
                kept(relaxed(removal, found.subList(0, screened), calculator)),
                uncertain(removal, doubted(outcome, found.subList(0, screened)), calculator),
                outcome.evaluations(),
                outcome.stop().name().toLowerCase(Locale.ROOT),
                calculator.kernel().id());
    }

    /** A removal and what became of it. */
    private record Screened(Structure removed, double unrelaxedEnergy, Relaxed relaxed) {

        double energy() {
            return relaxed.evaluation().energy();
        }
    }

    private List<Screened> relaxed(
            Removal removal, List<SearchOutcome.Candidate> found, CommitteeCalculator calculator) {
        List<Screened> screened = new ArrayList<>();
        for (SearchOutcome.Candidate candidate : found) {
            if (cancelled.getAsBoolean()) {
                throw new JobCancelledException();
            }
            Structure removed = removal.structure(candidate.genome());
            screened.add(
                    new Screened(removed, candidate.energy(), new Relaxation(RELAXATION).relax(removed, calculator)));
        }
        return screened;
    }

    /** The lowest once relaxed, then all that came to nothing. */
    private List<Candidate> kept(List<Screened> screened) {
        List<Candidate> kept = new ArrayList<>();
        screened.stream()
                .filter(one -> !one.relaxed().exploded())
                .sorted(Comparator.comparingDouble(Screened::energy)
                        .thenComparing(one -> one.removed().hash()))
                .limit(settings.relaxed())
                .forEach(one -> kept.add(new Candidate(
                        post.apply(one.removed()),
                        one.unrelaxedEnergy(),
                        post.apply(one.relaxed().structure()),
                        one.energy(),
                        null)));
        screened.stream()
                .filter(one -> one.relaxed().exploded())
                .forEach(one -> kept.add(new Candidate(
                        post.apply(one.removed()),
                        one.unrelaxedEnergy(),
                        null,
                        null,
                        "its relaxation by the potential came to nothing: "
                                + one.relaxed()
                                        .stop()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '))));
        return kept;
    }

    /** The lowest that were not relaxed. */
    private static List<SearchOutcome.Candidate> doubted(
            SearchOutcome outcome, List<SearchOutcome.Candidate> screened) {
        Set<Genome> known =
                screened.stream().map(SearchOutcome.Candidate::genome).collect(Collectors.toSet());
        return outcome.lowest().stream()
                .filter(candidate -> !known.contains(candidate.genome()))
                .limit(DOUBTED)
                .toList();
    }

    private GeneticSettings genetic() {
        GeneticSettings paper = GeneticSettings.PAPER;
        return new GeneticSettings(
                settings.population(),
                Math.max(1, settings.population() / 2),
                settings.mutationRate(),
                settings.evaluations(),
                paper.patience(),
                settings.byNiches() // what is high may be the lowest of its niche
                        ? Math.min(settings.evaluations(), SORTED_BY_NICHE)
                        : settings.relaxed() + DOUBTED,
                paper.equivalentWithin());
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
