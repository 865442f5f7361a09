package org.glassmap.core.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.glassmap.core.SharedReference;
import org.junit.jupiter.api.Test;

/**
 * Files of others, damaged in every way that seeds can think of: each reader ends with values or with a
 * {@link FormatException}, in bounded time and memory, whatever it is given. The number of cases is the system property
 * {@code glassmap.mutations}; a failure names the case, which {@code glassmap.mutation} then repeats alone.
 */
class HostileFilesTest {

    private static final int CASES = Integer.getInteger("glassmap.mutations", 500);
    private static final int ONLY = Integer.getInteger("glassmap.mutation", -1);
    private static final long SEED = 20261124;

    /** Of a file, before it is damaged; what is longer is cut, which is one more damage. */
    private static final int LONGEST = 300_000;

    /** Per case. What a reader allocates in all bounds what it holds at once. */
    private static final long MOST_ALLOCATED = 1L << 30;

    private static final long MOST_NANOSECONDS = 20_000_000_000L;
    private static final ReadingLimits LIMITS = ReadingLimits.DEFAULT.withBytes(32 << 20);

    /** Reads a stream to its end and drops what it says. */
    private interface Reader {
        void read(InputStream in) throws IOException;
    }

    private record Source(String name, byte[] bytes, Reader reader) {}

    private static final Reader EXTENDED_XYZ = in -> drain(ExtendedXyz.reader(in, LIMITS));
    private static final Reader XSF = in -> Xsf.read(in, LIMITS);
    private static final Reader ARCHIVE = in -> drain(Xsf.archive(in, LIMITS));
    private static final Reader POSCAR = in -> Poscar.read(in, LIMITS);
    private static final Reader CIF = in -> drain(Cif.reader(in, LIMITS));
    private static final Reader VASPRUN = in -> drain(Vasprun.open(in, LIMITS).frames(VaspStep.Choice.FREE));
    private static final Reader OUTCAR = in -> drain(Outcar.open(in, LIMITS).frames(VaspStep.Choice.FREE));
    private static final Reader INCAR = in -> Incar.read(in, LIMITS);
    private static final Reader KPOINTS = in -> Kpoints.read(in, LIMITS);
    private static final Reader POTCAR = in -> Potcar.read(in, LIMITS);
    private static final Reader PYMATGEN = in -> drain(PymatgenJson.reader(in, LIMITS));
    private static final Reader ASE = in -> drain(AseJson.reader(in, LIMITS));
    /** The heads that VASP's potentials have, without the potentials, which are not free. */
    private static final String POTCARS = """
              PAW_PBE Li_sv 10Sep2004
               3.00000000000000
             parameters from PSCTR are:
               VRHFIN =Li: 1s2s2p
               LEXCH  = PE
               EATOM  =   202.4178 eV,   14.8773 Ry

               TITEL  = PAW_PBE Li_sv 10Sep2004
               LULTRA =        F    use ultrasoft PP ?
               POMASS =    7.010; ZVAL   =    3.000    mass and valenz
               ENMAX  =  499.034; ENMIN  =  374.276 eV
             End of Dataset
              PAW_PBE S 06Sep2000
               6.00000000000000
               LEXCH  = PE
               TITEL  = PAW_PBE S 06Sep2000
               POMASS =   32.066; ZVAL   =    6.000    mass and valenz
               ENMAX  =  258.689; ENMIN  =  194.016 eV
             End of Dataset
            """;

    private static final List<Reader> ALL =
            List.of(EXTENDED_XYZ, XSF, ARCHIVE, POSCAR, CIF, VASPRUN, OUTCAR, INCAR, KPOINTS, POTCAR, PYMATGEN, ASE);

    @Test
    void everyReaderEndsWithValuesOrARefusal() throws IOException {
        List<Source> sources = sources();
        assertThat(sources).hasSizeGreaterThan(150);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int taken = 0;
        for (int k = ONLY < 0 ? 0 : ONLY; k < (ONLY < 0 ? CASES : ONLY + 1); k++) {
            SplittableRandom random = new SplittableRandom(SEED + 0x9E3779B97F4A7C15L * k);
            Source source = sources.get(random.nextInt(sources.size()));
            byte[] damaged = damaged(source.bytes(), random);
            Reader reader = random.nextInt(20) == 0 ? ALL.get(random.nextInt(ALL.size())) : source.reader();
            String name = "case %d: %s".formatted(k, source.name());
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long started = threads.getCurrentThreadCpuTime();
            taken += requireAnEnd(name, reader, damaged) ? 1 : 0;
            assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
                    .as(name)
                    .isLessThan(MOST_ALLOCATED);
            assertThat(threads.getCurrentThreadCpuTime() - started).as(name).isLessThan(MOST_NANOSECONDS);
        }
        // damage that leaves everything readable, or nothing, would prove little
        assertThat(ONLY >= 0 || (taken > CASES / 10 && taken < CASES * 9 / 10))
                .as("taken: %d", taken)
                .isTrue();
    }

    /** Whether it was taken as a whole. */
    private static boolean requireAnEnd(String name, Reader reader, byte[] bytes) {
        try {
            reader.read(new ByteArrayInputStream(bytes));
            return true;
        } catch (FormatException refusal) {
            assertThat(refusal.field()).as(name).isNotBlank();
            assertThat(refusal.remedy()).as(name).isNotBlank();
            assertThat(String.valueOf(refusal.getMessage()).length()).as(name).isLessThan(2000);
            return false;
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(name + " ended with " + e, e);
        }
    }

