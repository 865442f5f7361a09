package org.glassmap.sampler.campaigns;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.campaigns.CampaignRequest;
import org.glassmap.contract.campaigns.CampaignRequest.Parent;
import org.glassmap.contract.campaigns.CampaignRequest.SamplingSettings;
import org.glassmap.contract.campaigns.CampaignRequest.TrainingSettings;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.problems.RequestProblem;
import org.glassmap.support.problems.ProblemException;
import org.jspecify.annotations.Nullable;

/** What a campaign's document must fulfil by itself; whether what it names exists is asked elsewhere. */
final class CampaignRules {

    /** Of any script ({@code β-Li₃PS₄}), and nothing that a path of a step would stumble over. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._+()-]{0,63}");

    private final List<ProblemError> errors = new ArrayList<>();

    private CampaignRules() {}

    /** @throws ProblemException that names every fault */
    static void check(CampaignRequest request) {
        CampaignRules rules = new CampaignRules();
        rules.document(request);
        if (rules.errors.isEmpty()) {
            rules.training(request.training());
            rules.sampling(request.sampling());
        }
        if (!rules.errors.isEmpty()) {
            throw new ProblemException(
                    RequestProblem.INVALID_REQUEST, "The campaign cannot be run as it stands.", rules.errors);
        }
    }

    private void document(CampaignRequest request) {
        given("/name", request.name());
        given("/staticMethod", request.staticMethod());
        given("/relaxationMethod", request.relaxationMethod());
        given("/starts", request.starts());
        given("/endMembers", request.endMembers());
        given("/crystals", request.crystals());
        given("/parents", request.parents());
        given("/training", request.training());
        given("/sampling", request.sampling());
        given("/probes", request.probes());
        if (!errors.isEmpty()) {
            return;
        }
        require(
                request.endMembers().size() == 2,
                "/endMembers",
                request.endMembers().size(),
                "give two structures: the end member at x = 1, then that at x = 0");
        require(!request.starts().isEmpty(), "/starts", "[]", "give structures to label first, a few hundred or so");
        require(!request.parents().isEmpty(), "/parents", "[]", "give at least one crystal to remove units from");
        require(request.iterations() >= 1, "/iterations", request.iterations(), "at least 1");
        require(request.iterations() <= 100, "/iterations", request.iterations(), "at most 100");
        CampaignRequest.@Nullable Acceptance acceptance = request.acceptance();
        if (acceptance != null) {
            accepted(request);
            if (acceptance.settings() != null) {
                acceptance(acceptance.settings());
            }
        }
        Set<String> names = new HashSet<>();
        for (int k = 0; k < request.parents().size(); k++) {
            parent("/parents/" + k, request.parents().get(k), names);
        }
    }

    /** An acceptance tells its crystals apart by their names. */
    private void accepted(CampaignRequest request) {
        int crystals = request.endMembers().size() + request.crystals().size();
        require(crystals <= 50, "/crystals", crystals, "for an acceptance, at most 50 with the end members");
        Map<String, String> structures = new HashMap<>();
        Stream.concat(request.endMembers().stream(), request.crystals().stream())
                .forEach(named -> {
                    @Nullable String before = structures.put(named.name(), named.structure());
                    require(
                            before == null || before.equals(named.structure()),
                            "/crystals",
                            named.name(),
                            "for an acceptance, names of crystals must differ");
                });
    }

    /** As {@code POST /v1/acceptances} has them: what is refused there would end the campaign after its first training. */
    private void acceptance(AcceptanceRequest.Settings settings) {
        positive("energyTolerance", settings.energyTolerance());
        positive("volumeTolerance", settings.volumeTolerance());
        positive("imaginaryTolerance", settings.imaginaryTolerance());
        positive("acousticTolerance", settings.acousticTolerance());
        positive("holeDepth", settings.holeDepth());
        @Nullable Double time = settings.time();
        require(
                time == null || time > 0 && time <= 1e6,
                "/acceptance/settings/time",
                time,
                "above 0, at most 1000000 fs");
        @Nullable Integer atoms = settings.leastAtoms();
        if (atoms != null) {
            between("/acceptance/settings/leastAtoms", atoms, 1, 10_000);
        }
        @Nullable List<Double> temperatures = settings.temperatures();
        require(
                temperatures == null
                        || temperatures.size() <= 10 && temperatures.stream().allMatch(kelvin -> kelvin > 0),
                "/acceptance/settings/temperatures",
                temperatures,
                "at most 10, each above 0 K");
    }

