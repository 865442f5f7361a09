package org.glassmap.sampler.campaigns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.glassmap.contract.calculations.CalculationRecord.CalculationResult;
import org.glassmap.contract.campaigns.CampaignRequest.SamplingSettings;
import org.glassmap.core.sampling.Chain;
import org.glassmap.sampler.campaigns.Searched.Candidate;
import org.glassmap.sampler.peers.StructureStore;

/**
 * Walks chains front by front. At each front every chain that can go on takes one unit more out of its parents: search
 * and relax with the potential, label with the reference method, let it relax the lowest; the best of these are the
 * chain's next parents. Chains are independent; a front ends when all of them have.
 */
final class Walk {

    /**
     * eV of the whole cell. Two relaxed children nearer than this are taken for one, reached twice: to go on from both
     * would be to search the same again.
     */
    private static final double SAME_WITHIN = 0.005;

    private final String name;
    private final int ordinal;
    private final SamplingSettings settings;
    private final Seeds seeds;
    private final Steps steps;
    private final StructureStore store;
    private final ReferenceMethod reference;
    private final CampaignRecords records;
    private final ChainSearch search;
    private final ExecutorService threads;

    /** @param ordinal of this walk among the campaign's, from 0 */
    Walk(
            String name,
            int ordinal,
            SamplingSettings settings,
            Seeds seeds,
            Steps steps,
            StructureStore store,
            ReferenceMethod reference,
            CampaignRecords records,
            ChainSearch search,
            ExecutorService threads) {
        this.name = name;
        this.ordinal = ordinal;
        this.settings = settings;
        this.seeds = seeds;
        this.steps = steps;
        this.store = store;
        this.reference = reference;
        this.records = records;
        this.search = search;
        this.threads = threads;
    }

    /** @return the ids of all labels the walk brought, in the order of the walk */
    List<String> labels(List<Chain> chains, Student student) {
        List<String> labels = new ArrayList<>();
        Map<Chain, List<String>> parents = new LinkedHashMap<>();
        chains.forEach(chain -> parents.put(chain, List.of(store.post(chain.parent()))));
        for (int front = 1; !parents.isEmpty(); front++) {
            int reached = front;
            parents.keySet().removeIf(chain -> chain.steps().size() < reached);
            if (!parents.isEmpty()) {
                labels.addAll(walked(front, parents, student));
            }
        }
        return labels;
    }

    /** One front; replaces each chain's parents, or takes the chain out where nothing is left to go on from. */
    private List<String> walked(int front, Map<Chain, List<String>> parents, Student student) {
        String path = "%s/front-%d".formatted(name, front);
        Map<Chain, List<Searched>> searched = searched(path, front, parents, student);
        Computed labelled = steps.once(
                path + "/label",
                Computed.class,
                () -> reference.label(path + "/label", toLabel(searched)),
                output -> records.labelled(path, output));
        Map<Chain, List<String>> best = best(searched, labelled);
        Computed relaxed = steps.once(
                path + "/reference",
                Computed.class,
                () -> reference.relax(
                        path + "/reference",
                        best.values().stream().flatMap(List::stream).toList()),
                output -> records.relaxed(path, output));
        best.forEach((chain, structures) -> parents.put(chain, nextParents(structures, relaxed)));
        parents.values().removeIf(List::isEmpty);
        List<String> labels = new ArrayList<>(labelled.labels());
        labels.addAll(relaxed.labels());
        return labels;
    }

    private Map<Chain, List<Searched>> searched(
            String path, int front, Map<Chain, List<String>> parents, Student student) {
        Map<Chain, List<FutureTask<Searched>>> running = new LinkedHashMap<>();
        int searches = 0;
        for (Map.Entry<Chain, List<String>> from : parents.entrySet()) {
            Chain chain = from.getKey();
            List<FutureTask<Searched>> ofChain = new ArrayList<>();
            for (String parent : from.getValue()) {
                String step = Plan.searchPath(path, chain, ofChain.size());
                long number = CampaignRecords.firstNumber(ordinal, front, searches++);
                ofChain.add(new FutureTask<>(searching(path, step, number, front, chain, parent, student)));
            }
            running.put(chain, ofChain);
        }
        try {
            slowestFirst(running).forEach(threads::execute);
            Map<Chain, List<Searched>> searched = new LinkedHashMap<>();
            running.forEach((chain, futures) ->
                    searched.put(chain, futures.stream().map(Walk::joined).toList()));
            return searched;
        } finally {
            running.values()
                    .forEach(futures -> futures.forEach(future -> future.cancel(true))); // no effect on the done
        }
    }

