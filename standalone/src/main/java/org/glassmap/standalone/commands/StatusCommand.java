package org.glassmap.standalone.commands;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.supervision.ExitCodes;
import org.glassmap.standalone.supervision.SystemStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what is up. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells what is up, and where.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:everything is up", "3:something is down"})
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Installation installation = data.existing();
        Map<String, String> states = new SystemStatus(installation).states();
        PrintWriter out = spec.commandLine().getOut();
        states.forEach((name, state) -> out.printf("%-18s %s%n", name, state));
        out.printf("%-18s %s%n", "address", installation.settings().url());
        out.printf("%-18s %s%n", "data", installation.folder());
        boolean up = states.values().stream().allMatch(state -> state.startsWith("up"));
        return up ? 0 : ExitCodes.NOT_UP;
    }
}
