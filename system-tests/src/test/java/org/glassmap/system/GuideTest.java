package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.glassmap.standalone.Main;
import org.glassmap.system.GuidePage.Language;
import org.glassmap.system.GuidePage.Step;
import org.glassmap.worker.engines.vasp.VaspStandIn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page of {@code docs/guide} is typed, line by line, into a clone's folder beside an installation that is up, and
 * must print what the page shows. Pages share the installation, nothing else.
 *
 * <p>Python blocks need an interpreter that has ASE and what the client needs: {@code GLASSMAP_PYTHON}, else {@code
 * python3}. Where there is none they are skipped, each counted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideTest {

    /** The address that the pages show; the installation of this test has another one. */
    private static final String SHOWN = "http://127.0.0.1:8700";

    /** What a reader's clone shares with this one. */
    private static final List<String> LINKS = List.of("data", "docs", "clients");

    private static final String POSCAR = """
            Li2S
            1.0
            4.04300357 0.00000000 0.00000000
            2.02150146 3.50134347 0.00000000
            2.02150166 1.16711525 3.30109821
            Li S
            2 1
            Direct
            0.25 0.25 0.25
            0.75 0.75 0.75
            0.00 0.00 0.00
            """;

    private Path folder;
    private StandingInstallation installation;
    private @Nullable String python;

    @BeforeAll
    void anInstallationIsUp(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        this.folder = folder;
        installation = StandingInstallation.up(folder, 2);
        python = python();
    }

    @AfterAll
    void stop() throws IOException {
        if (installation != null) {
            installation.close();
        }
        for (String link : LINKS) {
            Files.deleteIfExists(folder.resolve("clone").resolve(link));
        }
    }

    @TestFactory
    Stream<DynamicNode> everyPageDoesWhatItShows() throws IOException {
        return GuidePage.all().stream().map(this::asTests);
    }

    private DynamicNode asTests(GuidePage page) {
        Reader reader = new Reader(page.name());
        Stream<DynamicNode> steps =
                page.steps().stream().map(step -> dynamicTest(step.toString(), () -> reader.does(step)));
        return dynamicContainer(
                page.name(), Stream.concat(steps, Stream.of(dynamicTest("the reader leaves", reader::close))));
    }

    /** One who follows a page, from its top, in a folder that looks like a clone. */
    private final class Reader implements AutoCloseable {

        private final String page;
        private @Nullable GuideSession shell;
        private @Nullable GuideSession interpreter;
        private boolean lost;

        Reader(String page) {
            this.page = page;
        }

        void does(Step step) throws IOException {
            assumeTrue(!lost, "an earlier step failed");
            if (step.language() == Language.PYTHON) {
                assumeTrue(python != null, "no python3 with ase, requests and numpy; GLASSMAP_PYTHON names one");
            }
            String address = installation.address().toString();
            GuideSession.Said said = session(step.language()).type(step.source().replace(SHOWN, address));
            String printed = said.printed().replace(address, SHOWN);
            boolean asShown = new GuideOutput(step.expected()).isSaidBy(printed);
            lost = said.status() != 0 || !asShown;
            String what = "%s:%d%n%s%nprinted, with status %d:%n%s%nwhere the page shows:%n%s%n"
                    .formatted(
                            page,
                            step.line(),
                            step.source(),
                            said.status(),
                            printed,
                            String.join("\n", step.expected()));
            assertThat(lost).as(what).isFalse();
        }

        private GuideSession session(Language language) throws IOException {
            Path clone = folder.resolve("clone");
            if (!Files.exists(clone)) {
                makeClone(clone);
            }
            if (language == Language.CONSOLE) {
                shell = shell == null ? GuideSession.shell(clone, variables()) : shell;
                return shell;
            }
            interpreter = interpreter == null ? GuideSession.python(python, clone, variables()) : interpreter;
            return interpreter;
        }

        @Override
        public void close() throws IOException {
            if (shell != null) {
                shell.close();
            }
            if (interpreter != null) {
                interpreter.close();
            }
        }
    }

    /**
     * What a clone holds that pages speak of, and {@code a-run}, a folder that VASP's stand-in has run in. The launcher
     * starts this build's classes.
     */
    private void makeClone(Path clone) throws IOException {
        Files.createDirectory(clone);
        for (String name : LINKS) {
            Files.createSymbolicLink(clone.resolve(name), Repository.root().resolve(name));
        }
        Files.createSymbolicLink(clone.resolve(".glassmap"), folder.resolve("home"));
        script(clone.resolve("glassmap"), "-Dglassmap.clone=" + clone, Main.class.getName());
        script(Files.createDirectory(clone.resolve("bin")).resolve("vasp_std"), VaspStandIn.class.getName());
        Path run = Files.createDirectory(clone.resolve("a-run"));
        Files.writeString(run.resolve("POSCAR"), POSCAR);
        Files.writeString(run.resolve("INCAR"), "ENCUT = 520\nEDIFF = 1e-5\nNELM = 100\n");
        Files.writeString(run.resolve("KPOINTS"), "automatic\n0\nAuto\n25\n");
        Files.writeString(
                run.resolve("POTCAR"),
                "PAW_PBE Li_sv 10Sep2004\nEnd of Dataset\nPAW_PBE S 06Sep2000\nEnd of Dataset\n");
        try (GuideSession shell = GuideSession.shell(run, variables())) {
            GuideSession.Said said = shell.type("../bin/vasp_std > vasp.out");
            assertThat(said.status()).as(said.printed()).isZero();
        }
    }

    private static void script(Path file, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                file, """
                #!/bin/sh
                exec '%s' -Xmx192m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dlogback.configurationFile=command-logback.xml \\
                  -cp '%s' %s "$@"
                """.formatted(java, System.getProperty("java.class.path"), String.join(" ", arguments)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("LC_ALL", "C.UTF-8");
        variables.put(
                "PYTHONPATH", Repository.root().resolve("clients/python/src").toString());
        return variables;
    }

    private static @Nullable String python() throws IOException, InterruptedException {
        String given = System.getenv("GLASSMAP_PYTHON");
        String python = given == null ? "python3" : given;
        try {
            Process process = new ProcessBuilder(python, "-c", "import ase, numpy, requests")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean works = process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
            if (given != null) {
                assertThat(works)
                        .as("GLASSMAP_PYTHON=%s has ase, numpy and requests", given)
                        .isTrue();
            }
            return works ? python : null;
        } catch (IOException e) {
            if (given != null) {
                throw e;
            }
            return null; // no python3 on this machine
        }
    }
}
