package org.glassmap.sampler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.glassmap.contract.campaigns.CampaignRequest;
import org.glassmap.contract.campaigns.CampaignRequest.SamplingSettings;
import org.glassmap.contract.campaigns.CampaignRequest.TrainingSettings;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Composition;
import org.glassmap.core.atoms.CompositionLine;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.sampling.Chain;
import org.glassmap.core.sampling.CompositionSweep;
import org.glassmap.core.sampling.CompositionWindow;
import org.glassmap.core.sampling.RemovalUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PlanTest {

    private static final CompositionLine LINE = new CompositionLine(
            Composition.of(java.util.Map.of(Species.Li, 2, Species.S, 1)),
            Composition.of(java.util.Map.of(Species.P, 2, Species.S, 5)));

    @Test
    void threeIterationsOfAThirdWalkEveryChainOnce() {
        List<Chain> chains = chains();
        Plan plan = new Plan(request(3, 1.0 / 3, 7), chains);
        TreeSet<String> walked = new TreeSet<>();
        int taken = 0;
        for (Plan.NamedWalk walk : plan.walks().subList(0, 3)) {
            walk.chains().forEach(chain -> walked.add(chain.path()));
            taken += walk.chains().size();
        }
        assertThat(walked).hasSize(chains.size());
        assertThat(taken).isLessThanOrEqualTo(chains.size() + 2);
        assertThat(plan.walks().getLast().name()).isEqualTo("sweep");
        assertThat(plan.walks().getLast().chains()).containsExactlyElementsOf(chains);
    }

    @Test
    void theSeedDecidesWhichChainsAnIterationWalks() {
        List<Chain> chains = chains();
        assertThat(new Plan(request(1, 1.0 / 3, 7), chains).walks().getFirst())
                .isEqualTo(new Plan(request(1, 1.0 / 3, 7), chains).walks().getFirst());
        List<List<Chain>> firsts = new ArrayList<>();
        for (long seed = 0; seed < 8; seed++) {
            firsts.add(new Plan(request(1, 1.0 / 3, seed), chains)
                    .walks()
                    .getFirst()
                    .chains());
        }
        assertThat(firsts.stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void everyStepOfEveryChainIsForeseen() {
        Plan plan = new Plan(request(1, 1, 7), chains());
        int steps = chains().stream().mapToInt(chain -> chain.steps().size()).sum();
        long searches = plan.weights().keySet().stream()
                .filter(path -> path.startsWith("sweep/front-") && path.split("/").length == 3)
                .filter(path -> !path.endsWith("/label") && !path.endsWith("/reference"))
                .count();
        assertThat(searches).isEqualTo(steps);
    }

    /** The first step of a chain has but its crystal to search from. */
    @Test
    void aBeamOfTwoSearchesTwiceFromTheSecondStepOn() {
        CampaignRequest one = request(1, 1, 7);
        Plan narrow = new Plan(one, chains());
        Plan wide = new Plan(withBeam(one, 2), chains());
        int further =
                chains().stream().mapToInt(chain -> chain.steps().size() - 1).sum();
        assertThat(wide.weights().keySet()).containsAll(narrow.weights().keySet());
        assertThat(wide.weights()).hasSize(narrow.weights().size() + 2 * further); // an iteration and the sweep
    }

    private static CampaignRequest withBeam(CampaignRequest request, int beam) {
        JsonMapper json = JsonMapper.shared();
        ObjectNode document = json.valueToTree(request);
        ((ObjectNode) document.get("sampling")).put("beam", beam);
        return json.treeToValue(document, CampaignRequest.class);
    }

    private static List<Chain> chains() {
        LinkedHashMap<String, Structure> parents = new LinkedHashMap<>();
        parents.put("meta", line(8, 8));
        parents.put("gamma", line(24, 8));
        parents.put("argyrodite", line(28, 4));
        LinkedHashMap<RemovalUnit, Integer> units = new LinkedHashMap<>();
        units.put(RemovalUnit.LI2S, 4);
        units.put(RemovalUnit.P2S5, 4);
        return CompositionSweep.of(parents, units, Chain.Mode.STEPWISE, LINE, CompositionWindow.PAPER)
                .chains();
    }

    /** Only its composition matters here. */
    private static Structure line(int li2s, int p2s5) {
        List<Species> species = new ArrayList<>();
        for (int k = 0; k < li2s; k++) {
            species.addAll(List.of(Species.Li, Species.Li, Species.S));
        }
        for (int k = 0; k < p2s5; k++) {
            species.addAll(List.of(Species.P, Species.P, Species.S, Species.S, Species.S, Species.S, Species.S));
        }
        double[] positions = new double[3 * species.size()];
        for (int k = 0; k < positions.length; k += 3) {
            positions[k] = k;
        }
        return Structure.of(Cell.periodic(1000, 0, 0, 0, 20, 0, 0, 0, 20), species, positions);
    }

    static CampaignRequest request(int iterations, double share, long seed) {
        return new CampaignRequest(
                "test",
                seed,
                "method-1",
                "method-2",
                List.of("structure-1"),
                List.of(
                        new CampaignRequest.NamedStructure("structure-2", "Li2S"),
                        new CampaignRequest.NamedStructure("structure-3", "P2S5")),
                List.of(),
                List.of(new CampaignRequest.Parent("structure-4", "gamma", 80, 168)),
                new TrainingSettings(4, null, null, null, 10, 5, null, null, null),
                iterations,
                new SamplingSettings("stepwise", 5.0 / 13, 0.92, 32, 0.1, 3200, 10, 3, 2, share, null, null, null),
                List.of());
    }
}
