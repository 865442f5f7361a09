package org.glassmap.standalone.commands;

import java.util.concurrent.Callable;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.supervision.Shutdown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops everything in order. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops worker, services and PostgreSQL in order. Running campaigns go on after the next 'up'.")
public final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Installation installation = data.existing();
        boolean ran = new Shutdown(installation).bringDown();
        spec.commandLine().getOut().println(ran ? "Glassmap is down." : "Glassmap was not running.");
        return 0;
    }
}
