package org.glassmap.standalone.commands;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.safekeeping.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an installation out of a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Makes an empty data folder what it was when the backup was taken. Then: ./glassmap up")
public final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Parameters(paramLabel = "FOLDER", description = "What 'backup' made.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Installation installation = data.installation();
        Backup.restore(folder.toAbsolutePath().normalize(), installation);
        spec.commandLine()
                .getOut()
                .println("Restored into " + installation.folder() + ". Now: ./glassmap up --data "
                        + installation.folder());
        return 0;
    }
}
