package org.glassmap.standalone.commands;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.glassmap.standalone.demo.Demo;
import org.glassmap.standalone.demo.GatewayClient;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationSettings;
import org.glassmap.standalone.installation.Ports;
import org.glassmap.standalone.supervision.Startup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job, from crystals to a phase diagram, through every service. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the phase diagram of Li2S–P2S5 the way a lab would: posts crystals, labels, trains, samples, labels",
            "again, trains again, and draws the hull. The system stays up afterwards for curl and the Python client."
        })
public final class DemoCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Option(names = "--quick", description = "Three compositions, small and rough: half a minute once all is up.")
    private boolean quick;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of everything random. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "As of 'up': the gateway's port. Default: 8700, or what was chosen before.")
    private @Nullable Integer port;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where phase-diagram.svg, .png and .json go. Default: folder demo of the data folder.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        long begin = System.nanoTime();
        Installation installation = data.installation();
        InstallationSettings before = installation.settings();
        InstallationSettings settings = port == null ? before : before.with(new Ports(port));
        Startup startup = new Startup(installation);
        startup.require(settings);
        PrintStream console = System.out;
        startup.bringUp(console::println);
        GatewayClient glassmap = new GatewayClient(
                URI.create(settings.url()),
                Files.readString(installation.adminToken()).strip());
        Path folder = out == null ? installation.folder().resolve("demo") : out;
        String digest = Demo.of(glassmap, quick, seed, folder, console, System.console() != null)
                .run();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        console.printf(
                "%nDone in %d min %d s; seed %d, digest %s.%n",
                took.toMinutes(), took.toSecondsPart(), seed, digest.substring(0, 12));
        console.printf(
                "It stays up at %s (./glassmap down stops it); the token is in %s%n",
                settings.url(), installation.adminToken());
        return 0;
    }
}
