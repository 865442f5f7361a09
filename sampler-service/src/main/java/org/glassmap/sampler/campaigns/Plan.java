package org.glassmap.sampler.campaigns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.campaigns.CampaignRequest;
import org.glassmap.contract.campaigns.CampaignRequest.SamplingSettings;
import org.glassmap.core.analysis.AcceptanceSettings;
import org.glassmap.core.sampling.Chain;
import org.jspecify.annotations.Nullable;

/** What a campaign will do, as far as it is known before it begins: which chains each walk takes, and how far they go. */
final class Plan {

    private final List<NamedWalk> walks = new ArrayList<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();

    /** @param chains in the order of the request */
    record NamedWalk(String name, List<Chain> chains) {}

    Plan(CampaignRequest request, List<Chain> chains) {
        List<Chain> shuffled = shuffled(chains, new Seeds(request.seed()).of("chains"));
        int share = (int) Math.ceil(request.sampling().chainShare() * chains.size());
        for (int k = 0; k < request.iterations(); k++) {
            walks.add(new NamedWalk("iteration-" + (k + 1), taken(chains, shuffled, k * share, share)));
        }
        walks.add(new NamedWalk("sweep", chains));
        weigh(request);
    }

    List<NamedWalk> walks() {
        return walks;
    }

    /** Paths of all steps that are foreseen, with a rough share of the work. */
    Map<String, Double> weights() {
        return weights;
    }

    /** {@code share} chains from {@code first} on, the end followed by the beginning, so that all are walked in turn. */
    private static List<Chain> taken(List<Chain> chains, List<Chain> shuffled, int first, int share) {
        List<Chain> taken = new ArrayList<>();
        for (int k = 0; k < Math.min(share, chains.size()); k++) {
            taken.add(shuffled.get((first + k) % shuffled.size()));
        }
        return chains.stream().filter(taken::contains).toList();
    }

    private static List<Chain> shuffled(List<Chain> chains, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Chain> shuffled = new ArrayList<>(chains);
        for (int k = shuffled.size() - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            Chain swapped = shuffled.get(k);
            shuffled.set(k, shuffled.get(other));
            shuffled.set(other, swapped);
        }
        return shuffled;
    }

    /**
     * One search of 3,200 evaluations with its relaxations and the reference method's answers is the unit; a training
     * is weighed by frames, epochs and members as measured beside it. Only the time left is guessed from this.
     */
    private void weigh(CampaignRequest request) {
        CampaignRequest.TrainingSettings training = request.training();
        int labels = request.starts().size() + request.crystals().size();
        weights.put("start/label", 0.01 * labels);
        weights.put("start/reference", 0.3);
        weights.put("probes/label", 0.01 * request.probes().size());
        weights.put("start/train", trainingWeight(labels, training.epochs(), training.members()));
        weights.put("start/accept", acceptanceWeight(request));
        for (NamedWalk walk : walks) {
            int steps = 0;
            for (Chain chain : walk.chains()) {
                int fronts = chain.steps().size();
                for (int front = 1; front <= fronts; front++) {
                    String path = "%s/front-%d".formatted(walk.name(), front);
                    int parents = front == 1 ? 1 : request.sampling().parents();
                    for (int parent = 0; parent < parents; parent++) {
                        weights.put(searchPath(path, chain, parent), 0.5);
                    }
                    weights.merge(path + "/label", 0.1, Double::sum);
                    weights.merge(path + "/reference", 0.4, Double::sum);
                }
                steps += fronts;
            }
            SamplingSettings sampling = request.sampling();
            labels += steps * (sampling.relaxed() + sampling.reference() + sampling.uncertain());
            weights.put(
                    walk.name() + "/train", trainingWeight(labels, training.retrainingEpochs(), training.members()));
            weights.put(walk.name() + "/accept", acceptanceWeight(request));
        }
    }

    /**
     * Names a search among the steps of its front.
     *
     * @param parent of those the chain goes on from, from 0
     */
    static String searchPath(String front, Chain chain, int parent) {
        String path = front + "/" + chain.path();
        return parent == 0 ? path : path + "/parent-" + (parent + 1);
    }

    /** A crystal's relaxations, elastic constants and phonons, and its dynamics a femtosecond at a time. */
    private static double acceptanceWeight(CampaignRequest request) {
        CampaignRequest.@Nullable Acceptance acceptance = request.acceptance();
        if (acceptance == null) {
            return 0;
        }
        AcceptanceRequest.@Nullable Settings given = acceptance.settings();
        AcceptanceSettings usual = AcceptanceSettings.DEFAULT;
        int temperatures = given == null || given.temperatures() == null
                ? usual.temperatures().size()
                : given.temperatures().size();
        double time = given == null || given.time() == null ? usual.time() : given.time();
        int atoms = given == null || given.leastAtoms() == null ? usual.leastAtoms() : given.leastAtoms();
        int crystals = request.endMembers().size() + request.crystals().size();
        return crystals * (0.2 + 2e-6 * temperatures * time * atoms);
    }

    private static double trainingWeight(int frames, int epochs, int members) {
        return 1e-4 * frames * epochs * members;
    }
}
