package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.glassmap.contract.datasets.DatasetRequest;
import org.glassmap.contract.datasets.DatasetVersion;
import org.glassmap.contract.datasets.DatasetsApi;
import org.glassmap.contract.jobs.JobState;
import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.structures.ItemOutcome;
import org.glassmap.contract.trainings.TrainingRecord;
import org.glassmap.contract.trainings.TrainingRequest;
import org.glassmap.contract.trainings.TrainingRequest.DescriptorDocument;
import org.glassmap.contract.trainings.TrainingRequest.ValidationDocument;
import org.glassmap.contract.trainings.TrainingsApi;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Evaluation;
import org.glassmap.core.atoms.PairPotential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.gateway.GatewayApplication;
import org.glassmap.potentials.PotentialServiceApplication;
import org.glassmap.structures.StructureServiceApplication;
import org.glassmap.support.clients.ClientProperties;
import org.glassmap.support.clients.Clients;
import org.glassmap.support.postgresql.ServiceSchema;
import org.glassmap.support.postgresql.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** A training in a process of its own, through the gateway and the structure-service, under kill −9. */
@Timeout(600) // four JVMs start one after the other, beside whatever else a busy machine does
class TrainingKilledTest {

    private static final int EPOCHS = 90;
    private static final int MEMBERS = 2;
    private static final MediaType XYZ = MediaType.parseMediaType("chemical/x-extxyz");

    @TempDir
    Path folder;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Clients clients =
            new Clients(json, new ClientProperties(Duration.ofSeconds(60), Duration.ofMinutes(2)));
    private final List<ConfigurableApplicationContext> neighbours = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private URI gateway = URI.create("http://127.0.0.1");
    private String token = "";
    private int potentialPort;

    @BeforeEach
    void theGatewayAndTheStructureServiceStand() throws Exception {
        TestDatabase database = TestDatabase.fresh("access");
        try (var superuser = database.superuser()) {
            for (String schema : List.of("structure", "potential")) {
                new ServiceSchema(schema).grant(superuser, "of-" + schema);
            }
        }
        int[] ports = freePorts(4);
        gateway = URI.create("http://127.0.0.1:" + ports[0]);
        potentialPort = ports[3];
        settings.put("glassmap.database.url", database.url());
        settings.put("glassmap.identity.gateway", "http://127.0.0.1:" + ports[1]);
        settings.put("glassmap.identity.secret", "for-tests");
        settings.put("glassmap.access.inner-port", Integer.toString(ports[1]));
        settings.put(
                "glassmap.access.admin-token-file",
                folder.resolve("admin-token").toString());
        settings.put("glassmap.access.service-secrets.potential-service", "for-tests");
        settings.put("glassmap.artifacts.directory", folder.resolve("artifacts").toString());
        settings.put("glassmap.services.structure", "http://127.0.0.1:" + ports[2]);
        settings.put("glassmap.services.potential", "http://127.0.0.1:" + ports[3]);
        settings.put("glassmap.peers.structure", "http://127.0.0.1:" + ports[2]);
        neighbours.add(new SpringApplicationBuilder(GatewayApplication.class).run(arguments("access", ports[0])));
        neighbours.add(
                new SpringApplicationBuilder(StructureServiceApplication.class).run(arguments("structure", ports[2])));
        token = Files.readString(folder.resolve("admin-token")).strip();
    }

