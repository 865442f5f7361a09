package org.glassmap.standalone.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glassmap.standalone.installation.Installation;
import org.glassmap.standalone.installation.InstallationException;

/** Starts one of our own JVMs, on the class path of this one, so that it outlives us and hears no Ctrl-C of ours. */
public final class JavaProcess {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private JavaProcess() {}

    static ProcessHandle start(Role role, Installation installation) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(java(role));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), role.mainClass()));
        command.add(installation.folder().toString());
        try {
            return new ProcessBuilder(command)
                    .directory(installation.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            role.log(installation).toFile()))
                    .start()
                    .toHandle();
        } catch (IOException e) {
            throw new InstallationException("The " + role.word() + " cannot be started: " + e, e);
        }
    }

    /** The program and its options, as a process of this role wants them. */
    public static List<String> java(Role role) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(role));
        return command;
    }

    private static List<String> flags(Role role) {
        List<String> flags = new ArrayList<>(List.of(
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (role == Role.SUPERVISOR) {
            flags.addAll(List.of(
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dlogback.configurationFile=supervisor-logback.xml"));
        } else {
            flags.add("--add-modules=jdk.incubator.vector"); // the potentials' fast kernel
        }
        return flags;
    }
}
