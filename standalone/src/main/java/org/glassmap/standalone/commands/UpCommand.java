package org.glassmap.standalone.commands;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationSettings;
import org.glassmap.standalone.installation.Ports;
import org.glassmap.standalone.supervision.Startup;
import org.glassmap.standalone.supervision.Supervisor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything, or finds it running. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the whole system: PostgreSQL, the services and one worker, under a supervisor.",
            "What runs already is found and kept. Answers when everything is up."
        })
public final class UpCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The gateway's port; the six above it are used, too, on loopback. Default: 8700, or what was"
                    + " chosen before.")
    private @Nullable Integer port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "What the gateway binds to, for colleagues: this machine's address, or 0.0.0.0 for all."
                    + " Default: 127.0.0.1, this machine only, or what was chosen before.")
    private @Nullable String address;

    @Option(
            names = "--foreground",
            description = "Stay here and supervise instead of leaving a supervisor behind; for systemd.")
    private boolean foreground;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = data.installation();
        InstallationSettings settings = chosen(installation);
        Startup startup = new Startup(installation);
        startup.require(settings);
        if (foreground) {
            Supervisor.run(installation);
            return 0;
        }
        PrintWriter out = spec.commandLine().getOut();
        startup.bringUp(step -> out.println(step));
        out.println("Glassmap is up at " + settings.url() + "  (the API: " + settings.url() + "/docs/)");
        out.println("An admin's token is in " + installation.adminToken());
        return 0;
    }

    private InstallationSettings chosen(Installation installation) {
        InstallationSettings before = installation.settings();
        return new InstallationSettings(
                port == null ? before.ports() : new Ports(port), address == null ? before.address() : address);
    }
}
