package org.glassmap.standalone;

import org.glassmap.standalone.commands.BackupCommand;
import org.glassmap.standalone.commands.DemoCommand;
import org.glassmap.standalone.commands.DownCommand;
import org.glassmap.standalone.commands.LogsCommand;
import org.glassmap.standalone.commands.ProjectCommand;
import org.glassmap.standalone.commands.RestoreCommand;
import org.glassmap.standalone.commands.StatusCommand;
import org.glassmap.standalone.commands.TeacherCommand;
import org.glassmap.standalone.commands.TokenCommand;
import org.glassmap.standalone.commands.UpCommand;
import org.glassmap.standalone.commands.WorkerCommand;
import org.glassmap.standalone.installation.InstallationException;
import org.glassmap.standalone.supervision.ExitCodes;
import org.glassmap.support.postgresql.PostgresException;
import org.glassmap.support.problems.RemoteProblemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./glassmap} starts. */
@Command(
        name = "glassmap",
        description = "From crystals to a phase diagram, through every service, on this machine.",
        mixinStandardHelpOptions = true,
        version = "Glassmap 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "'./glassmap test' runs all tests, './glassmap bench' measures what the parts cost; the launcher script itself",
            "does these.",
            "'./glassmap COMMAND --help' tells more of a command."
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            ProjectCommand.class,
            TokenCommand.class,
            WorkerCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            TeacherCommand.class
        })
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> tell(failure, command));
    }

    /** What is expected to go wrong is told in a sentence; anything else is a fault of ours and shows where. */
    private static int tell(Exception failure, CommandLine command) {
        boolean expected = failure instanceof InstallationException
                || failure instanceof PostgresException
                || failure instanceof RemoteProblemException
                || failure instanceof IllegalArgumentException;
        if (expected) {
            command.getErr().println(command.getColorScheme().errorText("glassmap: " + failure.getMessage()));
        } else {
            failure.printStackTrace(command.getErr());
        }
        return ExitCodes.FAILED;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command? One of those below.");
    }
}