    /** The front waits for the last: where more atoms are taken, relaxations are longer. */
    private static List<FutureTask<Searched>> slowestFirst(Map<Chain, List<FutureTask<Searched>>> running) {
        return running.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        ofChain -> -ofChain.getKey().unit().atoms().atoms()))
                .flatMap(ofChain -> ofChain.getValue().stream())
                .toList();
    }

    private Callable<Searched> searching(
            String path, String step, long number, int front, Chain chain, String parent, Student student) {
        double x = chain.steps().get(front - 1).x();
        return () -> steps.once(
                step,
                Searched.class,
                () -> search.search(
                        chain.problem(front - 1, store.structure(parent)), seeds.of(step), student.potential()),
                output -> records.searched(path, number, chain.path(), x, parent, output));
    }

    private static Searched joined(Future<Searched> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while chains were searched", e);
        }
    }

    private List<String> toLabel(Map<Chain, List<Searched>> searched) {
        List<String> structures = new ArrayList<>();
        for (List<Searched> ofChain : searched.values()) {
            structures.addAll(relaxed(ofChain));
            ofChain.stream()
                    .flatMap(found -> found.uncertain().stream())
                    .limit(settings.uncertain())
                    .forEach(structures::add);
        }
        return structures.stream().distinct().toList();
    }

    /** The lowest of what the potential relaxed, from whichever parent; ties by id. */
    private List<String> relaxed(List<Searched> ofChain) {
        return ofChain.stream()
                .flatMap(found -> found.candidates().stream())
                .filter(candidate -> candidate.relaxed() != null)
                .sorted(Comparator.comparingDouble(
                                (Candidate candidate) -> Objects.requireNonNull(candidate.relaxedEnergy()))
                        .thenComparing(candidate -> Objects.requireNonNull(candidate.relaxed())))
                .map(candidate -> Objects.requireNonNull(candidate.relaxed()))
                .distinct()
                .limit(settings.relaxed())
                .toList();
    }

    /** The lowest of each chain by the reference method's energy of what the potential relaxed; ties by id. */
    private Map<Chain, List<String>> best(Map<Chain, List<Searched>> searched, Computed labelled) {
        Map<String, Double> energies = new LinkedHashMap<>();
        labelled.all().forEach(one -> {
            if (one.result() != null) {
                energies.put(one.asked(), one.result().energy());
            }
        });
        Map<Chain, List<String>> best = new LinkedHashMap<>();
        searched.forEach((chain, found) -> best.put(
                chain,
                relaxed(found).stream()
                        .filter(energies::containsKey)
                        .sorted(Comparator.comparing((String id) -> energies.get(id))
                                .thenComparing(Comparator.naturalOrder()))
                        .limit(settings.reference())
                        .toList()));
        return best;
    }

    /** The lowest of what the reference method relaxed, each apart from the one before. */
    private List<String> nextParents(List<String> asked, Computed relaxed) {
        List<CalculationResult> rising = relaxed.all().stream()
                .filter(one -> asked.contains(one.asked()))
                .map(Computed.One::result)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted(Comparator.comparingDouble(CalculationResult::energy)
                        .thenComparing(CalculationResult::finalStructure))
                .toList();
        List<String> parents = new ArrayList<>();
        double below = Double.NEGATIVE_INFINITY;
        for (CalculationResult result : rising) {
            if (parents.size() < settings.parents() && result.energy() - below > SAME_WITHIN) {
                parents.add(result.finalStructure());
                below = result.energy();
            }
        }
        return parents;
    }
}
