package org.glassmap.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of the repository are that no class path holds. */
final class Repository {

    private Repository() {}

    /** The folder of {@code docker-compose.yml}, looked for upwards from the working directory. */
    static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docker-compose.yml"))) {
                return folder;
            }
        }
        throw new AssertionError("no docker-compose.yml above " + Path.of("").toAbsolutePath());
    }
}
