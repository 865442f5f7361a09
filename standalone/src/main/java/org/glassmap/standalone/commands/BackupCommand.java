package org.glassmap.standalone.commands;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.glassmap.standalone.safekeeping.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies everything aside while it runs. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copies database, artifacts and secrets into a new folder, while everything goes on running.",
            "The folder holds secrets: keep it as safe as the data folder."
        })
public final class BackupCommand implements Callable<Integer> {
    @Mixin
    private DataFolder data = new DataFolder();

    @Parameters(paramLabel = "FOLDER", description = "New or empty.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path target = folder.toAbsolutePath().normalize();
        Backup.take(data.existing(), target);
        spec.commandLine().getOut().println("Backed up into " + target);
        return 0;
    }
}
