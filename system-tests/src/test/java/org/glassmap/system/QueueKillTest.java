package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.glassmap.contract.calculations.AttemptRecord;
import org.glassmap.contract.calculations.BatchRecord;
import org.glassmap.contract.calculations.BatchRequest;
import org.glassmap.contract.calculations.CalculationRecord;
import org.glassmap.contract.calculations.CalculationRequest;
import org.glassmap.contract.calculations.CalculationsApi;
import org.glassmap.contract.methods.MethodDocument;
import org.glassmap.contract.methods.MethodsApi;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Potential;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.ResolvedChebyshev;
import org.glassmap.core.learning.SamplePotentials;
import org.glassmap.support.clients.ClientProperties;
import org.glassmap.support.clients.Clients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * 200 statics through the queue while worker, services and PostgreSQL are killed: each is accepted once, and its numbers
 * are the potential's own.
 *
 * <p>The moments are counts of calculations still open, drawn from a seed: the machine's speed does not decide them.
 * {@code -Dglassmap.kills=30} is the long profile.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class QueueKillTest {

    private static final int CALCULATIONS = 200;
    private static final int KILLS = Integer.getInteger("glassmap.kills", 3);
    private static final CommitteePotential POTENTIAL =
            SamplePotentials.committee(new ResolvedChebyshev(6.0, 12, 4.5, 6, SamplePotentials.LPS), 4, 5);

    @TempDir
    Path folder;

    @Test
    void everyCalculationIsAcceptedOnce() throws Exception {
        try (KillableSystem system = KillableSystem.started(folder)) {
            Clients clients = new Clients(
                    JsonMapper.builder().build(), new ClientProperties(Duration.ofSeconds(40), Duration.ofMinutes(2)));
            String token = system.adminToken();
            List<Structure> structures = structures();
            CalculationsApi queue = clients.client(CalculationsApi.class, system.address(), () -> token);
            List<CalculationRequest> requests = requests(clients, system.address(), token, structures);
            BatchRecord batch = queue.postBatch("kills", new BatchRequest(requests, null, null));

            killAlongTheWay(system, queue, batch.id());

            BatchRecord ended = awaitEnd(queue, batch.id());
            assertThat(ended).isEqualTo(new BatchRecord(batch.id(), CALCULATIONS, 0, CALCULATIONS, 0, 0));
            Potential.Calculator calculator = POTENTIAL.calculator();
            List<CalculationRecord> records =
                    queue.batchCalculations(batch.id(), null, CALCULATIONS).items();
            for (int k = 0; k < CALCULATIONS; k++) {
                CalculationRecord record = records.get(k);
                assertThat(Objects.requireNonNull(record.result()).energy())
                        .isEqualTo(calculator.energy(structures.get(k)));
                assertThat(queue.attempts(record.id()))
                        .extracting(AttemptRecord::outcome)
                        .as("attempts of %s", record.id())
                        .containsOnlyOnce("success")
                        .doesNotContain("duplicate");
            }
        }
    }

    private static void killAlongTheWay(KillableSystem system, CalculationsApi queue, String batch) throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        KillableSystem.Part[] parts = KillableSystem.Part.values();
        int step = (CALCULATIONS - 20) / KILLS;
        for (int k = 0; k < KILLS; k++) {
            int moment = CALCULATIONS - 10 - k * step - random.nextInt(step);
            while (queue.batch(batch, null).open() > moment) {
                Thread.sleep(20);
            }
            system.killAndStart(parts[k % parts.length]);
        }
    }

    private static BatchRecord awaitEnd(CalculationsApi queue, String batch) {
        BatchRecord record = queue.batch(batch, null);
        while (!record.ended()) {
            record = queue.batch(batch, "20s");
        }
        return record;
    }

    private static List<CalculationRequest> requests(
            Clients clients, URI address, String token, List<Structure> structures) throws Exception {
        PotentialDocument document = PotentialDocument.of(POTENTIAL);
        HttpRequest put = HttpRequest.newBuilder(address.resolve("/v1/artifacts/" + document.id()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(document.bytes()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(put, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        }
        String method = clients.client(MethodsApi.class, address, () -> token)
                .post(new MethodDocument("potential", "static", Map.of("potential", "artifact-" + document.id())))
                .id();
        StructuresApi store = clients.client(StructuresApi.class, address, () -> token);
        List<CalculationRequest> requests = new ArrayList<>();
        for (Structure structure : structures) {
            requests.add(new CalculationRequest(store.post(document(structure)).id(), method));
        }
        return requests;
    }

    /** Cells of 96 atoms, all a little different. */
    private static List<Structure> structures() {
        Structure unit = Structure.ofFractional(
                Cell.periodic(4.9, 0, 0, 0.1, 5.1, 0, 0, 0.2, 5.0),
                List.of(Species.Li, Species.Li, Species.S),
                new double[] {0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0, 0, 0});
        Structure cell = unit.repeated(4, 4, 2);
        SplittableRandom random = new SplittableRandom(3);
        List<Structure> structures = new ArrayList<>();
        for (int k = 0; k < CALCULATIONS; k++) {
            double[] positions = cell.positions();
            for (int i = 0; i < positions.length; i++) {
                positions[i] += 0.1 * (random.nextDouble() - 0.5);
            }
            structures.add(cell.withPositions(positions));
        }
        return structures;
    }

    private static StructureDocument document(Structure structure) {
        double[][] positions = new double[structure.size()][];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = new double[] {structure.position(i, 0), structure.position(i, 1), structure.position(i, 2)};
        }
        double[][] lattice = new double[3][3];
        for (int v = 0; v < 3; v++) {
            for (int axis = 0; axis < 3; axis++) {
                lattice[v][axis] = structure.cell().lattice(v, axis);
            }
        }
        return new StructureDocument(
                structure.species().stream().map(Species::symbol).toList(), lattice, null, positions);
    }
}
