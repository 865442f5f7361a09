package org.glassmap.standalone.supervision;

import java.nio.file.Path;
import org.glassmap.standalone.installation.Installation;

/** The JVMs of an installation. Each holds a lock by which it is found. */
public enum Role {
    SUPERVISOR("supervisor", Supervisor.class),
    SERVICES("services", ServicesProcess.class),
    WORKER("worker", WorkerProcess.class);

    private final String word;
    private final Class<?> main;

    Role(String word, Class<?> main) {
        this.word = word;
        this.main = main;
    }

    /** The name in commands, logs and files. */
    public String word() {
        return word;
    }

    public Path lock(Installation installation) {
        return installation.run().resolve(word + ".lock");
    }

    public Path log(Installation installation) {
        return installation.logs().resolve(word + ".log");
    }

    String mainClass() {
        return main.getName();
    }
}
