package org.glassmap.core.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.glassmap.core.SharedReference;
import org.glassmap.core.atoms.Cell;
import org.glassmap.core.atoms.Species;
import org.glassmap.core.atoms.Structure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class XsfTest {

    private static final String GOOD = """
            # total energy = -10.5 eV

            CRYSTAL
            PRIMVEC
              4.0 0.0 0.0
              0.0 4.0D0 0.0
              0.0 0.0 4.0
            PRIMCOORD
            2 1
            Li 0.0 0.0 0.0 0.1 0.2 0.3
            S  2.0 2.0 2.0 -0.1 -0.2 -0.3
            """;

    @Test
    void structureEnergyAndForcesAreRead() throws IOException {
        assertThat(read(GOOD))
                .isEqualTo(Frame.of(Structure.of(
                                Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4),
                                List.of(Species.Li, Species.S),
                                new double[] {0, 0, 0, 2, 2, 2}))
                        .withEnergy(-10.5)
                        .withForces(new double[] {0.1, 0.2, 0.3, -0.1, -0.2, -0.3}));
    }

    @Test
    void withoutEnergyAndForcesAStructureIsUnlabelled() throws IOException {
        Frame frame = read("PrimVec\n4 0 0\n0 4 0\n0 0 4\n! any case, any order\nprimcoord\n1 1\n3 0 0 0\n");
        assertThat(frame.energy()).isEmpty();
        assertThat(frame.forces()).isEmpty();
        assertThat(frame.structure().species()).containsExactly(Species.Li);
        assertThat(frame.structure().cell().fullyPeriodic()).isTrue();
    }

    @Test
    void aCohesiveEnergyIsNoTotalEnergy() throws IOException {
        Frame frame = read(GOOD.replace("total energy", "cohesive energy"));
        assertThat(frame.energy()).isEmpty();
        assertThat(frame.number("cohesive_energy")).hasValue(-10.5);
    }

    @Test
    void atomsAloneAreIsolated() throws IOException {
        Frame frame = read("total energy = -1 eV\nATOMS\nLi 0 0 0\nS 0 0 2.4\n\n% done\n");
        assertThat(frame.structure().cell()).isEqualTo(Cell.NONE);
        assertThat(frame.structure().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-10.5 eV | -10.5 Ry | 1 | energy",
                "-10.5 eV | nan eV | 1 | energy",
                "4.0D0 | four | 6 | PRIMVEC",
                "2 1 | 3 1 | 11 | atom count",
                "2 1 | 1 1 | 11 | atom count",
                "2 1 | 2147483648 1 | 9 | atom count",
                "2.0 2.0 2.0 -0.1 -0.2 -0.3 | 2.0 2.0 2.0 | 11 | forces",
                "2.0 2.0 2.0 -0.1 -0.2 -0.3 | 2.0 2.0 inf -0.1 -0.2 -0.3 | 11 | position",
                "S  2.0 | Sx 2.0 | 11 | species",
                "4.0 0.0 0.0 | 0.0 0.0 4.0 | 11 | lattice",
                "CRYSTAL | CRYSTALS | 3 | keyword",
                "PRIMCOORD | ANIMSTEPS | 8 | ANIMSTEPS",
            })
    void whatIsWrongIsNamed(String right, String wrong, long line, String field) {
        assertThatThrownBy(() -> read(GOOD.replaceFirst(right, wrong)))
                .isInstanceOfSatisfying(FormatException.class, problem -> {
                    assertThat(problem.place().line()).isEqualTo(line);
                    assertThat(problem.field()).isEqualTo(field);
                    assertThat(problem.remedy()).isNotBlank();
                });
    }

    @Test
    void theStructuresOfAenetAreWhatAenetReadsInThem() throws IOException {
        for (String set : List.of("li1", "li2s2", "lps3")) {
            Path folder = SharedReference.reference("aenet/" + set + "/structures");
            JsonNode predicted = SharedReference.json(SharedReference.reference("aenet/" + set + "/predicted.json"));
            int atoms = 0;
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    Frame frame = Xsf.read(Files.newInputStream(file));
                    assertThat(frame.energy()).as(file.toString()).isPresent();
                    assertThat(frame.forces()).as(file.toString()).isPresent();
                    atoms += frame.structure().size();
                }
            }
            int expected = 0;
            for (JsonNode structure : predicted.get("structures")) {
                expected += structure.get("atoms").size();
            }
            assertThat(atoms).as(set).isEqualTo(expected);
        }
    }

    @Test
    void theTitaniaSetIsReadFromItsArchive() throws IOException {
        JsonNode expected = SharedReference.json(SharedReference.reference("lps-dft/reference.json"))
                .get("files")
                .get("tio2-xsf/tio2_xsf.tar.gz");
        List<Frame> frames =
                archive(Files.newInputStream(SharedReference.reference("lps-dft/tio2-xsf/tio2_xsf.tar.gz")));
        assertThat(frames).hasSize(expected.get("structures").asInt());
        assertThat(frames.stream().mapToInt(frame -> frame.structure().size()).sum())
                .isEqualTo(expected.get("atoms_total").asInt());
        assertThat(frames.stream()
                        .mapToDouble(frame -> frame.energy().orElseThrow())
                        .sum())
                .isCloseTo(expected.get("total_energy_sum_eV").asDouble(), within(1e-5)); // 1000 terms of 1e4
        assertThat(frames).allMatch(frame -> frame.forces().isPresent());
    }

    @Test
    void theSampleOfTheDatasetIsReadFromItsArchive() throws IOException {
        List<Frame> frames = archive(Files.newInputStream(SharedReference.dataset("xsf-sample.tar.gz")));
        assertThat(frames).hasSize(300).allMatch(frame -> frame.metadata().containsKey("file"));
    }

    @Test
    void whatIsWrittenReadsBackToTheSameBits() throws IOException {
        Frame frame = read(GOOD).withEnergy(-1.0 / 3).withForces(new double[] {1e-17, 0.1, 1e5, -1.0 / 7, 0, -3e-300});
        StringBuilder text = new StringBuilder();
        Xsf.write(frame, text);
        assertThat(read(text.toString())).isEqualTo(frame);
        Frame slab = Frame.of(Structure.of(
                Cell.of(new double[] {3, 0, 0, 1, 3, 0, 0, 0, 9}, true, true, false),
                List.of(Species.P),
                new double[] {0.1, 0.2, 0.3}));
        text.setLength(0);
        Xsf.write(slab, text);
        assertThat(read(text.toString())).isEqualTo(slab);
    }

    @Test
    void anArchiveGivesOneOutcomePerFile() throws IOException {
        Map<String, String> files = new java.util.LinkedHashMap<>();
        files.put("a/one.xsf", GOOD);
        files.put("../../etc/passwd\nx.xsf", GOOD.replace("2 1", "9 1"));
        files.put("a/.DS_Store", "junk");
        files.put("README", "text");
        files.put("b/two.XSF", GOOD);
        for (byte[] bytes : List.of(tar(files), gzip(tar(files)), zip(files))) {
            List<FrameOutcome> outcomes = all(Xsf.archive(new ByteArrayInputStream(bytes)));
            assertThat(outcomes).hasSize(4);
            assertThat(outcomes.get(0))
                    .isEqualTo(new FrameOutcome.Read(read(GOOD).withMetadata("file", "a/one.xsf")));
            assertThat(outcomes.get(1))
                    .isInstanceOfSatisfying(
                            FrameOutcome.Refused.class,
                            refused -> assertThat(refused.problem())
                                    .hasMessageContaining(
                                            "entry '../../etc/passwd?x.xsf', line 11: atom count is 9, but there are 2"));
            assertThat(outcomes.get(2))
                    .isInstanceOfSatisfying(
                            FrameOutcome.Refused.class,
                            refused -> assertThat(refused.problem()).hasMessageContaining("not named as an XSF file"));
            assertThat(outcomes.get(3)).isInstanceOf(FrameOutcome.Read.class);
        }
    }

    @Test
    void aLinkInAnArchiveIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry link = new TarArchiveEntry("x.xsf", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        assertThat(all(Xsf.archive(new ByteArrayInputStream(bytes.toByteArray()))))
                .singleElement()
                .isInstanceOfSatisfying(
                        FrameOutcome.Refused.class,
                        refused -> assertThat(refused.problem()).hasMessageContaining("link or device"));
    }

    @Test
    void aZipThatUnpacksToMoreThanTheLimitIsStoppedThere() throws IOException {
        byte[] bomb = zip(Map.of("big.xsf", "# zeros\n".repeat(4_000_000)));
        assertThat(bomb.length).isLessThan(200_000);
        List<FrameOutcome> outcomes =
                all(Xsf.archive(new ByteArrayInputStream(bomb), ReadingLimits.DEFAULT.withBytes(1_000_000)));
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        FrameOutcome.Refused.class,
                        refused -> assertThat(refused.problem()).hasMessageContaining("longer than 1000000 bytes"));
    }

    @Test
    void anArchiveCutInTheMiddleGivesItsWholeFilesAndTheReason() throws IOException {
        byte[] whole = gzip(tar(Map.of("a.xsf", GOOD, "b.xsf", GOOD.repeat(1) + "# tail\n".repeat(100_000))));
        List<FrameOutcome> outcomes = all(Xsf.archive(new ByteArrayInputStream(whole, 0, whole.length - 60)));
        assertThat(outcomes).isNotEmpty();
        assertThat(outcomes.getLast()).isInstanceOf(FrameOutcome.Refused.class);
    }

    @Test
    void aStreamThatFailsIsNoFaultOfTheArchive() throws IOException {
        byte[] whole = tar(Map.of("a.xsf", GOOD));
        InputStream broken =
                new java.io.SequenceInputStream(new ByteArrayInputStream(whole, 0, 600), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }
                });
        assertThatThrownBy(() -> all(Xsf.archive(broken)))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    private static byte[] tar(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static List<Frame> archive(InputStream in) throws IOException {
        try (FrameReader reader = Xsf.archive(in)) {
            return reader.frames();
        }
    }

    private static List<FrameOutcome> all(FrameReader reader) throws IOException {
        List<FrameOutcome> outcomes = new ArrayList<>();
        for (Optional<FrameOutcome> outcome = reader.next(); outcome.isPresent(); outcome = reader.next()) {
            outcomes.add(outcome.get());
        }
        return outcomes;
    }

    private static Frame read(String text) throws IOException {
        return Xsf.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
