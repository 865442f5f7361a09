package org.glassmap.structures.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.data.Offset;
import org.glassmap.contract.structures.ItemOutcome;
import org.glassmap.contract.structures.StructureDocument;
import org.glassmap.contract.structures.StructuresApi;
import org.glassmap.structures.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structures in files of every format, good and bad, through the port. */
class UploadsTest extends ServiceTest {

    private static final String EXTXYZ = "chemical/x-extxyz";

    private static String frame(double x) {
        return """
                2
                Lattice="4 0 0 0 4 0 0 0 4" Properties=species:S:1:pos:R:3 pbc="T T T"
                Li 0 0 0
                S %s 2 2
                """.formatted(x);
    }

    private List<ItemOutcome> upload(String mediaType, String body) throws IOException, InterruptedException {
        return upload("/v1/structures", mediaType, body.getBytes(StandardCharsets.UTF_8));
    }

    private static ItemOutcome.FrameError error(List<ItemOutcome> outcomes, int k) {
        return Objects.requireNonNull(outcomes.get(k).error(), "an error");
    }

    @Test
    void aFileOfFramesIsAnsweredFrameByFrame() throws Exception {
        List<ItemOutcome> first = upload(EXTXYZ, frame(2) + frame(2.5) + frame(2));
        assertThat(first).extracting(ItemOutcome::outcome).containsExactly("inserted", "inserted", "existing");
        assertThat(first).extracting(ItemOutcome::index).containsExactly(0, 1, 2);
        assertThat(first.get(0).structure()).isEqualTo(structure(0));
        List<ItemOutcome> again = upload("application/x-extxyz", frame(2) + frame(3));
        assertThat(again).extracting(ItemOutcome::outcome).containsExactly("existing", "inserted");
    }

    @Test
    void aBadFrameIsNamedAndTheRestGoesIn() throws Exception {
        String nan = frame(2.1).replace("S 2.1", "S NaN");
        String unknown = frame(2.2).replace("S 2.2", "Xx 2.2");
        String fused = frame(0.1).replace("2 2\n", "0 0\n");
        String singular = frame(2.3).replace("4 0 0 0 4 0 0 0 4", "4 0 0 8 0 0 0 0 4");
        List<ItemOutcome> outcomes = upload(EXTXYZ, frame(2) + nan + unknown + fused + singular + frame(2.4));
        assertThat(outcomes)
                .extracting(ItemOutcome::outcome)
                .containsExactly("inserted", "error", "error", "error", "error", "inserted");
        assertThat(outcomes).extracting(ItemOutcome::index).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(error(outcomes, 1)).satisfies(error -> {
            assertThat(error.line()).isEqualTo(8);
            assertThat(error.value()).isEqualTo("NaN");
            assertThat(error.remedy()).isNotBlank();
        });
        assertThat(error(outcomes, 2).detail()).contains("Xx");
        assertThat(error(outcomes, 3).detail()).contains("0.1000 Å");
        assertThat(error(outcomes, 4).detail()).contains("singular");
        assertThat(client(StructuresApi.class).list(null, null, null, null).items())
                .hasSize(2);
    }

