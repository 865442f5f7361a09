package org.glassmap.potentials.proposals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.proposals.ProposalRecord;
import org.glassmap.contract.proposals.ProposalRequest;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.glassmap.core.learning.Kernel;
import org.glassmap.potentials.LabelledCrystals;
import org.glassmap.potentials.PotentialServiceForTests;
import org.glassmap.potentials.StructureServiceStandIn;
import org.glassmap.support.identity.TokensForTests;
import org.glassmap.support.postgresql.TestDatabase;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

@NullUnmarked
@Timeout(120)
class ProposalsTest {

    private static final StructureServiceStandIn STRUCTURES = new StructureServiceStandIn();

    private static PotentialServiceForTests service;

    private final ProjectId project = TokensForTests.newProject();
    private final RestClient member = service.member(project);

    @BeforeAll
    static void start() {
        service = PotentialServiceForTests.start(TestDatabase.fresh("potential"), STRUCTURES.address());
        STRUCTURES.dataset("crystals", LabelledCrystals.frames(16, 3));
    }

    @AfterAll
    static void stop() {
        service.close();
        STRUCTURES.close();
    }

    @Test
    void whatIsProposedIsADescriptorThatATrainingTakesAndThePapersIsTriedFirst() {
        ProposalRequest request = new ProposalRequest("crystals", null, "config", 16, 2, null);
        ResponseEntity<ProposalRecord> accepted = post("key", request, ProposalRecord.class);
        assertThat(accepted.getStatusCode().value()).isEqualTo(202);
        String id = accepted.getBody().id();
        assertThat(accepted.getHeaders().getLocation()).hasToString("/v1/proposals/" + id);
        assertThat(accepted.getBody().request().species()).containsExactly("Li", "S");

        ProposalRecord ended = ended(id);
        assertThat(ended.failure()).isNull();
        assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(ended.kernel())
                .as("forces are learnt by this one everywhere")
                .isEqualTo(Kernel.PLAIN.id());
        assertThat(ended.trials().getFirst().descriptor())
                .isEqualTo(new DescriptorDocument("chebyshev", List.of("Li", "S"), 6, 18, 3, 4));
        assertThat(ended.trials()).extracting(ProposalRecord.Trial::descriptor).contains(ended.descriptor());
        assertThat(ended.trials()).allSatisfy(trial -> assertThat(trial.force()).isPositive());
        assertThat(ended.shortest()).containsKeys("Li-Li", "Li-S", "S-S");
        assertThat(ended.shortest().get("Li-S")).isBetween(1.8, 2.6);
        assertThat(post("key", request, ProposalRecord.class).getBody().id()).isEqualTo(id);
        assertThat(member.get().uri("/v1/proposals/{id}/events", id).retrieve().body(String.class))
                .startsWith("id: 1\nevent: ended\n");
    }

    @Test
    void whatCannotBeTriedIsNamed() {
        assertThat(post("none", new ProposalRequest(null, null, null, null, null, null), ProblemDocument.class)
                        .getBody()
                        .errors()
                        .getFirst()
                        .pointer())
                .isEqualTo("/dataset");
        assertThat(post("few", new ProposalRequest("crystals", null, null, 1, null, null), ProblemDocument.class)
                        .getBody()
                        .errors()
                        .getFirst()
                        .detail())
                .contains("frames must be at least 4");
        assertThat(post(
                                "species",
                                new ProposalRequest("crystals", List.of("Li"), null, null, null, null),
                                ProblemDocument.class)
                        .getBody()
                        .errors()
                        .getFirst()
                        .pointer())
                .isEqualTo("/species");
        ProposalRecord oneGroup = ended(post(
                        "key-missing",
                        new ProposalRequest("crystals", null, "nothing", null, null, null),
                        ProposalRecord.class)
                .getBody()
                .id());
        assertThat(oneGroup.state()).isEqualTo(JobState.FAILED);
        assertThat(oneGroup.failure()).contains("nothing");
    }

    private ProposalRecord ended(String id) {
        ProposalRecord record;
        do {
            record = member.get()
                    .uri("/v1/proposals/{id}?wait=10s", id)
                    .retrieve()
                    .body(ProposalRecord.class);
        } while (!record.state().ended());
        return record;
    }

    private <T> ResponseEntity<T> post(String key, ProposalRequest request, Class<T> answer) {
        return member.post()
                .uri("/v1/proposals")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .retrieve()
                .toEntity(answer);
    }
}
