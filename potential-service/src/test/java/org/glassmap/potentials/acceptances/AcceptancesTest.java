package org.glassmap.potentials.acceptances;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.glassmap.contract.acceptances.AcceptanceRecord;
import org.glassmap.contract.acceptances.AcceptanceRequest;
import org.glassmap.contract.acceptances.AcceptanceRequest.Crystal;
import org.glassmap.contract.acceptances.AcceptanceRequest.Settings;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.SamplePotentials;
import org.glassmap.core.learning.WeightedChebyshev;
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
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

@NullUnmarked
@Timeout(120)
class AcceptancesTest {

    private static final StructureServiceStandIn STRUCTURES = new StructureServiceStandIn();
    private static final NetworkPotential RANDOM = SamplePotentials.random(
            new WeightedChebyshev(4, 4, 3, 2, List.of(Species.Li, Species.S)), List.of(4), Activation.TANH, 3);
    private static final Settings SHORT = new Settings(null, null, null, null, List.of(300.0), 5.0, 12, null, 7L);

    private static PotentialServiceForTests service;

    private final ProjectId project = TokensForTests.newProject();
    private final RestClient member = service.member(project);

    @BeforeAll
    static void start() {
        service = PotentialServiceForTests.start(TestDatabase.fresh("potential"), STRUCTURES.address());
        STRUCTURES.structure("structure-1", document(LabelledCrystals.antifluorite(5.7)));
        List<Frame> frames = new ArrayList<>(LabelledCrystals.frames(8, 3));
        var pairs = PairPotential.thiophosphate().calculator();
        for (double a : List.of(5.5, 5.6, 5.7, 5.8, 5.9)) {
            Structure scaled = LabelledCrystals.antifluorite(a);
            frames.add(Frame.of(scaled).withEnergy(pairs.energy(scaled)).withMetadata("config", "scaled"));
        }
        STRUCTURES.dataset("crystals", frames);
    }

    @AfterAll
    static void stop() {
        service.close();
        STRUCTURES.close();
    }

