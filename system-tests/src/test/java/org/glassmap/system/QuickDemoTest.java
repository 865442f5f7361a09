package org.glassmap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.glassmap.standalone.demo.Demo;
import org.glassmap.standalone.demo.GatewayClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From crystals to a phase diagram through every service, small. */
class QuickDemoTest {

    @TempDir
    Path folder;

    @Test
    void threeFilesComeOutOfCrystals() throws Exception {
        try (WholeSystem system = WholeSystem.started(folder)) {
            GatewayClient glassmap = new GatewayClient(system.address(), system.adminToken());
            String digest = Demo.of(glassmap, true, 1, folder.resolve("out"), System.out, false)
                    .run();
            assertThat(digest).hasSize(64);
            assertThat(Files.readString(folder.resolve("out/phase-diagram.svg")))
                    .contains("<svg");
            assertThat(Files.size(folder.resolve("out/phase-diagram.png"))).isGreaterThan(10_000);
        }
    }
}