    private static void drain(FrameReader frames) throws IOException {
        for (Optional<FrameOutcome> outcome = frames.next(); outcome.isPresent(); outcome = frames.next()) {
            if (outcome.get() instanceof FrameOutcome.Refused refused) {
                assertThat(refused.problem().remedy()).isNotBlank();
            }
        }
        assertThat(frames.next()).isEmpty();
    }

    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole;
        int damages = 1 + random.nextInt(3);
        for (int k = 0; k < damages; k++) {
            bytes = switch (random.nextInt(8)) {
                case 0 -> flipped(bytes, random);
                case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                case 2 -> inserted(bytes, noise(random), random);
                case 3 -> inserted(bytes, block(bytes, random), random);
                case 4 -> withoutBlock(bytes, random);
                case 5, 6 -> otherNumber(bytes, random);
                default -> otherWord(bytes, random);
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, SplittableRandom random) {
        byte[] copy = bytes.clone();
        for (int flips = 1 + random.nextInt(20); flips > 0 && copy.length > 0; flips--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] noise = new byte[1 + random.nextInt(1000)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] block(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, from + random.nextInt(Math.min(20_000, bytes.length - from) + 1));
    }

    private static byte[] inserted(byte[] bytes, byte[] more, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        return joined(Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private static byte[] withoutBlock(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(Math.min(2000, bytes.length - from) + 1);
        return joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private static final List<String> NUMBERS = List.of(
            "2147483648",
            "99999999",
            "100000",
            "-1",
            "0",
            "NaN",
            "-inf",
            "1e999",
            "1e-999",
            "********",
            "0x1p3",
            "1.5.2",
            "9".repeat(5000),
            "1e300",
            "3");

    /** A number, mostly from the start of the file where the counts stand, replaced by a worse one. */
    private static byte[] otherNumber(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 2000) + 1 : bytes.length + 1);
        while (at < bytes.length && !isDigit(bytes[at])) {
            at++;
        }
        int end = at;
        while (end < bytes.length && isDigit(bytes[end])) {
            end++;
        }
        byte[] other = NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(StandardCharsets.US_ASCII);
        return joined(Arrays.copyOf(bytes, at), other, Arrays.copyOfRange(bytes, end, bytes.length));
    }

    private static final List<String> WORDS = List.of(
            "\n",
            "\n\n",
            "\"",
            "'",
            ";",
            "\n;\n",
            "loop_ ",
            "data_\n",
            "<!--",
            "<!DOCTYPE a [",
            "&lt;",
            "&a;",
            "<a>",
            "</calculation>",
            "<calculation>",
            "</modeling>",
            "PRIMCOORD\n",
            "ATOMS\n",
            "BEGIN_X\n",
            "Xx",
            "\0",
            "\\",
            "a".repeat(100_000),
            "<a b='" + "c".repeat(50_000),
            "\n3\n",
            "Iteration 1( 1)\n",
            "=",
            "{[{[",
            "\u001f\u008b");

    private static byte[] otherWord(byte[] bytes, SplittableRandom random) {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        return inserted(bytes, word.getBytes(StandardCharsets.ISO_8859_1), random);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static List<Source> sources() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Path folder : List.of(SharedReference.reference(""), SharedReference.dataset(""))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    add(sources, folder.relativize(file).toString(), file);
                }
            }
        }
        for (int k = 0; k < 5; k++) { // few and small beside the others
            sources.add(new Source("POTCAR", POTCARS.getBytes(StandardCharsets.US_ASCII), POTCAR));
            for (String name : List.of("pymatgen-structure.json", "pymatgen-list.json")) {
                sources.add(ofOurs(name, PYMATGEN));
            }
            for (String name : List.of("ase-encoded.json", "ase-database.json", "ase-molecule.json")) {
                sources.add(ofOurs(name, ASE));
            }
        }
        return sources;
    }

    private static Source ofOurs(String name, Reader reader) throws IOException {
        try (InputStream in = HostileFilesTest.class.getResourceAsStream(name)) {
            return new Source(name, in.readAllBytes(), reader);
        }
    }

    private static void add(List<Source> sources, String name, Path file) throws IOException {
        Optional<Reader> reader = reader(name);
        if (reader.isEmpty()) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) { // compressed as it is
            sources.add(new Source(name, in.readNBytes(LONGEST), reader.get()));
        }
        if (name.endsWith(".gz") && !name.endsWith(".tar.gz")) {
            try (InputStream in = SharedReference.open(file)) {
                sources.add(new Source(name + " unpacked", in.readNBytes(LONGEST), reader.get()));
            }
        }
    }

    private static Optional<Reader> reader(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        if (file.contains(".extxyz")) {
            return Optional.of(EXTENDED_XYZ);
        }
        if (file.endsWith(".xsf")) {
            return Optional.of(XSF);
        }
        if (file.endsWith("xsf.tar.gz") || file.endsWith("xsf-sample.tar.gz")) {
            return Optional.of(ARCHIVE);
        }
        if (file.endsWith(".cif")) {
            return Optional.of(CIF);
        }
        if (file.startsWith("vasprun")) {
            return Optional.of(VASPRUN);
        }
        if (file.startsWith("OUTCAR")) {
            return Optional.of(OUTCAR);
        }
        if (file.contains("POSCAR") || file.contains("CONTCAR") || file.endsWith(".vasp")) {
            return Optional.of(POSCAR);
        }
        if (file.contains("INCAR")) {
            return Optional.of(INCAR);
        }
        return file.contains("KPOINTS") ? Optional.of(KPOINTS) : Optional.empty();
    }
}
