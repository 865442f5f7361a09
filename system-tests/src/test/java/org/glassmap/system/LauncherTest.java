package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.Ports;
import org.glassmap.standalone.supervision.Processes;
import org.glassmap.standalone.supervision.Role;
import org.glassmap.standalone.supervision.Shutdown;
import org.glassmap.support.postgresql.ManagedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may do with {@code ./glassmap up} that is not the rule. */
@Timeout(1800)
class LauncherTest {

    private static final String STRUCTURE =
            "{\"species\": [\"Li\", \"S\"], \"lattice\": [[4,0,0],[0,4,0],[0,0,4]], \"positions\": [[0,0,0],[2,2,2]]}";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** One installation for all of it, which is started twice. */
    @Test
    void portsTakenTwoLaunchersAMovedFolderAndTheForeground() throws Exception {
        Ports ports = new Ports(StandingInstallation.sevenFreePorts());
        Installation first = new Installation(folder.resolve("first"));
        Installation moved = new Installation(folder.resolve("moved elsewhere"));
        try {
            aTakenPortIsNamedAndNothingStarts(first, ports);
            twoLaunchersAtOnceMakeOneSystem(first, ports);
            String structure = new Door(address(first), token(first))
                    .post("/v1/structures", STRUCTURE)
                    .at("/id");
            otherPortsAreRefusedWhileItRuns(first, ports);
            assertThat(launcher(first).say("down").exit()).isZero();
            assertNothingLives(first);
            Files.move(first.folder(), moved.folder());
            theForegroundServesUntilItIsTold(moved, structure);
            assertNothingLives(moved);
        } finally {
            new Shutdown(first).bringDown();
            new Shutdown(moved).bringDown();
        }
    }

    private static void aTakenPortIsNamedAndNothingStarts(Installation installation, Ports ports) throws Exception {
        for (int taken : new int[] {ports.gateway(), ports.sampler(), ports.postgresql()}) {
            try (ServerSocket other = new ServerSocket(taken, 1, InetAddress.getByName("127.0.0.1"))) {
                Launcher.Said said = up(installation, ports).end();
                assertThat(said.exit()).as(said.text()).isNotZero();
                assertThat(said.text())
                        .contains("Port " + other.getLocalPort())
                        .contains("is taken by another program")
                        .contains("--port");
                assertNothingLives(installation);
            }
        }
    }

    private static void twoLaunchersAtOnceMakeOneSystem(Installation installation, Ports ports) throws Exception {
        Launcher.Running one = up(installation, ports);
        Launcher.Running other = up(installation, ports);
        Launcher.Said ofOne = one.end();
        Launcher.Said ofOther = other.end();
        assertThat(ofOne.exit()).as(ofOne.text()).isZero();
        assertThat(ofOther.exit()).as(ofOther.text()).isZero();
        ProcessHandle supervisor =
                Processes.living(Role.SUPERVISOR, installation).orElseThrow();
        Launcher.Said again = up(installation, ports).end();
        assertThat(again.exit()).as(again.text()).isZero();
        assertThat(again.text()).contains("has a supervisor already");
        assertThat(Processes.living(Role.SUPERVISOR, installation)).contains(supervisor);
        assertThat(supervisor.children().filter(ProcessHandle::isAlive))
                .as("services and worker, and a PostgreSQL that may be on its own")
                .hasSizeLessThanOrEqualTo(3);
    }

    private static void otherPortsAreRefusedWhileItRuns(Installation installation, Ports ports) throws Exception {
        Launcher.Said said = up(installation, new Ports(ports.base() + 10)).end();
        assertThat(said.exit()).isNotZero();
        assertThat(said.text()).contains("is running at").contains("./glassmap down");
    }

    /** As systemd starts and ends it. */
    private static void theForegroundServesUntilItIsTold(Installation installation, String structure) throws Exception {
        Launcher.Running foreground = launcher(installation).start("up", "--foreground");
        try {
            Launcher.Said up = launcher(installation).say("up");
            assertThat(up.exit()).as(up.text()).isZero();
            assertThat(foreground.process().isAlive()).isTrue();
            assertThat(Processes.living(Role.SUPERVISOR, installation).map(ProcessHandle::pid))
                    .contains(foreground.process().pid());
            assertThat(new Door(address(installation), token(installation))
                            .get("/v1/structures/" + structure)
                            .at("/species/1"))
                    .isEqualTo("S");
        } finally {
            foreground.process().destroy();
        }
        assertThat(foreground.process().waitFor(Duration.ofMinutes(3))).isTrue();
    }

    private static void assertNothingLives(Installation installation) {
        for (Role role : Role.values()) {
            assertThat(Processes.living(role, installation)).as(role.word()).isEmpty();
        }
        assertThat(ManagedPostgres.running(installation.postgresSettings())).isEmpty();
    }

    private static Launcher.Running up(Installation installation, Ports ports) throws Exception {
        return launcher(installation).start("up", "--port", Integer.toString(ports.base()));
    }

    private static Launcher launcher(Installation installation) {
        return new Launcher(installation.folder(), Map.of());
    }

    private static URI address(Installation installation) {
        return URI.create(installation.settings().url());
    }

    private static String token(Installation installation) {
        return installation.adminTokenText().orElseThrow();
    }
}