    /** A network of random weights is no potential: the report must say so, part by part, with numbers. */
    @Test
    void aRandomNetworkFailsByName() {
        String potential = imported();
        ResponseEntity<AcceptanceRecord> accepted = post("key", request(potential), AcceptanceRecord.class);
        assertThat(accepted.getStatusCode().value()).isEqualTo(202);
        String id = accepted.getBody().id();
        assertThat(accepted.getHeaders().getLocation()).hasToString("/v1/acceptances/" + id);
        assertThat(accepted.getBody().request().settings().volumeTolerance()).isEqualTo(0.08);
        assertThat(accepted.getBody().request().dataset()).startsWith("dataset-");

        AcceptanceRecord ended = ended(id);
        assertThat(ended.failure()).isNull();
        assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(ended.parts())
                .extracting(AcceptanceRecord.Part::kind)
                .containsExactly(
                        "relaxation",
                        "equation-of-state",
                        "compression",
                        "elasticity",
                        "phonons",
                        "dynamics",
                        "dimer",
                        "dimer",
                        "dimer");
        List<String> events = new ArrayList<>(Collections.nCopies(ended.parts().size(), "event: part"));
        events.add("event: ended");
        assertThat(member.get()
                        .uri("/v1/acceptances/{id}/events", id)
                        .retrieve()
                        .body(String.class)
                        .lines()
                        .filter(line -> line.startsWith("event: ")))
                .isEqualTo(events);
        assertThat(ended.passed()).isFalse();
        assertThat(ended.kernel()).isEqualTo(Kernel.best().id());
        assertThat(ended.failed()).anyMatch(failed -> failed.startsWith("equation-of-state Li2S: "));
        AcceptanceRecord.Part curve = ended.parts().get(1);
        assertThat(curve.finding()).contains("over 5 labels");
        assertThat(curve.curves().getFirst().points()).hasSize(5);
        assertThat(curve.grade()).isPositive();

        // The dataset gave the import its grade, which predictions tell from now on.
        PotentialRecord record =
                member.get().uri("/v1/potentials/{id}", potential).retrieve().body(PotentialRecord.class);
        assertThat(record.grade().dataset()).isEqualTo(ended.request().dataset());
        assertThat(record.acceptance().id()).isEqualTo(id);
        assertThat(record.acceptance().passed()).isFalse();
        assertThat(record.acceptance().failed()).isEqualTo(ended.failed());

        assertThat(post("key", request(potential), AcceptanceRecord.class)
                        .getBody()
                        .id())
                .isEqualTo(id);
        Page<AcceptanceRecord> page = member.get()
                .uri("/v1/acceptances?potential={id}&limit=1", potential)
                .retrieve()
                .body(new ParameterizedTypeReference<Page<AcceptanceRecord>>() {});
        assertThat(page.items()).hasSize(1);
        assertThat(page.items().getFirst().failed()).isEqualTo(ended.failed());
        assertThat(page.items().getFirst().parts()).isNull();
        assertThat(service.member(TokensForTests.newProject())
                        .get()
                        .uri("/v1/acceptances/{id}", id)
                        .retrieve()
                        .toBodilessEntity()
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
    }

    @Test
    void whatCannotBeCarriedOutIsNamed() {
        String potential = imported();
        ProblemDocument none = post(
                        "none", new AcceptanceRequest(potential, List.of(), null, null), ProblemDocument.class)
                .getBody();
        assertThat(none.errors()).extracting(ProblemError::pointer).containsExactly("/crystals");
        ProblemDocument twice = post(
                        "twice",
                        new AcceptanceRequest(
                                potential,
                                List.of(new Crystal("structure-1", "a", null), new Crystal("structure-1", "a", null)),
                                null,
                                null),
                        ProblemDocument.class)
                .getBody();
        assertThat(twice.errors()).extracting(ProblemError::pointer).containsExactly("/crystals/1");
        ProblemDocument negative = post(
                        "negative",
                        new AcceptanceRequest(
                                potential,
                                List.of(new Crystal("structure-1", "a", null)),
                                null,
                                new Settings(-1.0, null, null, null, null, null, null, null, null)),
                        ProblemDocument.class)
                .getBody();
        assertThat(negative.errors().getFirst().detail()).contains("energyTolerance must be positive");
        assertThat(post(
                                "gone",
                                new AcceptanceRequest(
                                        "potential-000000000000",
                                        List.of(new Crystal("structure-1", "a", null)),
                                        null,
                                        null),
                                ProblemDocument.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
    }

    private static AcceptanceRequest request(String potential) {
        return new AcceptanceRequest(potential, List.of(new Crystal("structure-1", "Li2S", null)), "crystals@1", SHORT);
    }

    private AcceptanceRecord ended(String id) {
        AcceptanceRecord record;
        do {
            record = member.get()
                    .uri("/v1/acceptances/{id}?wait=10s", id)
                    .retrieve()
                    .body(AcceptanceRecord.class);
        } while (!record.state().ended());
        return record;
    }

    private String imported() {
        return member.post()
                .uri("/v1/potentials")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(PotentialDocument.of(RANDOM).bytes())
                .retrieve()
                .body(PotentialRecord.class)
                .id();
    }

    private <T> ResponseEntity<T> post(String key, AcceptanceRequest request, Class<T> answer) {
        return member.post()
                .uri("/v1/acceptances")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .retrieve()
                .toEntity(answer);
    }

    private static StructureDocument document(Structure structure) {
        return new StructureDocument(
                structure.species().stream().map(Species::symbol).toList(),
                rows(structure.cell().lattice()),
                null,
                rows(structure.positions()));
    }

    private static double[][] rows(double[] flat) {
        double[][] rows = new double[flat.length / 3][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new double[] {flat[3 * row], flat[3 * row + 1], flat[3 * row + 2]};
        }
        return rows;
    }
}