    @AfterEach
    void stop() {
        neighbours.reversed().forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void killedAtAnyMomentItGivesTheSameWeights() throws Exception {
        DatasetVersion dataset = dataset(15);
        SplittableRandom random = new SplittableRandom(41);
        TrainingsApi trainings = clients.client(TrainingsApi.class, gateway, () -> token);
        String id;
        try (Killable service = started(1)) {
            awaitDoor();
            id = trainings.post("killed", request(dataset)).id();
            awaitEpochs(trainings, id, 1 + random.nextInt(15));
            service.kill();
        }
        for (int kill = 1; kill <= 2; kill++) {
            try (Killable service = started(kill + 1)) {
                awaitEpochs(trainings, id, 25 * kill + random.nextInt(15));
                service.kill();
            }
        }
        try (Killable service = started(2)) {
            TrainingRecord killed = ended(trainings, id);
            assertThat(killed.failure()).isNull();
            assertThat(killed.state()).isEqualTo(JobState.SUCCEEDED);
            TrainingRecord undisturbed = ended(
                    trainings, trainings.post("undisturbed", request(dataset)).id());
            assertThat(killed.potential()).isNotNull().isEqualTo(undisturbed.potential());
            assertThat(trainings.errors(id)).hasSize(MEMBERS * EPOCHS).isEqualTo(trainings.errors(undisturbed.id()));
            assertThatTheArtifactIsThePotential(Objects.requireNonNull(killed.potential()));
            assertThat(service.process().isAlive()).isTrue();
        }
    }

    private void assertThatTheArtifactIsThePotential(String potential) {
        byte[] file = Objects.requireNonNull(rest().get()
                .uri("/v1/artifacts/{id}", potential.replace("potential-", "artifact-"))
                .retrieve()
                .body(byte[].class));
        PotentialDocument document = PotentialDocument.read(file);
        assertThat("potential-" + document.id()).isEqualTo(potential);
        assertThat(document.potential().members()).hasSize(MEMBERS);
    }

    private static TrainingRequest request(DatasetVersion dataset) {
        return new TrainingRequest(
                dataset.name() + "@" + dataset.version(),
                MEMBERS,
                8,
                new DescriptorDocument("rich", List.of("Li", "S"), 5, 8, 3.5, 4),
                List.of(12, 12),
                null,
                EPOCHS,
                null,
                new ValidationDocument(0.25, "config"),
                null,
                null);
    }

    private DatasetVersion dataset(int frames) throws IOException {
        String method = clients.client(MethodsApi.class, gateway, () -> token)
                .post(new MethodDocument("stated", "static", Map.of("levelOfTheory", "pairs")))
                .id();
        String answer = Objects.requireNonNull(rest().post()
                .uri("/v1/labels?method={method}&name=crystals.xyz", method)
                .contentType(XYZ)
                .accept(MediaType.APPLICATION_NDJSON)
                .body(crystals(frames).getBytes(StandardCharsets.UTF_8))
                .retrieve()
                .body(String.class));
        List<String> labels = answer.lines()
                .map(line -> json.readValue(line, ItemOutcome.class))
                .map(outcome -> Objects.requireNonNull(outcome.label(), outcome::toString))
                .toList();
        return clients.client(DatasetsApi.class, gateway, () -> token).post("crystals", new DatasetRequest(labels));
    }

    /** Rattled Li2S of 48 atoms, labelled by pairs. */
    private static String crystals(int count) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        PairPotential pairs = PairPotential.thiophosphate();
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < count; k++) {
            Structure crystal = antifluorite(5.5 + 0.4 * random.nextDouble()).repeated(2, 2, 1);
            double[] positions = crystal.positions();
            for (int i = 0; i < positions.length; i++) {
                positions[i] += 0.2 * (random.nextDouble() - 0.5);
            }
            Structure rattled = crystal.withPositions(positions);
            Evaluation said = pairs.calculator().evaluate(rattled);
            ExtendedXyz.write(
                    Frame.of(rattled)
                            .withEnergy(said.energy())
                            .withForces(said.forces())
                            .withStress(said.stress(rattled.cell().volume()))
                            .withMetadata("config", "group-" + k % 5),
                    text);
        }
        return text.toString();
    }

    private static Structure antifluorite(double a) {
        List<Species> species = new ArrayList<>();
        List<Double> points = new ArrayList<>();
        for (int site = 0; site < 64; site++) {
            int[] quarter = {site & 3, site >> 2 & 3, site >> 4};
            boolean even = quarter[0] % 2 == 0 && quarter[1] % 2 == 0 && quarter[2] % 2 == 0;
            boolean sulphur = even && (quarter[0] + quarter[1] + quarter[2]) % 4 == 0;
            boolean lithium = quarter[0] % 2 == 1 && quarter[1] % 2 == 1 && quarter[2] % 2 == 1;
            if (sulphur || lithium) {
                species.add(sulphur ? Species.S : Species.Li);
                for (int q : quarter) {
                    points.add(q / 4.0);
                }
            }
        }
        double[] fractional = points.stream().mapToDouble(Double::doubleValue).toArray();
        return Structure.ofFractional(Cell.periodic(a, 0, 0, 0, a, 0, 0, 0, a), species, fractional);
    }

    private RestClient rest() {
        return clients.rest(gateway, () -> token);
    }

    private void awaitDoor() {
        clients.client(TrainingsApi.class, gateway, () -> token)
                .list(null, null); // tried again until the service answers
    }

    private static void awaitEpochs(TrainingsApi trainings, String id, int epochs) throws InterruptedException {
        while (trainings.errors(id).size() < MEMBERS * epochs) {
            assertThat(trainings.get(id, null).state().ended()).isFalse();
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static TrainingRecord ended(TrainingsApi trainings, String id) {
        TrainingRecord training = trainings.get(id, "25s");
        while (!training.state().ended()) {
            training = trainings.get(id, "25s");
        }
        return training;
    }

    /** A JVM that dies without a word. */
    private record Killable(Process process) implements AutoCloseable {

        void kill() throws InterruptedException {
            process.destroyForcibly(); // SIGKILL
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() throws InterruptedException {
            kill();
        }
    }

    private Killable started(int threads) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                PotentialServiceApplication.class.getName(),
                "--glassmap.training.threads=" + threads,
                "--glassmap.training.checkpoint-interval=200ms"));
        command.addAll(List.of(arguments("potential", potentialPort)));
        Path log = folder.resolve("potential-service.log");
        return new Killable(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    private String[] arguments(String schema, int port) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.add("--server.port=" + port);
        arguments.add("--glassmap.database.password=of-" + schema);
        return arguments.toArray(String[]::new);
    }

    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            int[] ports = new int[count];
            for (int k = 0; k < count; k++) {
                sockets.add(new ServerSocket(0));
                ports[k] = sockets.get(k).getLocalPort();
            }
            return ports;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
