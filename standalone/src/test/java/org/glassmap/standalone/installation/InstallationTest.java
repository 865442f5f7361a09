package org.glassmap.standalone.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    Path folder;

    @Test
    void secretsAreMadeOnceAndReadByTheirOwnerOnly() throws Exception {
        Installation installation = new Installation(folder.resolve("new"));
        assertThat(installation.exists()).isFalse();
        installation.prepare();
        String password = installation.databasePassword("structure");
        installation.prepare();
        assertThat(installation.databasePassword("structure"))
                .isEqualTo(password)
                .hasSize(48);
        assertThat(installation.databasePassword("potential")).isNotEqualTo(password);
        assertThat(permissions(installation.secretsFile())).isEqualTo("rw-------");
        assertThat(permissions(installation.artifacts())).isEqualTo("rwx------");
        assertThat(permissions(installation.folder())).isEqualTo("rwx--x--x");
    }

    @Test
    void throughALinkItIsTheSameFolder() throws Exception {
        Path there = Files.createDirectory(folder.resolve("there"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), there);
        assertThat(new Installation(link)).isEqualTo(new Installation(there));
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whatTheUserChoseIsRemembered() {
        Installation installation = new Installation(folder);
        assertThat(installation.settings()).isEqualTo(InstallationSettings.DEFAULT);
        InstallationSettings chosen = new InstallationSettings(new Ports(9700), "0.0.0.0");
        installation.write(chosen);
        assertThat(installation.settings()).isEqualTo(chosen);
        assertThat(chosen.url()).isEqualTo("http://127.0.0.1:9700");
    }

    @Test
    void settingsThatCannotBeAreNamedWithTheirFile() throws Exception {
        Installation installation = new Installation(folder);
        Files.writeString(installation.settingsFile(), "port=seven\n");
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(installation::settings)
                .withMessageContaining("settings.properties")
                .withMessageContaining("seven");
    }

    @Test
    void noTwoPartsShareAPort() {
        Ports ports = Ports.DEFAULT;
        assertThat(ports.ofServices().values()).doesNotHaveDuplicates().doesNotContain(ports.postgresql());
    }

    @Test
    void aLockIsHeldUntilItsProcessEnds() throws Exception {
        Path file = folder.resolve("lock");
        assertThat(ProcessLock.holder(file)).isEmpty();
        try (ProcessLock lock = ProcessLock.take(file).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(ProcessLock.holder(file)).contains(ProcessHandle.current());
            assertThat(ProcessLock.take(file)).isEmpty();
        }
        assertThat(ProcessLock.holder(file)).isEmpty();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .start();
        assertThat(other.inputReader().readLine()).isEqualTo("held");
        assertThat(ProcessLock.holder(file)).contains(other.toHandle());
        assertThat(ProcessLock.take(file)).isEmpty();
        other.destroyForcibly().waitFor();
        assertThat(ProcessLock.holder(file)).isEmpty();
        assertThat(ProcessLock.take(file)).isPresent();
    }

    /** A process that holds the lock until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            boolean taken = ProcessLock.take(Path.of(arguments[0])).isPresent();
            System.gc(); // nobody refers to the lock: it must be held all the same
            System.out.println(taken ? "held" : "not held");
            Thread.sleep(60_000);
        }
    }
}
