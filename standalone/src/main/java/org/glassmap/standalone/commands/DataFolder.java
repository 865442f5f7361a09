package org.glassmap.standalone.commands;

import java.nio.file.Path;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that every command has: where the data is. */
public final class DataFolder {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder. Default: $GLASSMAP_HOME, else the folder .glassmap beside the launcher.")
    private @Nullable Path folder;

    /** @return the installation, made or not */
    public Installation installation() {
        return new Installation(chosen());
    }

    /** @return the installation, which must be there */
    public Installation existing() {
        Installation installation = installation();
        if (!installation.exists()) {
            throw new InstallationException("There is no Glassmap in " + installation.folder()
                    + ". './glassmap up' makes one; --data names another folder.");
        }
        return installation;
    }

    private Path chosen() {
        if (folder != null) {
            return folder;
        }
        String home = System.getenv("GLASSMAP_HOME");
        if (home != null && !home.isBlank()) {
            return Path.of(home);
        }
        return Path.of(System.getProperty("glassmap.clone", "."), ".glassmap");
    }
}
