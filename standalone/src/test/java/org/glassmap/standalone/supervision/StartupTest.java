package org.glassmap.standalone.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;
import org.glassmap.standalone.installation.InstallationSettings;
import org.glassmap.standalone.installation.Ports;
import org.glassmap.standalone.installation.ProcessLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupTest {
    @TempDir
    Path folder;

    @Test
    void aTakenPortIsNamedWithWhatItIsForAndTheRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ports ports = new Ports(taken.getLocalPort() - 2);
            assertThatExceptionOfType(InstallationException.class)
                    .isThrownBy(() ->
                            new Startup(new Installation(folder)).require(new InstallationSettings(ports, "127.0.0.1")))
                    .withMessageContaining("Port " + taken.getLocalPort())
                    .withMessageContaining("potential-service")
                    .withMessageContaining("--port");
        }
    }

    @Test
    void anAddressThatIsNotOursIsNamed() {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> new Startup(new Installation(folder))
                        .require(new InstallationSettings(new Ports(23_700), "192.0.2.1")))
                .withMessageContaining("192.0.2.1")
                .withMessageContaining("--address");
    }

    @Test
    void otherPortsThanThoseInUseAreRefusedWhileItRuns() {
        Installation installation = new Installation(folder);
        Startup startup = new Startup(installation);
        startup.require(new InstallationSettings(new Ports(23_800), "127.0.0.1"));
        try (ProcessLock running =
                ProcessLock.take(Role.SERVICES.lock(installation)).orElseThrow()) {
            assertThat(running).isNotNull();
            startup.require(new InstallationSettings(new Ports(23_800), "127.0.0.1"));
            assertThatExceptionOfType(InstallationException.class)
                    .isThrownBy(() -> startup.require(new InstallationSettings(new Ports(23_900), "127.0.0.1")))
                    .withMessageContaining("23800")
                    .withMessageContaining("./glassmap down");
        }
    }

    @Test
    void pausesGrowUntilAChildIsTrustedAgain() {
        Backoff backoff = new Backoff();
        Duration briefly = Duration.ofSeconds(1);
        assertThat(backoff.afterRunOf(briefly)).isEqualTo(Duration.ofMillis(200));
        assertThat(backoff.afterRunOf(briefly)).isEqualTo(Duration.ofMillis(400));
        for (int i = 0; i < 20; i++) {
            backoff.afterRunOf(briefly);
        }
        assertThat(backoff.afterRunOf(briefly)).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.afterRunOf(Duration.ofMinutes(2))).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aLogThatIsTooLongIsPutAsideAndEmptied() throws Exception {
        Path log = folder.resolve("a.log");
        Files.writeString(log, "x".repeat(100));
        LogLimit.cut(log, 100);
        assertThat(log).hasSize(100);
        LogLimit.cut(log, 99);
        assertThat(log).hasSize(0);
        assertThat(folder.resolve("a.log.1")).hasSize(100);
    }
}