    @Test
    void linesOfJsonAreTakenOneByOne() throws Exception {
        String good = json.writeValueAsString(pair(0.5));
        List<ItemOutcome> outcomes = upload(
                "application/x-ndjson",
                good + "\n\n{\"species\":[\"Li\"],\"positions\":[[0,0]]}\nnot json\n"
                        + json.writeValueAsString(pair(0.6)));
        assertThat(outcomes).extracting(ItemOutcome::outcome).containsExactly("inserted", "error", "error", "inserted");
        assertThat(error(outcomes, 1).line()).isEqualTo(3);
        assertThat(error(outcomes, 1).field()).isEqualTo("/positions/0");
        assertThat(error(outcomes, 2).line()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chemical/x-extxyz", "chemical/x-poscar", "chemical/x-cif", "chemical/x-xsf"})
    void whatIsReadAsAFileCanBePostedAsOne(String mediaType) throws Exception {
        String id = structure(0.25);
        HttpResponse<String> file = get("/v1/structures/" + id, mediaType);
        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).hasValue(mediaType);
        List<ItemOutcome> outcomes = upload(mediaType, file.body());
        assertThat(outcomes).hasSize(1);
        // POSCAR and CIF hold fractional coordinates: the same atoms within the last bits.
        StructureDocument back = client(StructuresApi.class)
                .document(String.valueOf(outcomes.getFirst().structure()));
        assertThat(back.species()).containsExactly("Li", "S");
        for (int axis = 0; axis < 3; axis++) {
            assertThat(back.positions()[1][axis]).isCloseTo(axis == 0 ? 2.25 : 2, Offset.offset(1e-12));
        }
        if (mediaType.equals("chemical/x-extxyz") || mediaType.equals("chemical/x-xsf")) {
            assertThat(outcomes.getFirst().structure()).isEqualTo(id);
            assertThat(outcomes.getFirst().outcome()).isEqualTo("existing");
        }
    }

    @Test
    void withoutAWishAStructureComesAsJson() throws Exception {
        String id = structure(0);
        assertThat(get("/v1/structures/" + id, "*/*").headers().firstValue("Content-Type"))
                .hasValue("application/json");
        assertThat(get("/v1/structures/" + id, "image/png").statusCode()).isEqualTo(406);
    }

    @Test
    void anArchiveNamesItsEntries() throws Exception {
        String xsf = get("/v1/structures/" + structure(0.125), "chemical/x-xsf").body();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("a/good.xsf", "bad.xsf", "other.xsf")) {
                zip.putNextEntry(new ZipEntry(name));
                String content = name.equals("bad.xsf") ? xsf.replace("Li", "Qq") : xsf;
                zip.write(content.getBytes(StandardCharsets.UTF_8));
            }
        }
        List<ItemOutcome> outcomes = upload("/v1/structures", "application/zip", bytes.toByteArray());
        assertThat(outcomes).extracting(ItemOutcome::entry).containsExactly("a/good.xsf", "bad.xsf", "other.xsf");
        assertThat(outcomes).extracting(ItemOutcome::outcome).containsExactly("existing", "error", "existing");
    }

    @Test
    void aCompressedFileIsTakenAndACutOneNamed() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int k = 0; k < 500; k++) {
                gzip.write(frame(2 + 0.0001 * new Random(k).nextInt(10_000)).getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(upload("/v1/structures", EXTXYZ, bytes.toByteArray()))
                .hasSize(500)
                .noneMatch(outcome -> outcome.outcome().equals("error"));
        List<ItemOutcome> cut = upload("/v1/structures", EXTXYZ, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        assertThat(cut.getLast().outcome()).isEqualTo("error");
        assertThat(cut.getFirst().outcome()).isEqualTo("existing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-ndjson",
                "chemical/x-extxyz",
                "chemical/x-poscar",
                "chemical/x-cif",
                "chemical/x-xsf",
                "application/x-tar",
                "application/zip",
                "application/x-vasprun+xml"
            })
    void emptyBinaryAndCutFilesAreRefusedInWords(String mediaType) throws Exception {
        byte[] binary = new byte[100_000];
        new Random(7).nextBytes(binary);
        for (byte[] body :
                List.of(new byte[0], binary, "2\n".getBytes(StandardCharsets.UTF_8), new byte[] {0x1f, (byte) 0x8b})) {
            HttpResponse<String> answer = post("/v1/structures", mediaType, body);
            assertThat(answer.statusCode())
                    .as("%d bytes: %s", body.length, answer.body())
                    .isIn(200, 422);
            if (answer.statusCode() == 200) {
                assertThat(outcomes(answer.body())).allMatch(outcome -> outcome.error() != null);
            } else {
                assertThat(answer.body()).contains("no frame");
            }
        }
        assertThat(client(StructuresApi.class).list(null, null, null, null).items())
                .isEmpty();
    }

    @Test
    void aBodyOfNoKnownFormatIsTurnedAway() throws Exception {
        HttpResponse<String> answer = post("/v1/structures", "image/png", new byte[] {1});
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("chemical/x-extxyz");
    }

    @Test
    void aJsonBodyThatWouldFillTheMemoryIsTurnedAway() throws Exception {
        byte[] body = new byte[17 << 20];
        Arrays.fill(body, (byte) ' ');
        System.arraycopy("{\"species\":".getBytes(StandardCharsets.UTF_8), 0, body, 0, 11);
        HttpResponse<String> answer = post("/v1/structures", "application/json", body);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("too-large").contains("a file of many frames");
    }

    /** More than the heap of this JVM could hold of parsed frames: memory does not grow with the file. */
    @Test
    void aHundredMegabytesAreTakenInBoundedMemory() throws Exception {
        long size = 100L << 20;
        AtomicLong most = new AtomicLong();
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        Thread watch = Thread.ofPlatform().daemon().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                System.gc(); // what is still used after a collection is what is held
                most.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                try {
                    Thread.sleep(1000);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        HttpResponse<InputStream> answer = http.send(
                HttpRequest.newBuilder(at("/v1/structures"))
                        .header("Authorization", "Bearer " + member(project))
                        .header("Content-Type", EXTXYZ)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Frames(size)))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        long frames;
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            frames = lines.lines()
                    .filter(line -> line.contains("\"structure\":\"structure-"))
                    .count();
        }
        watch.interrupt();
        watch.join();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(frames).isGreaterThan(200);
        assertThat(most.get() - before).as("bytes held beyond those before").isLessThan(64L << 20);
    }

    /** Frames of 5,000 atoms on a grid, each shifted a little, until enough bytes have been given. */
    private static final class Frames extends InputStream {
        private static final int EDGE = 17;
        private final long size;
        private long given;
        private int frame;
        private byte[] bytes = new byte[0];
        private int at;

        Frames(long size) {
            this.size = size;
        }

        @Override
        public int read() {
            return available() == 0 && !fill() ? -1 : bytes[at++] & 0xff;
        }

        @Override
        public int available() {
            return bytes.length - at;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (available() == 0 && !fill()) {
                return -1;
            }
            int n = Math.min(length, available());
            System.arraycopy(bytes, at, into, offset, n);
            at += n;
            return n;
        }

        private boolean fill() {
            if (given >= size) {
                return false;
            }
            StringBuilder text = new StringBuilder();
            text.append(EDGE * EDGE * EDGE)
                    .append("\nLattice=\"51 0 0 0 51 0 0 0 51\" Properties=species:S:1:pos:R:3\n");
            Random random = new Random(frame++);
            for (int k = 0; k < EDGE * EDGE * EDGE; k++) {
                text.append(k % 3 == 0 ? "S " : "Li ")
                        .append(3.0 * (k % EDGE) + random.nextDouble())
                        .append(' ')
                        .append(3.0 * Math.floorMod(Math.floorDiv(k, EDGE), EDGE) + random.nextDouble())
                        .append(' ')
                        .append(3.0 * Math.floorDiv(k, EDGE * EDGE) + random.nextDouble())
                        .append('\n');
            }
            bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
            at = 0;
            given += bytes.length;
            return true;
        }
    }
}
