package org.glassmap.sampler.campaigns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.glassmap.contract.campaigns.CampaignRequest.SamplingSettings;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.sampling.Chain;
import org.glassmap.core.sampling.Removal;
import org.glassmap.sampler.campaigns.Searched.Candidate;
import org.glassmap.sampler.peers.StructureStore;

/**
 * Walks chains front by front. At each front every chain that can go on takes one unit more out of its parent: search
 * and relax with the potential, label with the reference method, let it relax the lowest; the best of these is the
 * chain's next parent. Chains are independent; a front ends when all of them have.
 */
final class Walk {

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
        Map<Chain, Structure> parents = new LinkedHashMap<>();
        chains.forEach(chain -> parents.put(chain, chain.parent()));
        for (int front = 1; !parents.isEmpty(); front++) {
            int reached = front;
            parents.keySet().removeIf(chain -> chain.steps().size() < reached);
            if (!parents.isEmpty()) {
                labels.addAll(walked(front, parents, student));
            }
        }
        return labels;
    }

    /** One front; replaces each chain's parent, or takes the chain out where nothing is left to go on from. */
    private List<String> walked(int front, Map<Chain, Structure> parents, Student student) {
        String path = "%s/front-%d".formatted(name, front);
        Map<Chain, Searched> searched = searched(path, front, parents, student);
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
        best.forEach((chain, structures) -> nextParent(structures, relaxed)
                .ifPresentOrElse(id -> parents.put(chain, store.structure(id)), () -> parents.remove(chain)));
        List<String> labels = new ArrayList<>(labelled.labels());
        labels.addAll(relaxed.labels());
        return labels;
    }

    private Map<Chain, Searched> searched(String path, int front, Map<Chain, Structure> parents, Student student) {
        Map<Chain, Future<Searched>> running = new LinkedHashMap<>();
        List<Chain> order = List.copyOf(parents.keySet());
        parents.forEach((chain, parent) -> {
            Removal removal = chain.problem(front - 1, parent);
            String step = path + "/" + chain.path();
            long number = CampaignRecords.firstNumber(ordinal, front, order.indexOf(chain));
            double x = chain.steps().get(front - 1).x();
            Callable<Searched> work = () -> steps.once(
                    step,
                    Searched.class,
                    () -> search.search(removal, seeds.of(step), student.potential()),
                    output -> records.searched(path, number, chain.path(), x, output));
            running.put(chain, threads.submit(work));
        });
        try {
            Map<Chain, Searched> searched = new LinkedHashMap<>();
            running.forEach((chain, future) -> searched.put(chain, joined(future)));
            return searched;
        } finally {
            running.values().forEach(future -> future.cancel(true)); // of no effect where all went well
        }
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

    private static List<String> toLabel(Map<Chain, Searched> searched) {
        List<String> structures = new ArrayList<>();
        for (Searched found : searched.values()) {
            found.candidates().stream()
                    .map(Candidate::relaxed)
                    .filter(Objects::nonNull)
                    .forEach(structures::add);
            structures.addAll(found.uncertain());
        }
        return structures.stream().distinct().toList();
    }

    /** The lowest of each chain by the reference method's energy of what the potential relaxed; ties by id. */
    private Map<Chain, List<String>> best(Map<Chain, Searched> searched, Computed labelled) {
        Map<String, Double> energies = new LinkedHashMap<>();
        labelled.all().forEach(one -> {
            if (one.result() != null) {
                energies.put(one.asked(), one.result().energy());
            }
        });
        Map<Chain, List<String>> best = new LinkedHashMap<>();
        searched.forEach((chain, found) -> best.put(
                chain,
                found.candidates().stream()
                        .map(Candidate::relaxed)
                        .filter(id -> id != null && energies.containsKey(id))
                        .map(Objects::requireNonNull)
                        .distinct()
                        .sorted(Comparator.comparing((String id) -> energies.get(id))
                                .thenComparing(Comparator.naturalOrder()))
                        .limit(settings.reference())
                        .toList()));
        return best;
    }

    private static Optional<String> nextParent(List<String> asked, Computed relaxed) {
        return relaxed.all().stream()
                .filter(one -> asked.contains(one.asked()))
                .map(Computed.One::result)
                .filter(Objects::nonNull)
                .min(Comparator.comparingDouble(
                                (org.glassmap.contract.calculations.CalculationRecord.CalculationResult result) ->
                                        result.energy())
                        .thenComparing(result -> result.finalStructure()))
                .map(result -> result.finalStructure());
    }
}
