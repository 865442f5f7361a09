package org.glassmap.potentials.potentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.access.Scope;
import org.glassmap.contract.pages.Page;
import org.glassmap.contract.potentials.Comparison;
import org.glassmap.contract.potentials.ComparisonRequest;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.contract.potentials.Prediction;
import org.glassmap.contract.potentials.PredictionRequest;
import org.glassmap.contract.problems.ProblemDocument;
import org.glassmap.contract.problems.ProblemError;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.Activation;
import org.glassmap.core.learning.AenetPotential;
import org.glassmap.core.learning.AenetPotentialFile;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.CommitteePrediction;
import org.glassmap.core.learning.DescriptorCalculator;
import org.glassmap.core.learning.Kernel;
import org.glassmap.core.learning.NetworkPotential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.ResolvedChebyshev;
import org.glassmap.core.learning.SamplePotentials;
import org.glassmap.core.learning.WeightedChebyshev;
import org.glassmap.potentials.LabelledCrystals;
import org.glassmap.potentials.PotentialServiceForTests;
import org.glassmap.potentials.StructureServiceStandIn;
import org.glassmap.support.identity.Caller;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NullUnmarked
@Timeout(60)
class PotentialsTest {

    private static final StructureServiceStandIn STRUCTURES = new StructureServiceStandIn();
    private static final CommitteePotential COMMITTEE =
            SamplePotentials.committee(new ResolvedChebyshev(4, 4, 3, 2, SamplePotentials.LPS), 3, 17);
    private static final NetworkPotential AENET = SamplePotentials.random(
            new WeightedChebyshev(5, 6, 3, 3, SamplePotentials.LPS), List.of(5, 5), Activation.TWIST, 3);
    private static final MediaType XYZ = MediaType.parseMediaType("chemical/x-extxyz");

    private static PotentialServiceForTests service;

    private final ProjectId project = TokensForTests.newProject();
    private final RestClient member = service.member(project);

    @BeforeAll
    static void start() {
        service = PotentialServiceForTests.start(TestDatabase.fresh("potential"), STRUCTURES.address());
    }

    @AfterAll
    static void stop() {
        service.close();
        STRUCTURES.close();
    }

    @Test
    void aDocumentIsTakenUnderTheHashOfItsBytes() {
        PotentialDocument document = PotentialDocument.of(COMMITTEE);
        ResponseEntity<PotentialRecord> answer = post(member, document.bytes(), PotentialRecord.class);
        assertThat(answer.getStatusCode().value()).isEqualTo(201);
        PotentialRecord record = answer.getBody();
        assertThat(answer.getHeaders().getLocation()).hasToString("/v1/potentials/" + record.id());
        assertThat(record.id()).isEqualTo("potential-" + document.id());
        assertThat(record.artifact()).isEqualTo("artifact-" + document.id());
        assertThat(record.members()).isEqualTo(3);
        assertThat(record.species()).containsExactly("Li", "P", "S");
        assertThat(record.cutoff()).isEqualTo(4);
        assertThat(record.training()).isNull();
        assertThat(STRUCTURES.artifacts().get(record.artifact())).isEqualTo(document.bytes());
    }

    @Test
    void takenTwiceItIsListedOnceAndFoundByTheBeginningOfItsId() {
        String id = imported(COMMITTEE);
        assertThat(imported(COMMITTEE)).isEqualTo(id);
        imported(AENET);
        Page<PotentialRecord> first = page("/v1/potentials?limit=1");
        Page<PotentialRecord> second = page("/v1/potentials?limit=1&cursor=" + first.next());
        assertThat(first.items()).hasSize(1);
        assertThat(second.items()).extracting(PotentialRecord::id).containsExactly(id);
        assertThat(second.next()).isNull();
        assertThat(member.get()
                        .uri("/v1/potentials/{id}", id.substring(0, 22))
                        .retrieve()
                        .body(PotentialRecord.class)
                        .id())
                .isEqualTo(id);
    }