    private void positive(String setting, @Nullable Double value) {
        require(
                value == null || value > 0 && Double.isFinite(value),
                "/acceptance/settings/" + setting,
                value,
                "above 0");
    }

    private void parent(String pointer, Parent parent, Set<String> names) {
        require(
                NAME.matcher(parent.name()).matches(),
                pointer + "/name",
                parent.name(),
                "1 to 64 letters and digits of any script, blanks and . _ + - ( )");
        String written = Normalizer.normalize(parent.name(), Normalizer.Form.NFC); // what looks alike is the same
        require(names.add(written), pointer + "/name", parent.name(), "a name that no other parent has");
        require(
                parent.minimumAtoms() >= 1 && parent.minimumAtoms() <= parent.maximumAtoms(),
                pointer + "/minimumAtoms",
                parent.minimumAtoms(),
                "between 1 and maximumAtoms");
        require(parent.maximumAtoms() <= 2000, pointer + "/maximumAtoms", parent.maximumAtoms(), "at most 2000");
    }

    private void training(TrainingSettings training) {
        require(
                training.members() >= 4 && training.members() <= 32,
                "/training/members",
                training.members(),
                "a campaign's committee has 4 to 32 members");
        require(training.epochs() >= 1, "/training/epochs", training.epochs(), "at least 1");
        require(
                training.retrainingEpochs() >= 1,
                "/training/retrainingEpochs",
                training.retrainingEpochs(),
                "at least 1");
        require(
                training.optimiser() == null || Set.of("adam", "whitened").contains(training.optimiser()),
                "/training/optimiser",
                training.optimiser(),
                "adam or whitened: a campaign learns forces, which lbfgs does not");
    }

    private void sampling(SamplingSettings sampling) {
        require(
                sampling.mode().equals("stepwise") || sampling.mode().equals("at-once"),
                "/sampling/mode",
                sampling.mode(),
                "stepwise or at-once");
        require(
                sampling.minimumFraction() >= 0
                        && sampling.minimumFraction() < sampling.maximumFraction()
                        && sampling.maximumFraction() <= 1,
                "/sampling/minimumFraction",
                sampling.minimumFraction(),
                "0 ≤ minimumFraction < maximumFraction ≤ 1");
        between("/sampling/population", sampling.population(), 4, 10_000);
        require(
                sampling.mutationRate() >= 0 && sampling.mutationRate() <= 1,
                "/sampling/mutationRate",
                sampling.mutationRate(),
                "0 to 1");
        between("/sampling/evaluations", sampling.evaluations(), sampling.population(), 10_000_000);
        between("/sampling/relaxed", sampling.relaxed(), 1, 500);
        between("/sampling/reference", sampling.reference(), 1, sampling.relaxed());
        between("/sampling/uncertain", sampling.uncertain(), 0, 32);
        require(
                sampling.chainShare() > 0 && sampling.chainShare() <= 1,
                "/sampling/chainShare",
                sampling.chainShare(),
                "above 0, at most 1");
        between("/sampling/beam", sampling.parents(), 1, 16);
        between("/sampling/screened", sampling.relaxedOfEachParent(), sampling.relaxed(), 500);
        if (sampling.maximumSteps() != null) {
            between("/sampling/maximumSteps", sampling.maximumSteps(), 1, 1000);
        }
    }

    private void between(String pointer, int value, int least, int most) {
        require(value >= least && value <= most, pointer, value, "between %d and %d".formatted(least, most));
    }

    private void given(String pointer, @Nullable Object value) {
        require(value != null, pointer, null, "give it");
    }

    private void require(boolean fulfilled, String pointer, @Nullable Object value, String remedy) {
        if (!fulfilled) {
            String name = pointer.substring(pointer.lastIndexOf('/') + 1);
            errors.add(ProblemError.at(pointer, value == null ? name + " is missing" : name + " cannot be " + value)
                    .withValue(value == null ? null : value.toString())
                    .withRemedy(remedy));
        }
    }
}
