package org.glassmap.core.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.InvalidStructureException;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExtendedXyzTest {

    private static final String GOOD = """
            2
            Lattice="4 0 0 0 4 0 0 0 4" Properties=species:S:1:pos:R:3:forces:R:3 energy=-1.5 stress="1 0 0 0 2 0 0 0 3" pbc="T T T" config=a1 parent="beta x2"
            Li 0 0 0 0.1 0 0
            S 2 2 2 -0.1 0 0
            """;

    @Test
    void everyPartOfAFrameIsRead() throws IOException {
        Frame frame = frames(GOOD).getFirst();
        assertThat(frame.structure())
                .isEqualTo(Structure.of(
                        Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4),
                        List.of(Species.Li, Species.S),
                        new double[] {0, 0, 0, 2, 2, 2}));
        assertThat(frame.energy()).hasValue(-1.5);
        assertThat(frame.forces())
                .hasValueSatisfying(forces -> assertThat(forces).containsExactly(0.1, 0, 0, -0.1, 0, 0));
        assertThat(frame.stress())
                .hasValueSatisfying(stress -> assertThat(stress).containsExactly(1, 0, 0, 0, 2, 0, 0, 0, 3));
        assertThat(frame.metadata()).containsExactly(Map.entry("config", "a1"), Map.entry("parent", "beta x2"));
    }

    @Test
    void columnsMayStandInAnyOrderAmongOthers() throws IOException {
        Frame frame = frames("""
                1
                Properties=tag:I:1:forces:R:3:Z:I:1:pos:R:3:q:R:1 Lattice="4 0 0 0 4 0 0 0 4"
                7 1 2 3 16 0.5 0.6 0.7 9.9
                """).getFirst();
        assertThat(frame.structure().species()).containsExactly(Species.S);
        assertThat(frame.structure().positions()).containsExactly(0.5, 0.6, 0.7);
        assertThat(frame.forces())
                .hasValueSatisfying(forces -> assertThat(forces).containsExactly(1, 2, 3));
        assertThat(frame.energy()).isEmpty();
    }

    @Test
    void aPlainXyzFileIsAMoleculeInOpenSpace() throws IOException {
        Frame frame = frames("1\nit's a lithium atom\nLi 1 2 3\n").getFirst();
        assertThat(frame.structure().cell()).isEqualTo(Cell.NONE);
        assertThat(frame.metadata()).containsExactly(Map.entry("comment", "it's a lithium atom"));
    }

    @Test
    void whatAseWritesIsRead() throws IOException {
        // ASE 3.29.0: ase.io.write(…, format='extxyz') of an Atoms with info, tags, moments, momenta and a constraint
        Frame frame = frames("""
                1
                Lattice="6.20775857 -0.0 -1e-08 -0.0 7.90522803 1e-08 -2e-08 1e-08 13.40760134" Properties=species:S:1:pos:R:3:move_mask:L:1:tags:I:1:initial_magmoms:R:1:momenta:R:3:forces:R:3:magmoms:R:1 arr="0 1 2" mat="_JSON [[1.0, 0.0], [0.0, 1.0]]" flag=T txt="it's \\"x\\"" num=1.5 js="_JSON {\\"a\\": [1, \\"b\\"]}" empty= none γ=β energy=-140.215958 stress="-0.0007244 -1e-08 1e-08 -1e-08 0.00027744 1e-08 1e-08 1e-08 0.00024064" free_energy=-140.215958 pbc="T T T"
                Li       4.40389600       3.97550300       2.12021100  F        0       0.50000000      -0.00000000      -0.00098000      -0.00059000      -0.00000000      -0.00098000      -0.00059000       0.00000000
                """).getFirst();
        assertThat(frame.structure().positions()).containsExactly(4.403896, 3.975503, 2.120211);
        assertThat(frame.forces())
                .hasValueSatisfying(forces -> assertThat(forces).containsExactly(0, -0.00098, -0.00059));
        assertThat(frame.energy()).hasValue(-140.215958);
        assertThat(frame.metadata())
                .containsEntry("txt", "it's \"x\"")
                .containsEntry("js", "_JSON {\"a\": [1, \"b\"]}")
                .containsEntry("empty", "")
                .containsEntry("none", "T")
                .containsEntry("γ", "β")
                .containsEntry("free_energy", "-140.215958");
    }

    @Test
    void quotesBracketsAndEscapesAreUnderstood() {
        Map<String, String> keys = ExtendedXyzComment.keys(
                "energy=-1 a=\"x \\\"y\\\" \\\\\" b=[[1, 2], [3]] c={1 2} flag d='q r'", Place.in("test"));
        assertThatThrownBy(() -> ExtendedXyzComment.keys("energy=1 a=\"open", Place.in("test")))
                .hasMessageContaining("not closed");
        assertThat(keys)
                .containsEntry("a", "x \"y\" \\")
                .containsEntry("b", "[1, 2], [3]")
                .containsEntry("c", "1 2")
                .containsEntry("flag", "T")
                .containsEntry("d", "q r");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "energy=-1.5 | energy=NaN | 2 | energy | NaN",
                "energy=-1.5 | energy=0x1p3 | 2 | energy | 0x1p3",
                "Li 0 0 0 | Li 0 inf 0 | 3 | pos | inf",
                "Li 0 0 0 | Xx 0 0 0 | 3 | species | ''",
                "Li 0 0 0 | Li 0 0 | 3 | atom line | Li 0 0 0.1 0 0",
                "4 0 0 0 4 0 0 0 4 | 4 0 0 4 0 0 0 0 4 | 2 | lattice | ''",
                "4 0 0 0 4 0 0 0 4 | 4 0 0 0 4 | 2 | Lattice | 4 0 0 0 4",
                "T T T | T T | 2 | pbc | T T",
                "pos:R:3 | pos:R:2 | 2 | Properties | species:S:1:pos:R:2:forces:R:3",
                "'2\n' | '3\n' | 4 | atom count | 3",
                "'2\n' | '-2\n' | 1 | atom count | -2",
                "'2\n' | '2147483648\n' | 1 | atom count | 2147483648",
                "'2\n' | '1\n' | 4 | atom count | S 2 2 2 -0.1 0 0",
                "'2\n' | 'two\n' | 1 | atom count | two",
            })
    void aBadFrameIsNamedAndTheNextIsRead(String right, String wrong, long line, String field, String value)
            throws IOException {
        List<FrameOutcome> outcomes = outcomes(GOOD.replaceFirst(right, wrong) + GOOD);
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(1)).isEqualTo(new FrameOutcome.Read(frames(GOOD).getFirst()));
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(FrameOutcome.Refused.class, refused -> {
            assertThat(refused.problem().place().frame()).isEqualTo(1);
            assertThat(refused.problem().place().line()).isEqualTo(line);
            assertThat(refused.problem().field()).isEqualTo(field);
            assertThat(refused.problem().value()).isEqualTo(value);
            assertThat(refused.problem().remedy()).isNotBlank();
        });
    }

    @Test
    void whatIsWrittenReadsBackToTheSameBits() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 200; trial++) {
            Frame frame = randomFrame(random);
            StringBuilder text = new StringBuilder();
            ExtendedXyz.write(frame, text);
            assertThat(frames(text.toString())).containsExactly(frame);
        }
    }

    private static Frame randomFrame(SplittableRandom random) {
        int n = 1 + random.nextInt(5);
        List<Species> species = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            species.add(Species.ofAtomicNumber(1 + random.nextInt(118)));
        }
        Cell cell = random.nextBoolean()
                ? Cell.NONE
                : Cell.of(
                        new double[] {4 + random.nextDouble(), random.nextDouble(), 0, 0, 4, 1e-17, -1, 0.1, 5},
                        random.nextBoolean(),
                        true,
                        random.nextBoolean());
        Frame frame = Frame.of(Structure.of(cell, species, numbers(random, 3 * n)));
        if (random.nextBoolean()) {
            frame = frame.withEnergy(-1e3 * random.nextDouble()).withForces(numbers(random, 3 * n));
        }
        if (random.nextBoolean()) {
            frame = frame.withStress(numbers(random, 9));
        }
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("b", "two words \"quoted\" back\\slash");
        keys.put("a", "1.50");
        keys.put("empty", "");
        keys.put("β", "γ-Li3PS4 = [x]");
        return frame.withMetadata(keys);
    }

    private static double[] numbers(SplittableRandom random, int count) {
        return random.doubles(count, -1, 1)
                .map(x -> x * Math.pow(10, random.nextInt(-20, 20)))
                .toArray();
    }

    @Test
    void metadataCannotTakeTheKeysOfTheFormat() {
        Frame frame = Frame.of(Structure.of(Cell.NONE, List.of(Species.Li), new double[3]))
                .withMetadata("energy", "-1");
        assertThatThrownBy(() -> ExtendedXyz.write(frame, new StringBuilder()))
                .isInstanceOf(InvalidStructureException.class)
                .hasMessageContaining("energy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "", "a=b", "q\"", "x[0]", "nul\0"})
    void aKeyThatWouldNotReadBackIsRefused(String key) {
        Frame frame = Frame.of(Structure.of(Cell.NONE, List.of(Species.Li), new double[3]));
        assertThatThrownBy(() -> frame.withMetadata(key, "x")).hasMessageContaining("key must be");
    }

    @Test
    void aLineBeyondTheLimitIsPassedOverInBoundedMemory() throws IOException {
        String longLine = "x".repeat(5_000_000);
        ReadingLimits limits = new ReadingLimits(10, 1000, 1L << 30);
        List<FrameOutcome> outcomes = all(ExtendedXyz.reader(stream("2\n" + longLine + "\nLi 0 0 0\n" + GOOD), limits));
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        FrameOutcome.Refused.class,
                        refused -> assertThat(refused.problem())
                                .hasMessageContaining("frame 1, line 2: line is longer than 1000 bytes"));
        assertThat(outcomes.get(1)).isInstanceOf(FrameOutcome.Read.class);
    }

    @Test
    void anInputBeyondTheLimitEndsWithTheReason() throws IOException {
        List<FrameOutcome> outcomes =
                all(ExtendedXyz.reader(stream(GOOD.repeat(10_000)), ReadingLimits.DEFAULT.withBytes(100_000)));
        assertThat(outcomes.size()).isLessThan(10_000);
        assertThat(outcomes.getLast())
                .isInstanceOfSatisfying(
                        FrameOutcome.Refused.class,
                        refused -> assertThat(refused.problem()).hasMessageContaining("longer than 100000 bytes"));
    }

    @Test
    void aCutGzipFileGivesItsWholeFramesAndTheReason() throws IOException {
        byte[] whole = gzip(randomText(2000));
        List<FrameOutcome> outcomes =
                all(ExtendedXyz.reader(new ByteArrayInputStream(whole, 0, whole.length * 9 / 10)));
        assertThat(outcomes.size()).isBetween(1500, 1999);
        assertThat(outcomes.subList(0, outcomes.size() - 1)).allMatch(FrameOutcome.Read.class::isInstance);
        assertThat(outcomes.getLast())
                .isInstanceOfSatisfying(
                        FrameOutcome.Refused.class,
                        refused -> assertThat(refused.problem()).hasMessageContaining("cut or damaged"));
    }

    private static String randomText(int frames) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < frames; k++) {
            ExtendedXyz.write(randomFrame(random), text);
        }
        return text.toString();
    }

    @Test
    void binaryInputIsRefused() throws IOException {
        byte[] noise = new byte[100_000];
        new java.util.Random(1).nextBytes(noise);
        assertThat(all(ExtendedXyz.reader(new ByteArrayInputStream(noise))))
                .isNotEmpty()
                .allMatch(FrameOutcome.Refused.class::isInstance);
    }

    @Test
    void anEmptyInputHasNoFrames() throws IOException {
        assertThat(outcomes("")).isEmpty();
        assertThat(outcomes("\n\n")).isEmpty();
    }

    @Test
    void theWholeDatasetIsRead() throws IOException {
        JsonNode statistics = SharedReference.json(SharedReference.dataset("statistics.json"));
        int total = 0;
        for (Map.Entry<String, JsonNode> file : statistics.properties()) {
            if (!file.getValue().has("frames")) {
                continue;
            }
            List<Frame> frames = shared(SharedReference.dataset(file.getKey() + ".extxyz.gz"));
            assertThat(frames)
                    .as(file.getKey())
                    .hasSize(file.getValue().get("frames").asInt());
            assertThat(frames.stream()
                            .mapToInt(frame -> frame.structure().size())
                            .sum())
                    .as(file.getKey())
                    .isEqualTo(file.getValue().get("atoms").asInt());
            assertThat(frames)
                    .allMatch(frame -> frame.energy().isPresent()
                            && frame.forces().isPresent()
                            && frame.stress().isPresent()
                            && frame.metadata().containsKey("config"));
            total += frames.size();
        }
        assertThat(total).isEqualTo(4753);
    }

    @Test
    void framesOfFirstPrinciplesReadAsAseReadsThem() throws IOException {
        JsonNode reference = SharedReference.json(SharedReference.reference("lps-dft/reference.json"));
        for (Map.Entry<String, JsonNode> entry : reference.get("files").properties()) {
            if (!entry.getKey().endsWith(".extxyz.gz")) {
                continue;
            }
            List<Frame> frames = shared(SharedReference.reference("lps-dft/" + entry.getKey()));
            assertThat(frames)
                    .as(entry.getKey())
                    .hasSize(entry.getValue().get("frames").asInt());
            JsonNode expected = entry.getValue().get("first_frame");
            Frame first = frames.getFirst();
            assertThat(first.energy()).hasValue(expected.get("energy_eV").asDouble());
            assertThat(first.structure().species(0).symbol())
                    .isEqualTo(expected.get("first_atom").asString());
            for (int axis = 0; axis < 3; axis++) {
                assertThat(first.structure().position(0, axis))
                        .isEqualTo(expected.get("first_position").get(axis).asDouble());
                assertThat(first.forces().orElseThrow()[axis])
                        .isEqualTo(expected.get("first_force").get(axis).asDouble());
                for (int vector = 0; vector < 3; vector++) {
                    assertThat(first.structure().cell().lattice(vector, axis))
                            .isEqualTo(
                                    expected.get("cell").get(vector).get(axis).asDouble());
                }
            }
        }
    }

    private static List<Frame> shared(java.nio.file.Path file) throws IOException {
        try (FrameReader reader = ExtendedXyz.reader(Files.newInputStream(file))) {
            return reader.frames();
        }
    }

    private static List<Frame> frames(String text) throws IOException {
        return ExtendedXyz.reader(stream(text)).frames();
    }

    private static List<FrameOutcome> outcomes(String text) throws IOException {
        return all(ExtendedXyz.reader(stream(text)));
    }

    private static List<FrameOutcome> all(FrameReader reader) throws IOException {
        List<FrameOutcome> outcomes = new ArrayList<>();
        for (Optional<FrameOutcome> outcome = reader.next(); outcome.isPresent(); outcome = reader.next()) {
            outcomes.add(outcome.get());
        }
        return outcomes;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