    @Test
    void aenetsFilesAreTakenOnePerSpeciesInAZip() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            int number = 0;
            for (AenetPotential file : AenetPotential.of(AENET)) {
                entries.putNextEntry(new ZipEntry("network-" + number));
                entries.write(
                        number++ % 2 == 0
                                ? AenetPotentialFile.binary(file)
                                : AenetPotentialFile.text(file).getBytes(StandardCharsets.US_ASCII));
            }
        }
        PotentialRecord record =
                post(member, zip.toByteArray(), PotentialRecord.class).getBody();
        Structure crystal = LabelledCrystals.antifluorite(5.7);
        Prediction prediction = predict(record.id(), new PredictionRequest(List.of(document(crystal)), null))
                .getFirst();
        assertThat(prediction.energy()).isCloseTo(AENET.calculator().energy(crystal), within(1e-9));
        assertThat(prediction.energySpread()).isNull();
    }

    @Test
    void whatIsTakenOutForLammpsIsTakenInAgain() throws IOException {
        String id = imported(AENET);
        byte[] zip = files(id, MediaType.parseMediaType("application/zip"), byte[].class)
                .getBody();
        List<String> names = new ArrayList<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names).containsExactly("Li.nn", "P.nn", "S.nn", "lammps.txt");
        assertThat(files(id, MediaType.TEXT_PLAIN, String.class).getBody())
                .contains("pair_style      aenet\npair_coeff      * * v00 Li P S nn Li P S\n");
        assertThat(member.get()
                        .uri("/v1/potentials/{id}/files", id)
                        .accept(MediaType.ALL)
                        .retrieve()
                        .body(byte[].class))
                .isEqualTo(zip);
        String again = post(member, zip, PotentialRecord.class).getBody().id();
        Structure crystal = LabelledCrystals.antifluorite(5.7);
        assertThat(predict(again, new PredictionRequest(List.of(document(crystal)), null))
                        .getFirst()
                        .energy())
                .isCloseTo(AENET.calculator().energy(crystal), within(1e-9));
    }

    @Test
    void aCommitteeIsTakenOutMemberByMemberAndARichOneNotAtAll() {
        String committee = imported(new CommitteePotential(List.of(AENET, AENET)));
        assertThat(files(committee, MediaType.TEXT_PLAIN, ProblemDocument.class)
                        .getBody()
                        .errors()
                        .getFirst()
                        .detail())
                .contains("one member");
        assertThat(files(committee + "/files?member=2", MediaType.TEXT_PLAIN, String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        assertThat(files(imported(COMMITTEE) + "/files?member=1", MediaType.TEXT_PLAIN, ProblemDocument.class)
                        .getBody()
                        .errors()
                        .getFirst()
                        .detail())
                .contains("pair repulsion");
    }

    @Test
    void aFileUnderTheNameOfAnotherElementIsRefused() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            for (String name : List.of("P.nn", "Li.nn", "S.nn")) {
                entries.putNextEntry(new ZipEntry(name));
                entries.write(AenetPotentialFile.binary(AenetPotential.of(AENET)
                        .get(List.of("P.nn", "Li.nn", "S.nn").indexOf(name))));
            }
        }
        assertThat(refused(zip.toByteArray()).errors().getFirst().detail()).contains("holds the network of Li");
    }

    @Test
    void theVersionOfAenetIsOneOfTwo() {
        ResponseEntity<ProblemDocument> answer = member.post()
                .uri("/v1/potentials?aenet=1.0")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(new byte[] {4, 0, 0, 0})
                .retrieve()
                .toEntity(ProblemDocument.class);
        assertThat(answer.getStatusCode().value()).isEqualTo(422);
        assertThat(answer.getBody().errors().getFirst().detail()).contains("2.0.3");
    }

    private <T> ResponseEntity<T> files(String id, MediaType accept, Class<T> answer) {
        return member.get()
                .uri("/v1/potentials/" + (id.contains("/") ? id : id + "/files"))
                .accept(accept)
                .retrieve()
                .toEntity(answer);
    }

    @Test
    void aFileCutAnywhereOrOfNoKindIsRefusedByItsPlace() throws IOException {
        byte[] whole = PotentialDocument.of(COMMITTEE).bytes();
        SplittableRandom random = new SplittableRandom(5);
        for (int k = 0; k < 20; k++) {
            ProblemDocument problem = refused(Arrays.copyOf(whole, random.nextInt(whole.length)));
            assertThat(problem.errors().getFirst().detail()).matches("(line|byte) \\d+: .*");
        }
        byte[] noise = new byte[1000];
        new Random(3).nextBytes(noise);
        refused(noise);
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            entries.putNextEntry(new ZipEntry("Li.nn"));
            entries.write(noise);
        }
        assertThat(refused(zip.toByteArray()).errors().getFirst().detail()).startsWith("Li.nn: ");
        refused(Arrays.copyOf(zip.toByteArray(), 60));
    }

    @Test
    void predictionsAreTheCommittees() {
        String id = imported(COMMITTEE);
        Structure crystal = LabelledCrystals.rattled(new SplittableRandom(1));
        STRUCTURES.structure("structure-1", document(crystal));
        CommitteePrediction expected = COMMITTEE.calculator().predict(crystal);
        Evaluation mean = expected.mean();
        for (PredictionRequest request : List.of(
                new PredictionRequest(List.of(document(crystal), document(crystal)), null),
                new PredictionRequest(null, List.of("structure-1", "structure-1")))) {
            List<Prediction> predictions = predict(id, request);
            assertThat(predictions).hasSize(2);
            Prediction prediction = predictions.getLast();
            assertThat(prediction.energy()).isEqualTo(mean.energy());
            assertThat(prediction.forces()[11][2]).isEqualTo(mean.forces()[35]);
            assertThat(prediction.stress()[1][2])
                    .isEqualTo(mean.stress(crystal.cell().volume())[5]);
            assertThat(prediction.energySpread()).isEqualTo(expected.energySpread() / 12);
        }
    }

    @Test
    void structuresThatCannotBePredictedAreNamedEachWithItsReason() {
        String id = imported(COMMITTEE);
        StructureDocument good = document(LabelledCrystals.antifluorite(5.7));
        StructureDocument unknown = new StructureDocument(List.of("Fe"), null, null, new double[][] {{0, 0, 0}});
        StructureDocument overlap =
                new StructureDocument(List.of("Li", "S"), null, null, new double[][] {{0, 0, 0}, {0, 0, 0.2}});
        StructureDocument short1 = new StructureDocument(List.of("Li", "S"), null, null, new double[][] {{0, 0, 0}});
        ProblemDocument problem = predicted(
                        id,
                        new PredictionRequest(List.of(good, unknown, overlap, short1), null),
                        new ParameterizedTypeReference<ProblemDocument>() {})
                .getBody();
        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.errors())
                .extracting(ProblemError::pointer)
                .containsExactly("/structures/1/species", "/structures/2/positions", "/structures/3/positions");
        assertThat(problem.errors().getFirst().detail()).contains("Fe").contains("[Li, P, S]");
        assertThat(problem.errors().get(1).detail()).contains("0.2000 Å apart");
        assertThat(predicted(
                                id,
                                new PredictionRequest(null, null),
                                new ParameterizedTypeReference<ProblemDocument>() {})
                        .getStatusCode()
                        .value())
                .isEqualTo(422);
    }

    @Test
    void manyFramesAreStreamedAndEachBadOneAnsweredWithItsReason() throws IOException {
        String id = imported(COMMITTEE);
        List<Frame> frames = LabelledCrystals.frames(3, 9);
        StringBuilder text = new StringBuilder();
        ExtendedXyz.write(frames.get(0), text);
        text.append("1\nProperties=species:S:1:pos:R:3\nFe 0 0 0\n1\nnonsense=1\nLi 0 0 x\n");
        ExtendedXyz.write(frames.get(2), text);

        String lines = stream(id, text.toString(), MediaType.APPLICATION_NDJSON);
        JsonMapper json = JsonMapper.builder().build();
        List<JsonNode> answers = lines.lines().map(json::readTree).toList();
        assertThat(answers).hasSize(4);
        assertThat(answers.get(0).get("prediction").get("energy").asDouble()).isEqualTo(energy(frames.get(0)));
        assertThat(answers.get(1).get("error").get("detail").asString()).contains("Fe");
        assertThat(answers.get(2).get("error").get("line").asInt()).isPositive();
        assertThat(answers.get(3).get("index").asInt()).isEqualTo(3);
        assertThat(answers.get(3).get("prediction").get("energy").asDouble()).isEqualTo(energy(frames.get(2)));

        List<Frame> back = ExtendedXyz.reader(new ByteArrayInputStream(
                        stream(id, text.toString(), XYZ).getBytes(StandardCharsets.UTF_8)))
                .frames();
        assertThat(back).extracting(frame -> frame.metadata().get("frame")).containsExactly("1", "2", "4");
        assertThat(back.get(0).energy().getAsDouble()).isEqualTo(energy(frames.get(0)));
        assertThat(back.get(0).metadata()).containsKeys("config", "energy_spread_uncalibrated");
        assertThat(back.get(0).metadata()).containsEntry("kernel", Kernel.best().id());
        assertThat(back.get(1).energy()).isEmpty();
        assertThat(back.get(1).metadata().get("refused")).contains("Fe");
    }

    @Test
    void aStreamOfAnyLengthNeedsTheMemoryOfOneFrame() throws IOException {
        String id = imported(COMMITTEE);
        String frame = "1\nProperties=species:S:1:pos:R:3 key=%s\nLi 0 0 0\n".formatted("x".repeat(100_000));
        int frames = 3_000; // 300 MB through the door; answers of a few bytes each
        long before = usedMemory();
        long[] most = new long[1];
        long lines = member.post()
                .uri("/v1/potentials/{id}/predictions", id)
                .contentType(XYZ)
                .accept(MediaType.APPLICATION_NDJSON)
                .body(out -> {
                    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
                    for (int k = 0; k < frames; k++) {
                        out.write(bytes);
                        if (k % 500 == 0) {
                            most[0] = Math.max(most[0], usedMemory());
                        }
                    }
                })
                .exchange((request, response) -> {
                    try (InputStream in = response.getBody()) {
                        return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .count();
                    }
                });
        assertThat(lines).isEqualTo(frames);
        assertThat(most[0] - before).isLessThan(100 << 20);
    }

    @Test
    void whatIsAskedForIsAnsweredAndNothingElse() {
        String id = imported(COMMITTEE);
        Structure crystal = LabelledCrystals.rattled(new SplittableRandom(4));
        PredictionRequest request = new PredictionRequest(List.of(document(crystal)), null);
        Prediction energyAlone =
                predict(id + "/predictions?quantities=energy", request).getFirst();
        assertThat(energyAlone.energy())
                .isEqualTo(COMMITTEE.calculator().predict(crystal).mean().energy());
        assertThat(energyAlone.forces()).isNull();
        assertThat(energyAlone.stress()).isNull();
        assertThat(energyAlone.energySpread()).isNull();
        Prediction atoms = predict(id + "/predictions?quantities=spread,atomic-energies", request)
                .getFirst();
        assertThat(Arrays.stream(atoms.atomicEnergies()).sum()).isCloseTo(atoms.energy(), within(1e-9));
        assertThat(atoms.energySpread()).isPositive();
        ProblemDocument problem = predicted(
                        id + "/predictions?quantities=charge",
                        request,
                        new ParameterizedTypeReference<ProblemDocument>() {})
                .getBody();
        assertThat(problem.errors().getFirst().parameter()).isEqualTo("quantities");
        assertThat(problem.errors().getFirst().value()).isEqualTo("charge");
    }

    @Test
    void aComparisonNeedsADataset() {
        ResponseEntity<ProblemDocument> refused = member.post()
                .uri("/v1/potentials/{id}/comparisons", imported(COMMITTEE))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{}")
                .retrieve()
                .toEntity(ProblemDocument.class);
        assertThat(refused.getStatusCode().value()).isEqualTo(422);
        assertThat(refused.getBody().errors().getFirst().pointer()).isEqualTo("/dataset");
    }

    @Test
    void descriptorsAreToldOfEveryAtomInLinesOfJsonAndNotInFrames() throws Exception {
        String id = imported(COMMITTEE);
        Structure crystal = LabelledCrystals.rattled(new SplittableRandom(4));
        PredictionRequest request = new PredictionRequest(List.of(document(crystal)), null);
        Prediction prediction = predict(id + "/predictions?quantities=energy,descriptors", request)
                .getFirst();
        NetworkPotential member = COMMITTEE.members().getFirst();
        assertThat(prediction.descriptors())
                .isDeepEqualTo(new DescriptorCalculator(
                                member.network(crystal.species(0)).descriptor())
                        .features(crystal));
        assertThat(prediction.forces()).isNull();
        StringBuilder frame = new StringBuilder();
        ExtendedXyz.write(Frame.of(crystal), frame);
        ResponseEntity<ProblemDocument> refused = this.member
                .post()
                .uri("/v1/potentials/{id}/predictions?quantities=descriptors", id)
                .contentType(XYZ)
                .accept(XYZ, MediaType.APPLICATION_PROBLEM_JSON)
                .body(frame.toString())
                .retrieve()
                .toEntity(ProblemDocument.class);
        assertThat(refused.getStatusCode().value()).isEqualTo(422);
        assertThat(refused.getBody().errors().getFirst().remedy()).contains("application/x-ndjson");
    }

    @Test
    void linesOfJsonArePredictedLikeFramesAndABadOneIsNamed() {
        String id = imported(COMMITTEE);
        JsonMapper json = JsonMapper.builder().build();
        Structure crystal = LabelledCrystals.rattled(new SplittableRandom(6));
        String line = json.writeValueAsString(document(crystal));
        String said = new String(
                member.post()
                        .uri("/v1/potentials/{id}/predictions?quantities=energy", id)
                        .contentType(MediaType.APPLICATION_NDJSON)
                        .accept(MediaType.APPLICATION_NDJSON)
                        .body(line + "\n\n{\"species\": 3}\nnull\n{\"species\": [\"Fe\"], \"positions\": [[0, 0, 0]]}\n"
                                + line)
                        .retrieve()
                        .body(byte[].class),
                StandardCharsets.UTF_8);
        List<JsonNode> answers = said.lines().map(json::readTree).toList();
        assertThat(answers).hasSize(5);
        double energy = COMMITTEE.calculator().predict(crystal).mean().energy();
        assertThat(answers.get(0).at("/prediction/energy").asDouble()).isEqualTo(energy);
        assertThat(answers.get(0).get("prediction").propertyNames())
                .containsExactlyInAnyOrder("energy", "calibrated", "kernel");
        assertThat(answers.get(0).at("/prediction/kernel").asString())
                .isEqualTo(Kernel.best().id());
        assertThat(answers.get(1).at("/error/line").asInt()).isEqualTo(3);
        assertThat(answers.get(2).at("/error/field").asString()).isEqualTo("JSON");
        assertThat(answers.get(3).at("/error/detail").asString()).contains("Fe");
        assertThat(answers.get(4).at("/prediction/energy").asDouble()).isEqualTo(energy);
    }

    @Test
    void aReaderMayAskAndMayNotBring() {
        String id = imported(COMMITTEE);
        RestClient reader = member.mutate()
                .defaultHeader(
                        "Authorization",
                        "Bearer " + TokensForTests.of(new Caller("grace", project, Set.of(Scope.READ))))
                .build();
        assertThat(reader.post()
                        .uri("/v1/potentials/{id}/predictions", id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(new PredictionRequest(List.of(document(LabelledCrystals.antifluorite(5.7))), null))
                        .retrieve()
                        .toBodilessEntity()
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        assertThat(post(reader, PotentialDocument.of(AENET).bytes(), ProblemDocument.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
    }

    @Test
    void twoPotentialsAreHeldAgainstTheSameLabels() {
        String first = imported(COMMITTEE);
        String second = imported(AENET);
        List<Frame> frames = LabelledCrystals.frames(12, 3);
        String dataset = STRUCTURES.dataset("compared", frames).id();
        Comparison comparison = member.post()
                .uri("/v1/potentials/{id}/comparisons", first)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ComparisonRequest(dataset, second, "config"))
                .retrieve()
                .body(Comparison.class);
        assertThat(comparison.kernel()).isEqualTo(Kernel.best().id());
        assertThat(comparison.potentials())
                .extracting(Comparison.Judged::potential)
                .containsExactly(first, second);
        double squares = 0;
        double difference = 0;
        double worst = 0;
        for (Frame frame : frames) {
            int n = frame.structure().size();
            double error = (energy(frame) - frame.energy().getAsDouble()) / n;
            double other = AENET.calculator().energy(frame.structure());
            squares += error * error;
            worst = Math.max(worst, Math.abs(error));
            difference += Math.pow((energy(frame) - other) / n, 2);
        }
        Comparison.Judged judged = comparison.potentials().getFirst();
        assertThat(judged.errors().frames()).isEqualTo(12);
        assertThat(judged.errors().energy()).isCloseTo(Math.sqrt(squares / 12), within(1e-9));
        assertThat(comparison.difference().energy()).isCloseTo(Math.sqrt(difference / 12), within(1e-9));
        assertThat(judged.worst()).hasSize(10);
        assertThat(Math.abs(judged.worst().getFirst().energyError())).isCloseTo(worst, within(1e-9));
        assertThat(judged.groups().values().stream()
                        .mapToInt(Comparison.Errors::frames)
                        .sum())
                .isEqualTo(12);
    }

    @Test
    void aProjectPredictsWithItsOwnPotentialsOnly() {
        String id = imported(COMMITTEE);
        RestClient other = service.member(TokensForTests.newProject());
        assertThat(other.post()
                        .uri("/v1/potentials/{id}/predictions", id)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(new PredictionRequest(List.of(), null))
                        .retrieve()
                        .toEntity(ProblemDocument.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(other.get()
                        .uri("/v1/potentials/{id}", id)
                        .retrieve()
                        .toEntity(ProblemDocument.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double energy(Frame frame) {
        return COMMITTEE.calculator().predict(frame.structure()).mean().energy();
    }

    private String imported(org.glassmap.core.learning.LearntPotential potential) {
        return post(member, PotentialDocument.of(potential).bytes(), PotentialRecord.class)
                .getBody()
                .id();
    }

    private ProblemDocument refused(byte[] bytes) {
        ResponseEntity<ProblemDocument> answer = post(member, bytes, ProblemDocument.class);
        assertThat(answer.getStatusCode().value()).isEqualTo(422);
        return answer.getBody();
    }

    private static <T> ResponseEntity<T> post(RestClient client, byte[] bytes, Class<T> answer) {
        return client.post()
                .uri("/v1/potentials")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(bytes)
                .retrieve()
                .toEntity(answer);
    }

    private List<Prediction> predict(String id, PredictionRequest request) {
        return predicted(id, request, new ParameterizedTypeReference<List<Prediction>>() {})
                .getBody();
    }

    private <T> ResponseEntity<T> predicted(
            String id, PredictionRequest request, ParameterizedTypeReference<T> answer) {
        return member.post()
                .uri("/v1/potentials/" + (id.contains("/") ? id : id + "/predictions"))
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.APPLICATION_JSON)
                .body(request)
                .retrieve()
                .toEntity(answer);
    }

    private String stream(String id, String frames, MediaType accept) {
        return new String(
                member.post()
                        .uri("/v1/potentials/{id}/predictions", id)
                        .contentType(XYZ)
                        .accept(accept)
                        .body(frames)
                        .retrieve()
                        .body(byte[].class),
                StandardCharsets.UTF_8);
    }

    private Page<PotentialRecord> page(String path) {
        return member.get().uri(path).retrieve().body(new ParameterizedTypeReference<Page<PotentialRecord>>() {});
    }

    private static StructureDocument document(Structure structure) {
        double[] lattice = structure.cell().lattice();
        double[] positions = structure.positions();
        return new StructureDocument(
                structure.species().stream().map(species -> species.symbol()).toList(),
                rows(lattice),
                null,
                rows(positions));
    }

    private static double[][] rows(double[] flat) {
        double[][] rows = new double[flat.length / 3][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(flat, 3 * row, 3 * row + 3);
        }
        return rows;
    }
}
