package org.glassmap.potentials.potentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.glassmap.contract.access.ProjectId;
import org.glassmap.contract.potentials.PotentialRecord;
import org.glassmap.core.atoms.Structure;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.learning.CommitteePotential;
import org.glassmap.core.learning.PotentialDocument;
import org.glassmap.core.learning.ResolvedChebyshev;
import org.glassmap.core.learning.SamplePotentials;
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
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Twenty thousand frames in one request, three threads. */
@NullUnmarked
@Timeout(240)
class PredictionStreamTest {

    private static final int FRAMES = 20_000;
    private static final int PORTIONS =
            (FRAMES + PredictionStream.PORTION_FRAMES - 1) / PredictionStream.PORTION_FRAMES;
    private static final CommitteePotential COMMITTEE =
            SamplePotentials.committee(new ResolvedChebyshev(4, 2, 3, 2, SamplePotentials.LPS), 2, 17);
    private static final StructureServiceStandIn STRUCTURES = new StructureServiceStandIn();

    @TempDir
    private static Path folder;

    private static PotentialServiceForTests service;

    private final ProjectId project = TokensForTests.newProject();
    private final List<Structure> crystals = crystals();

    @BeforeAll
    static void start() {
        service = PotentialServiceForTests.start(
                TestDatabase.fresh("potential"),
                STRUCTURES.address(),
                "--glassmap.prediction.threads=3",
                "--glassmap.prediction.folder=" + folder);
    }

    @AfterAll
    static void stop() {
        service.close();
        STRUCTURES.close();
    }

    @Test
    void everyFrameIsAnsweredInItsPlaceWithTheBitsItGetsAlone() throws Exception {
        double[] alone = crystals.stream()
                .mapToDouble(crystal -> COMMITTEE.calculator().energy(crystal))
                .toArray();
        JsonMapper json = JsonMapper.builder().build();
        List<byte[]> frames = frames();
        int answered = service.member(project)
                .post()
                .uri("/v1/potentials/{id}/predictions?quantities=energy", imported())
                .contentType(MediaType.parseMediaType("chemical/x-extxyz"))
                .accept(MediaType.APPLICATION_NDJSON)
                .body(out -> write(frames, out))
                .exchange((request, response) -> {
                    BufferedReader answer =
                            new BufferedReader(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8));
                    int index = 0;
                    for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                        JsonNode said = json.readTree(line);
                        assertThat(said.get("index").asInt()).isEqualTo(index);
                        assertThat(said.at("/prediction/energy").asDouble()).isEqualTo(alone[index % alone.length]);
                        index++;
                    }
                    return index;
                });
        assertThat(answered).isEqualTo(FRAMES);
        assertThat(laidDown()).isEmpty();
    }

    @Test
    void whoStopsReadingHoldsUpTheWorkAndWhoLeavesEndsIt() throws Exception {
        ThreadPoolExecutor threads =
                service.context().getBean(PredictionThreads.class).executor();
        long before = threads.getCompletedTaskCount();
        try (Socket client = client()) {
            post(client);
            assertThat(answer(client).readLine()).contains("200");
            long done = settled(threads);
            assertThat(done - before).isPositive().isLessThan(PORTIONS / 2);
            assertThat(laidDown()).hasSize(1);
        }
        while (!laidDown().isEmpty()) {
            Thread.sleep(20); // until the test's own time is up
        }
        assertThat(settled(threads) - before).isLessThan(PORTIONS / 2);
    }

    /** How much has been done when nothing is under way, and a second later still nothing. */
    private static long settled(ThreadPoolExecutor threads) throws InterruptedException {
        long seen = -1;
        long now = threads.getCompletedTaskCount();
        while (now != seen
                || threads.getActiveCount() > 0
                || !threads.getQueue().isEmpty()) {
            seen = now;
            Thread.sleep(1000); // until the test's own time is up: a busy machine may take longer for one portion
            now = threads.getCompletedTaskCount();
        }
        return seen;
    }

    private static List<Path> laidDown() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static List<Structure> crystals() {
        SplittableRandom random = new SplittableRandom(8);
        return Stream.generate(() -> LabelledCrystals.rattled(random)).limit(97).toList();
    }

    /** Takes little from the wire before it is asked. */
    private static Socket client() throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(1 << 14);
        client.connect(new InetSocketAddress(
                "127.0.0.1", service.context().getWebServer().getPort()));
        return client;
    }

    private static BufferedReader answer(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8), 1 << 10);
    }

    private String imported() {
        return service.member(project)
                .post()
                .uri("/v1/potentials")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(PotentialDocument.of(COMMITTEE).bytes())
                .retrieve()
                .body(PotentialRecord.class)
                .id();
    }

    private List<byte[]> frames() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (Structure crystal : crystals) {
            StringBuilder frame = new StringBuilder();
            ExtendedXyz.write(Frame.of(crystal), frame);
            frames.add(frame.toString().getBytes(StandardCharsets.UTF_8));
        }
        return frames;
    }

    /** One after the other, and again from the first. */
    private static long write(List<byte[]> frames, OutputStream out) throws IOException {
        long length = 0;
        for (int k = 0; k < FRAMES; k++) {
            byte[] frame = frames.get(k % frames.size());
            out.write(frame);
            length += frame.length;
        }
        return length;
    }

    private void post(Socket client) throws IOException {
        List<byte[]> frames = frames();
        OutputStream out = client.getOutputStream();
        out.write(("POST /v1/potentials/%s/predictions?quantities=forces,stress HTTP/1.1\r\nHost: here\r\n"
                        + "Authorization: Bearer %s\r\nContent-Type: chemical/x-extxyz\r\nAccept: application/x-ndjson\r\n"
                        + "Content-Length: %d\r\n\r\n")
                .formatted(imported(), TokensForTests.member(project), write(frames, OutputStream.nullOutputStream()))
                .getBytes(StandardCharsets.US_ASCII));
        write(frames, out);
        out.flush();
    }
}
