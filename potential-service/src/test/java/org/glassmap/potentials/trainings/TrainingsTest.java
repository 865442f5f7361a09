package org.glassmap.potentials.trainings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.contract.potentials.Prediction;
import org.glassmap.contract.potentials.PredictionRequest;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.contract.trainings.TrainingRecord;
import org.glassmap.contract.trainings.TrainingRecord.EpochErrors;
import org.glassmap.contract.trainings.TrainingReport;
import org.glassmap.contract.trainings.TrainingReport.ErrorsOf;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.glassmap.contract.trainings.TrainingRequest.RepulsionDocument;
import org.glassmap.contract.trainings.TrainingRequest.ValidationDocument;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.Frame;
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

@Timeout(60)
@NullUnmarked
class TrainingsTest {

    private static final StructureServiceStandIn STRUCTURES = new StructureServiceStandIn();
    private static final DescriptorDocument SMALL = new DescriptorDocument("rich", List.of("Li", "S"), 4, 4, 3, 2);

    private static PotentialServiceForTests service;

    private final ProjectId project = TokensForTests.newProject();
    private final RestClient member = service.member(project);

    @BeforeAll
    static void start() {
        STRUCTURES.dataset("crystals", LabelledCrystals.frames(24, 7));
        service = PotentialServiceForTests.start(TestDatabase.fresh("potential"), STRUCTURES.address());
    }

    @AfterAll
    static void stop() {
        service.close();
        STRUCTURES.close();
    }

    @Test
    void aCommitteeIsTrainedAndLearns() {
        ResponseEntity<TrainingRecord> accepted = post("key", small(2, 12));
        assertThat(accepted.getStatusCode().value()).isEqualTo(202);
        TrainingRecord first = accepted.getBody();
        assertThat(accepted.getHeaders().getLocation()).hasToString("/v1/trainings/" + first.id());
        assertThat(first.id()).matches("training-[0-9a-f]{32}");
        assertThat(first.dataset()).startsWith("dataset-");
        assertThat(first.request().dataset()).isEqualTo(first.dataset());

        TrainingRecord training = ended(first.id());
        assertThat(training.failure()).isNull();
        assertThat(training.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(training.progress().fraction()).isEqualTo(1);
        assertThat(training.errors()).extracting(EpochErrors::member).containsExactly(1, 2);
        assertThat(training.errors()).extracting(EpochErrors::epoch).containsExactly(12, 12);

        List<EpochErrors> all = errors(training.id());
        assertThat(all).hasSize(24);
        assertThat(all.get(11).trainingEnergy()).isLessThan(all.getFirst().trainingEnergy() / 2);
        assertThat(all.get(11).validationForce()).isLessThan(all.getFirst().validationForce());

        PotentialRecord potential = member.get()
                .uri("/v1/potentials/{id}", training.potential())
                .retrieve()
                .body(PotentialRecord.class);
        assertThat(potential.members()).isEqualTo(2);
        assertThat(potential.species()).containsExactly("Li", "S");
        assertThat(potential.training()).isEqualTo(training.id());
        assertThat(potential.dataset()).isEqualTo(training.dataset());
        assertThat(potential.errors()).isEqualTo(training.errors());
        assertThat(potential.uncalibrated()).isTrue();
        assertThat(STRUCTURES.artifacts()).containsKey(potential.artifact());
    }

    @Test
    void aTrainedPotentialGradesItsPredictionsAndRefusesWhatIsTooFar() {
        TrainingRecord training = ended(post("graded", small(1, 1)).getBody().id());
        PotentialRecord potential = member.get()
                .uri("/v1/potentials/{id}", training.potential())
                .retrieve()
                .body(PotentialRecord.class);
        assertThat(potential.grade().converged()).isTrue();
        assertThat(potential.grade().dataset()).isEqualTo(training.dataset());
        assertThat(potential.grade().environments()).isPositive();
        assertThat(STRUCTURES.artifacts()).containsKey(potential.grade().artifact());

        StructureDocument seen = document(LabelledCrystals.antifluorite(5.7));
        StructureDocument squeezed = document(LabelledCrystals.antifluorite(4.5));
        List<Prediction> predictions = predict(
                        potential.id(),
                        new PredictionRequest(List.of(seen, squeezed), null, null, true),
                        new ParameterizedTypeReference<List<Prediction>>() {})
                .getBody();
        assertThat(predictions.getFirst().grade()).isLessThan(3);
        assertThat(predictions.getFirst().grades()).hasSize(12);
        assertThat(predictions.getLast().grade()).isGreaterThan(10);
        ProblemDocument refused = predict(
                        potential.id(),
                        new PredictionRequest(List.of(seen, squeezed), null, 5.0, null),
                        new ParameterizedTypeReference<ProblemDocument>() {})
                .getBody();
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.errors()).hasSize(1);
        assertThat(refused.errors().getFirst().pointer()).isEqualTo("/structures/1/positions");
        assertThat(refused.errors().getFirst().detail())
                .contains("atom " + predictions.getLast().gradeAtom() + " ")
                .contains("extrapolation grade");
    }

