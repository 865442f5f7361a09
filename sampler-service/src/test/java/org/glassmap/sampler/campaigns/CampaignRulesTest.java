package org.glassmap.sampler.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.UnaryOperator;
import org.glassmap.contract.campaigns.CampaignRequest;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.support.problems.ProblemException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CampaignRulesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void aSoundCampaignPasses() {
        assertThatCode(() -> CampaignRules.check(PlanTest.request(2, 0.3, 1))).doesNotThrowAnyException();
    }

    @Test
    void everyFaultIsNamedWithItsPlaceAndRemedy() {
        List<ProblemError> errors = faults(document -> {
            document.put("iterations", 0);
            ((ObjectNode) document.get("parents").get(0)).put("name", "../etc");
            document.putArray("starts");
            return document;
        });
        assertThat(errors)
                .extracting(ProblemError::pointer)
                .containsExactlyInAnyOrder("/iterations", "/parents/0/name", "/starts");
        assertThat(errors).allSatisfy(error -> assertThat(error.remedy()).isNotBlank());
    }

    @Test
    void aParentMayBearItsCrystalsNameInAnyScript() {
        for (String name : List.of("β-Li₃PS₄", "Li7P3S11 (α)", "硫化リチウム", "Ångström 1")) {
            assertThatCode(() -> CampaignRules.check(named(name))).as(name).doesNotThrowAnyException();
        }
        for (String name : List.of("", "a/b", "a\nb", "\u202Eabc", "-a", "x".repeat(65))) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> CampaignRules.check(named(name))))
                    .as(name)
                    .isNotNull();
        }
    }

    private static CampaignRequest named(String name) {
        ObjectNode document = JSON.valueToTree(PlanTest.request(2, 0.3, 1));
        ((ObjectNode) document.get("parents").get(0)).put("name", name);
        return JSON.treeToValue(document, CampaignRequest.class);
    }

    @Test
    void aCommitteeOfThreeIsTooSmall() {
        List<ProblemError> errors = faults(document -> {
            ((ObjectNode) document.get("training")).put("members", 3);
            return document;
        });
        assertThat(errors).extracting(ProblemError::pointer).containsExactly("/training/members");
        assertThat(errors.getFirst().value()).isEqualTo("3");
    }

    @Test
    void aBeamWithoutParentsIsRefused() {
        List<ProblemError> errors = faults(document -> {
            ((ObjectNode) document.get("sampling")).put("beam", 0);
            return document;
        });
        assertThat(errors).extracting(ProblemError::pointer).containsExactly("/sampling/beam");
    }

    /** It would end the campaign after its first training: a day later, where the reference method is a real one. */
    @Test
    void anAcceptanceThatCouldNotBeCarriedOutIsRefusedAtOnce() {
        List<ProblemError> errors = faults(document -> {
            ObjectNode settings = document.putObject("acceptance").putObject("settings");
            settings.put("energyTolerance", -1).put("time", 2e6).put("leastAtoms", 0);
            settings.putArray("temperatures").add(300).add(0);
            document.putArray("crystals")
                    .addObject()
                    .put("structure", "structure-9")
                    .put("name", "Li2S");
            return document;
        });
        assertThat(errors)
                .extracting(ProblemError::pointer)
                .containsExactlyInAnyOrder(
                        "/acceptance/settings/energyTolerance",
                        "/acceptance/settings/time",
                        "/acceptance/settings/leastAtoms",
                        "/acceptance/settings/temperatures",
                        "/crystals");
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        CampaignRequest sound = PlanTest.request(2, Double.NaN, 1);
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> CampaignRules.check(sound));
        assertThat(refusal.errors()).extracting(ProblemError::pointer).containsExactly("/sampling/chainShare");
    }

    @Test
    void whatIsMissingIsAskedFor() {
        List<ProblemError> errors = faults(document -> {
            document.remove("parents");
            document.remove("sampling");
            return document;
        });
        assertThat(errors).extracting(ProblemError::pointer).containsExactlyInAnyOrder("/parents", "/sampling");
    }

    private static List<ProblemError> faults(UnaryOperator<ObjectNode> change) {
        ObjectNode document = JSON.valueToTree(PlanTest.request(2, 0.3, 1));
        CampaignRequest request = JSON.treeToValue(change.apply(document), CampaignRequest.class);
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> CampaignRules.check(request));
        assertThat(refusal).isNotNull();
        return refusal.errors();
    }
}
