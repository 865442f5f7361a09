package org.glassmap.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassmap.standalone.Main;

/**
 * {@code ./glassmap}, on the class path of this build and one data folder.
 *
 * @param data its {@code --data}
 * @param environment of what it starts, beside this process's own
 */
record Launcher(Path data, Map<String, String> environment) {

    private static final long PATIENCE_MINUTES = 12;

    /** What it answered. */
    record Said(int exit, String text) {}

    /** Runs it with these words, to its end. */
    Said say(String... words) throws IOException, InterruptedException {
        return start(words).end();
    }

    Running start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=command-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", data.toString()));
        Path output = Files.createTempFile(data.toAbsolutePath().getParent(), words[0] + "-", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Running(builder.start(), output);
    }

    /** A command on its way. */
    record Running(Process process, Path output) {

        Said end() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("no end after " + PATIENCE_MINUTES + " minutes: " + Files.readString(output));
            }
            return new Said(process.exitValue(), Files.readString(output));
        }
    }
}