    private <T> ResponseEntity<T> predict(String id, PredictionRequest request, ParameterizedTypeReference<T> answer) {
        return member.post()
                .uri("/v1/potentials/{id}/predictions", id)
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .retrieve()
                .toEntity(answer);
    }

    private static StructureDocument document(Structure structure) {
        return new StructureDocument(
                structure.species().stream().map(species -> species.symbol()).toList(),
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

    @Test
    void everythingLeftOpenIsFilledIn() {
        TrainingRequest request = post(
                        "key", new TrainingRequest("crystals@1", null, 3, null, null, null, 1, null, null, null, null))
                .getBody()
                .request();
        assertThat(request.members()).isEqualTo(1);
        assertThat(request.descriptor())
                .isEqualTo(new DescriptorDocument("chebyshev", List.of("Li", "S"), 6, 18, 3, 4));
        assertThat(request.hiddenLayers()).containsExactly(15, 15);
        assertThat(request.loss()).isEqualTo(new TrainingRequest.LossDocument(50.0, 1.0, 5.0, 5.0));
        assertThat(request.learningRate()).isEqualTo(2e-3);
        assertThat(request.validation()).isEqualTo(new ValidationDocument(0.1, null, 0.0));
        assertThat(request.repulsion()).isNull();
        assertThat(request.optimiser()).isEqualTo("adam");
        assertThat(request.restarts()).isEqualTo(1);
        assertThat(request.patience()).isNull();
        assertThat(request.keep()).isEqualTo("best");
    }

    private static TrainingRequest request(
            String optimiser, TrainingRequest.LossDocument loss, double fraction, Integer patience, String keep) {
        return new TrainingRequest(
                "crystals",
                1,
                11,
                SMALL,
                List.of(4),
                loss,
                2,
                null,
                new ValidationDocument(fraction, "config"),
                null,
                null,
                optimiser,
                null,
                patience,
                null,
                keep);
    }

    @Test
    void whitenedTrainingsHaveDefaultsOfTheirOwn() {
        TrainingRequest request = post("key", request("whitened", null, 0.3, null, null))
                .getBody()
                .request();
        assertThat(request.optimiser()).isEqualTo("whitened");
        assertThat(request.learningRate()).isEqualTo(4e-3);
        assertThat(request.loss()).isEqualTo(new TrainingRequest.LossDocument(50.0, 1.0, 5.0, 20.0));
        assertThat(request.keep()).isEqualTo("last");
        assertThat(post("patient", request("whitened", null, 0.3, 2, null))
                        .getBody()
                        .request()
                        .keep())
                .isEqualTo("best");
        assertThat(post("whole", request("adam", null, 0, null, null))
                        .getBody()
                        .request()
                        .keep())
                .isEqualTo("last");
    }

    @Test
    void whitenedAndPlainTrainingsStartAlikeAndEndDifferently() {
        TrainingRecord plain = ended(post("plain", request("adam", null, 0.3, null, "last"))
                .getBody()
                .id());
        TrainingRecord whitened = ended(post("whitened", request("whitened", null, 0.3, null, null))
                .getBody()
                .id());
        assertThat(whitened.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(whitened.potential()).isNotEqualTo(plain.potential());
        assertThat(whitened.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.epoch()).isEqualTo(2));
    }

    @Test
    void anEpochThatCannotBeKeptIsRefused() {
        assertThat(refused("first", request("adam", null, 0.3, null, "first"))).containsExactly("/keep");
        assertThat(refused("best", request("adam", null, 0, null, "best"))).containsExactly("/keep");
        assertThat(refused("patience", request("adam", null, 0.3, 2, "last"))).containsExactly("/keep");
        assertThat(refused("unknown", request("sgd", null, 0.3, null, null))).containsExactly("/optimiser");
        assertThat(refused(
                        "growing",
                        request("lbfgs", new TrainingRequest.LossDocument(1.0, 0.0, 0.0, 5.0), 0.3, null, null)))
                .containsExactly("/loss/energyGrowth");
        assertThat(refused(
                        "shrunk",
                        request("adam", new TrainingRequest.LossDocument(1.0, 0.0, 0.0, 0.0), 0.3, null, null)))
                .containsExactly("/loss");
    }

    private List<String> refused(String key, TrainingRequest request) {
        return posted(key, request, ProblemDocument.class).getBody().errors().stream()
                .map(error -> error.pointer())
                .toList();
    }

    private static TrainingRequest request(
            String dataset,
            int members,
            int epochs,
            ValidationDocument validation,
            String optimiser,
            Integer restarts,
            Integer patience,
            TrainingRequest.FramesDocument frames) {
        TrainingRequest.LossDocument loss =
                "lbfgs".equals(optimiser) ? new TrainingRequest.LossDocument(1.0, 0.0, 0.0) : null;
        return new TrainingRequest(
                dataset,
                members,
                11,
                SMALL,
                List.of(5),
                loss,
                epochs,
                null,
                validation,
                null,
                null,
                optimiser,
                restarts,
                patience,
                frames,
                null);
    }

    private String svg(String id, String name) {
        return member.get()
                .uri("/v1/trainings/{id}/figures/{name}", id, name)
                .accept(MediaType.valueOf("image/svg+xml"), MediaType.ALL)
                .retrieve()
                .body(String.class);
    }

    private TrainingReport report(String id) {
        return member.get().uri("/v1/trainings/{id}/report", id).retrieve().body(TrainingReport.class);
    }

    @Test
    void aTrainingThatHasEndedTellsItsErrorsAndCalibratesItsSpread() {
        STRUCTURES.dataset("many", LabelledCrystals.frames(60, 17));
        TrainingRecord training = ended(
                post("key", request("many", 3, 15, new ValidationDocument(0.1, null, 0.3), null, null, null, null))
                        .getBody()
                        .id());
        assertThat(training.failure()).isNull();
        TrainingReport report = report(training.id());
        assertThat(report.potential()).isEqualTo(training.potential());
        assertThat(report.parts()).extracting(ErrorsOf::of).containsExactly("training", "validation", "calibration");
        assertThat(report.parts()).extracting(ErrorsOf::frames).containsExactly(36, 6, 18);
        assertThat(report.compositions()).extracting(ErrorsOf::of).containsExactly("Li8 S4");
        assertThat(report.elements()).extracting(ErrorsOf::of).containsExactly("Li", "S");
        assertThat(report.energies()).hasSize(60);
        assertThat(report.forces()).hasSize(60 * 36);
        assertThat(report.worst()).hasSize(10);
        double worst = Math.abs(report.worst().getFirst().predicted()
                - report.worst().getFirst().labelled());
        assertThat(report.energies()).allMatch(p -> Math.abs(p.predicted() - p.labelled()) <= worst);
        assertThat(report.worst().getFirst().link()).startsWith("/v1/structures/structure-");
        assertThat(report.warnings()).anyMatch(text -> text.contains("by frame"));
        assertThat(report.calibration().frames()).isEqualTo(18);
        assertThat(report.calibration().energy().factor()).isPositive();
        assertThat(report.calibration().force().cases()).isEqualTo(18 * 12);

        assertThat(svg(training.id(), "parity-energy").split("<circle", -1)).hasSize(1 + 60 + 3);
        assertThat(svg(training.id(), "parity-force")).contains("eV/Å").doesNotContain("NaN");
        assertThat(svg(training.id(), "learning-curve").split("<path d=\"M[^\"]*L", -1))
                .hasSize(1 + 6);
        assertThat(svg(training.id(), "calibration")).contains("energy per atom");
        assertThat(member.get()
                        .uri("/v1/trainings/{id}/figures/other", training.id())
                        .retrieve()
                        .toEntity(ProblemDocument.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);

        PotentialRecord potential = member.get()
                .uri("/v1/potentials/{id}", training.potential())
                .retrieve()
                .body(PotentialRecord.class);
        assertThat(potential.uncalibrated()).isFalse();
        assertThat(potential.calibration()).isEqualTo(report.calibration());
        Structure structure = LabelledCrystals.rattled(new SplittableRandom(5));
        Prediction said = predict(
                        training.potential(),
                        new PredictionRequest(List.of(document(structure)), null),
                        new ParameterizedTypeReference<List<Prediction>>() {})
                .getBody()
                .getFirst();
        assertThat(said.calibrated()).isTrue();
        assertThat(said.energySigma())
                .isCloseTo(
                        said.energySpread() * potential.calibration().energy().factor(), within(1e-12));
        assertThat(Arrays.stream(said.forceSigmas()).boxed()).hasSize(12).allMatch(sigma -> sigma > 0);
    }

    @Test
    void ofSeveralStartsTheOneBestByValidationStays() {
        TrainingRecord training = ended(post(
                        "key",
                        request("crystals", 2, 6, new ValidationDocument(0.25, "config", 0.0), "lbfgs", 3, null, null))
                .getBody()
                .id());
        assertThat(training.failure()).isNull();
        List<EpochErrors> all = errors(training.id());
        assertThat(all).hasSize(2 * 3 * 6);
        assertThat(all.stream().map(EpochErrors::start).distinct()).containsExactlyInAnyOrder(null, 2, 3);
        double bestOfFirst = all.stream()
                .filter(e -> e.member() == 1)
                .mapToDouble(EpochErrors::validationEnergy)
                .min()
                .orElseThrow();
        PotentialRecord potential = member.get()
                .uri("/v1/potentials/{id}", training.potential())
                .retrieve()
                .body(PotentialRecord.class);
        Integer chosen = potential.errors().getFirst().start();
        assertThat(all.stream()
                        .filter(e -> e.member() == 1 && Objects.equals(e.start(), chosen))
                        .mapToDouble(EpochErrors::validationEnergy)
                        .min()
                        .orElseThrow())
                .isEqualTo(bestOfFirst);
        assertThat(report(training.id()).groups()).hasSize(4);
    }

    @Test
    void aMemberThatLearnsNothingMoreStops() {
        TrainingRecord training =
                ended(post("key", request("crystals", 1, 5000, new ValidationDocument(0.25, null), null, null, 2, null))
                        .getBody()
                        .id());
        assertThat(training.state()).isEqualTo(JobState.SUCCEEDED);
        List<EpochErrors> all = errors(training.id());
        assertThat(all.size()).isLessThan(5000);
        assertThat(training.progress().fraction()).isEqualTo(1);
    }

    @Test
    void framesFarAboveTheLowestAndDuplicatesAreLeftOut() {
        List<Frame> frames = new ArrayList<>(LabelledCrystals.frames(12, 8));
        frames.add(frames.getFirst());
        STRUCTURES.dataset("duplicate", frames);
        double lowest = frames.stream()
                .mapToDouble(f -> f.energy().getAsDouble() / 12)
                .min()
                .orElseThrow();
        double highest = frames.stream()
                .mapToDouble(f -> f.energy().getAsDouble() / 12)
                .max()
                .orElseThrow();
        TrainingRecord training = ended(post(
                        "key",
                        request(
                                "duplicate",
                                1,
                                1,
                                null,
                                null,
                                null,
                                null,
                                new TrainingRequest.FramesDocument(0.999 * (highest - lowest), null)))
                .getBody()
                .id());
        assertThat(training.failure()).isNull();
        assertThat(report(training.id()).leftOut())
                .extracting(TrainingReport.LeftOut::reason)
                .anyMatch(reason -> reason.equals("the structure of label-%064x".formatted(0)))
                .anyMatch(reason -> reason.contains("beyond frames.energyWindow"));
    }

    @Test
    void twoLevelsOfTheoryInOneDatasetAreRefusedWithBothNamed() {
        List<Frame> frames = new ArrayList<>(LabelledCrystals.frames(12, 8));
        for (int k = 0; k < 5; k++) {
            Frame frame = frames.get(k);
            frames.set(k, frame.withEnergy(frame.energy().getAsDouble() - 12 * 30));
        }
        STRUCTURES.dataset("mixed", frames);
        TrainingRecord training =
                ended(post("key", small("mixed", null)).getBody().id());
        assertThat(training.state()).isEqualTo(JobState.FAILED);
        assertThat(training.failure())
                .contains("two levels of theory")
                .contains("label-")
                .contains("a dataset for each");
    }

    @Test
    void aSpeciesThatIsHeldBackAltogetherIsNamed() {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : LabelledCrystals.frames(6, 8)) {
            Structure one = Structure.of(frame.structure().cell(), List.of(Species.Li), new double[] {0, 0, 0});
            frames.add(Frame.of(one.withPositions(new double[] {0.01 * frames.size(), 0, 0}))
                    .withEnergy(-1)
                    .withMetadata("config", "lithium"));
        }
        frames.add(LabelledCrystals.frames(1, 8).getFirst().withMetadata("config", "sulphide"));
        STRUCTURES.dataset("held", frames);
        boolean named = false;
        for (long seed = 1; seed <= 12 && !named; seed++) {
            TrainingRequest request = new TrainingRequest(
                    "held",
                    1,
                    seed,
                    SMALL,
                    List.of(4),
                    null,
                    1,
                    null,
                    new ValidationDocument(0.5, "config"),
                    null,
                    null);
            TrainingRecord training =
                    ended(post("key" + seed, request).getBody().id());
            named = training.state() == JobState.FAILED
                    && training.failure().contains("no frame of the training part has S");
        }
        assertThat(named).isTrue();
    }

    @Test
    void whatCannotGoTogetherIsRefused() {
        TrainingRequest request = new TrainingRequest(
                "crystals",
                1,
                1,
                SMALL,
                List.of(4),
                null,
                1,
                null,
                new ValidationDocument(0.0, null, 0.7),
                null,
                null,
                "lbfgs",
                2,
                0,
                new TrainingRequest.FramesDocument(-1.0, null),
                null);
        assertThat(posted("key", request, ProblemDocument.class).getBody().errors())
                .extracting(error -> error.pointer())
                .containsExactlyInAnyOrder(
                        "/loss",
                        "/validation/calibration",
                        "/patience",
                        "/validation/fraction",
                        "/frames/energyWindow");
    }

    @Test
    void everyEpochIsAnEventOnceAndInOrder() {
        String id = ended(post("key", small(1, 5)).getBody().id()).id();
        String events = member.get()
                .uri("/v1/trainings/{id}/events", id)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .retrieve()
                .body(String.class);
        assertThat(events.lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: epoch", "event: epoch", "event: epoch", "event: epoch", "event: epoch", "event: ended");
        assertThat(events.lines().filter(line -> line.startsWith("id: ")))
                .containsExactly("id: 1", "id: 2", "id: 3", "id: 4", "id: 5", "id: 6");
        String rest = member.get()
                .uri("/v1/trainings/{id}/events", id)
                .header("Last-Event-ID", "5")
                .retrieve()
                .body(String.class);
        assertThat(rest).startsWith("id: 6\nevent: ended\n");
        assertThat(member.get()
                        .uri("/v1/trainings/{id}/events", id)
                        .header("Last-Event-ID", "the last")
                        .retrieve()
                        .toEntity(ProblemDocument.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(422);
    }

    @Test
    void theSameKeyMakesOneTraining() {
        TrainingRecord first = post("key", small(1, 1)).getBody();
        assertThat(post("key", small(1, 1)).getBody().id()).isEqualTo(first.id());
        ResponseEntity<ProblemDocument> refusal = posted("key", small(1, 2), ProblemDocument.class);
        assertThat(refusal.getStatusCode().value()).isEqualTo(422);
        assertThat(refusal.getBody().type()).hasToString("/problems/idempotency-key-reused");
        RestClient other = service.member(TokensForTests.newProject());
        assertThat(post(other, "key", small(1, 1), TrainingRecord.class)
                        .getBody()
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    void aRequestThatCannotBeCarriedOutNamesEveryFieldAndValue() {
        TrainingRequest bad = new TrainingRequest(
                "crystals",
                0,
                1,
                new DescriptorDocument("rich", List.of("Li", "S"), -4, 4, 3, 2),
                List.of(15, 0),
                new TrainingRequest.LossDocument(-1.0, null, null),
                0,
                -2e-3,
                new ValidationDocument(0.7, null),
                new RepulsionDocument(80, Map.of("Li-P", 2.0)),
                null);
        ResponseEntity<ProblemDocument> refusal = posted("key", bad, ProblemDocument.class);
        assertThat(refusal.getStatusCode().value()).isEqualTo(422);
        assertThat(refusal.getBody().errors())
                .extracting(error -> error.pointer())
                .containsExactly(
                        "/members",
                        "/epochs",
                        "/descriptor",
                        "/hiddenLayers/1",
                        "/loss",
                        "/learningRate",
                        "/validation/fraction",
                        "/repulsion");
        assertThat(refusal.getBody().errors().get(2).detail())
                .contains("radial cutoff must be positive")
                .contains("-4");
    }

    @Test
    void aDescriptorThatDoesNotFitTheDatasetIsRefused() {
        DescriptorDocument descriptor = new DescriptorDocument("rich", List.of("Li", "P"), 4, 4, 3, 2);
        ResponseEntity<ProblemDocument> refusal = posted(
                "key",
                new TrainingRequest("crystals", 1, 1, descriptor, null, null, 1, null, null, null, null),
                ProblemDocument.class);
        assertThat(refusal.getStatusCode().value()).isEqualTo(422);
        assertThat(refusal.getBody().errors())
                .extracting(error -> error.detail())
                .containsExactly("the dataset has S", "no label of the dataset has P");
    }

    @Test
    void aDatasetThatIsNotThereIsToldInTheOtherServicesWords() {
        ResponseEntity<ProblemDocument> refusal = posted(
                "key",
                new TrainingRequest("nowhere@3", 1, 1, null, null, null, 1, null, null, null, null),
                ProblemDocument.class);
        assertThat(refusal.getStatusCode().value()).isEqualTo(404);
    }

    @Test
    void aSingleLabelIsTooFew() {
        STRUCTURES.dataset("single", LabelledCrystals.frames(1, 1));
        ResponseEntity<ProblemDocument> refusal = posted("key", small("single", null), ProblemDocument.class);
        assertThat(refusal.getStatusCode().value()).isEqualTo(422);
        assertThat(refusal.getBody().errors().getFirst().detail()).contains("at least 2 labels");
    }

    @Test
    void aLabelThatIsNotANumberFailsTheTrainingByName() {
        STRUCTURES.dataset(
                "broken", "1\nlabel=label-1 energy=NaN pbc=\"F F F\"\nLi 0 0 0\n".repeat(2), 2, 2, List.of("Li", "S"));
        TrainingRecord training =
                ended(post("key", small("broken", null)).getBody().id());
        assertThat(training.state()).isEqualTo(JobState.FAILED);
        assertThat(training.failure()).contains("frame 1").contains("energy").contains("NaN");
        assertThat(training.potential()).isNull();
    }

    @Test
    void overlappingAtomsFailTheTrainingByName() {
        STRUCTURES.dataset(
                "overlap",
                "2\nlabel=label-7 energy=1 pbc=\"F F F\"\nLi 0 0 0\nS 0 0 0.1\n".repeat(2),
                2,
                4,
                List.of("Li", "S"));
        TrainingRecord training =
                ended(post("key", small("overlap", null)).getBody().id());
        assertThat(training.failure()).startsWith("label-7").contains("atoms 1 and 2 are 0.1000 Å apart");
    }

    @Test
    void aLossOfWhatNoLabelHasFailsTheTraining() {
        STRUCTURES.dataset(
                "energies",
                LabelledCrystals.frames(4, 3).stream()
                        .map(frame -> Frame.of(frame.structure())
                                .withEnergy(frame.energy().getAsDouble()))
                        .toList());
        TrainingRequest forcesOnly = new TrainingRequest(
                "energies",
                1,
                11,
                SMALL,
                List.of(4),
                new TrainingRequest.LossDocument(0.0, 1.0, 0.0),
                1,
                null,
                null,
                null,
                null);
        TrainingRecord failed = ended(post("forces", forcesOnly).getBody().id());
        assertThat(failed.failure()).contains("no label has the forces").contains("loss.energy");
        TrainingRecord onEnergies =
                ended(post("key", small("energies", null)).getBody().id());
        assertThat(onEnergies.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(onEnergies.errors().getFirst().trainingForce()).isNull();
    }

    @Test
    void aMissingGroupKeyFailsTheTrainingByName() {
        TrainingRecord training = ended(post("key", small("crystals", new ValidationDocument(0.25, "recipe")))
                .getBody()
                .id());
        assertThat(training.failure()).contains("no attribute 'recipe'").contains("config");
    }

    @Test
    void aWishToCancelEndsTheTraining() {
        String id = post("key", small(1, 1_000_000)).getBody().id();
        member.post().uri("/v1/trainings/{id}/cancel", id).retrieve().toBodilessEntity();
        TrainingRecord training = ended(id);
        assertThat(training.state()).isEqualTo(JobState.CANCELLED);
        assertThat(training.potential()).isNull();
    }

    @Test
    void aTrainingGoesOnFromAnotherPotential() {
        TrainingRecord first = ended(post("key", small(2, 10)).getBody().id());
        TrainingRequest warm =
                new TrainingRequest("crystals", null, 5, null, null, null, 3, 1e-4, null, null, first.potential());
        TrainingRecord second = ended(post("warm", warm).getBody().id());
        assertThat(second.failure()).isNull();
        assertThat(second.request().members()).isEqualTo(2);
        assertThat(second.request().descriptor()).isEqualTo(SMALL);
        assertThat(second.request().hiddenLayers()).containsExactly(6, 5);
        assertThat(second.potential()).isNotEqualTo(first.potential());
        assertThat(errors(second.id()).getFirst().trainingForce())
                .isLessThan(errors(first.id()).getFirst().trainingForce() / 2);
        TrainingRequest misfit =
                new TrainingRequest("crystals", 3, 5, null, List.of(7), null, 3, 1e-4, null, null, first.potential());
        assertThat(posted("misfit", misfit, ProblemDocument.class).getBody().errors())
                .extracting(error -> error.pointer())
                .containsExactly("/members", "/hiddenLayers");
    }

    @Test
    void aServiceThatIsAwayIsWaitedFor() throws InterruptedException {
        String id;
        try {
            id = post("key", small(1, 1)).getBody().id();
            STRUCTURES.away(true);
            Thread.sleep(200);
        } finally {
            STRUCTURES.away(false);
        }
        assertThat(ended(id).state()).isEqualTo(JobState.SUCCEEDED);
        STRUCTURES.away(true);
        try {
            assertThat(posted("other", small(1, 1), ProblemDocument.class)
                            .getStatusCode()
                            .value())
                    .isEqualTo(502);
        } finally {
            STRUCTURES.away(false);
        }
    }

    @Test
    void aProjectSeesItsOwnTrainingsOnly() {
        TrainingRecord mine = ended(post("key", small(1, 1)).getBody().id());
        RestClient other = service.member(TokensForTests.newProject());
        for (String path : List.of(
                "/v1/trainings/" + mine.id(),
                "/v1/trainings/" + mine.id() + "/errors",
                "/v1/trainings/" + mine.id() + "/events",
                "/v1/potentials/" + mine.potential(),
                "/v1/trainings/training-" + UUID.randomUUID(),
                "/v1/trainings/nonsense")) {
            assertThat(other.get()
                            .uri(path)
                            .retrieve()
                            .toEntity(ProblemDocument.class)
                            .getStatusCode()
                            .value())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(other.post()
                        .uri("/v1/trainings/{id}/cancel", mine.id())
                        .retrieve()
                        .toEntity(ProblemDocument.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(page(other, "/v1/trainings").items()).isEmpty();
        assertThat(potentials(other).items()).isEmpty();
        assertThat(potentials(member).items()).hasSize(1);
    }

    @Test
    void trainingsAreListedNewestFirstPageByPage() {
        List<String> ids = List.of("a", "b", "c").stream()
                .map(key -> post(key, small(1, 1)).getBody().id())
                .toList();
        Page<TrainingRecord> first = page(member, "/v1/trainings?limit=2");
        assertThat(first.items()).extracting(TrainingRecord::id).containsExactly(ids.get(2), ids.get(1));
        Page<TrainingRecord> second = page(member, "/v1/trainings?limit=2&cursor=" + first.next());
        assertThat(second.items()).extracting(TrainingRecord::id).containsExactly(ids.getFirst());
        assertThat(second.next()).isNull();
        assertThat(member.get()
                        .uri("/v1/trainings?cursor=x")
                        .retrieve()
                        .toEntity(ProblemDocument.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(422);
    }

    private static TrainingRequest small(int members, int epochs) {
        return new TrainingRequest(
                "crystals",
                members,
                11,
                SMALL,
                List.of(6, 5),
                null,
                epochs,
                5e-3,
                new ValidationDocument(0.25, "config"),
                null,
                null);
    }

    private static TrainingRequest small(String dataset, ValidationDocument validation) {
        return new TrainingRequest(dataset, 1, 11, SMALL, List.of(4), null, 1, null, validation, null, null);
    }

    private ResponseEntity<TrainingRecord> post(String key, TrainingRequest request) {
        return posted(key, request, TrainingRecord.class);
    }

    private <T> ResponseEntity<T> posted(String key, TrainingRequest request, Class<T> answer) {
        return post(member, key, request, answer);
    }

    private static <T> ResponseEntity<T> post(RestClient client, String key, TrainingRequest request, Class<T> answer) {
        return client.post()
                .uri("/v1/trainings")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .retrieve()
                .toEntity(answer);
    }

    private TrainingRecord ended(String id) {
        TrainingRecord training =
                member.get().uri("/v1/trainings/{id}?wait=25s", id).retrieve().body(TrainingRecord.class);
        assertThat(training.state().ended()).as("%s", training).isTrue();
        return training;
    }

    private List<EpochErrors> errors(String id) {
        return member.get()
                .uri("/v1/trainings/{id}/errors", id)
                .retrieve()
                .body(new ParameterizedTypeReference<List<EpochErrors>>() {});
    }

    private static Page<TrainingRecord> page(RestClient client, String path) {
        return client.get().uri(path).retrieve().body(new ParameterizedTypeReference<Page<TrainingRecord>>() {});
    }

    private static Page<PotentialRecord> potentials(RestClient client) {
        return client.get()
                .uri("/v1/potentials")
                .retrieve()
                .body(new ParameterizedTypeReference<Page<PotentialRecord>>() {});
    }
}
