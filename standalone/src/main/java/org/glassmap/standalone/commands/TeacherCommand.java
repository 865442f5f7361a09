package org.glassmap.standalone.commands;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.glassmap.standalone.installation.InstallationException;
import org.glassmap.standalone.supervision.ExitCodes;
import org.glassmap.standalone.teacher.TeacherMaking;
import org.glassmap.standalone.teacher.TeacherSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the demo's teacher again from its labelled frames. */
@Command(
        name = "teacher",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the demo's teacher again: trains its two members side by side and holds them against their gate.",
            "Writes teacher.potential and gate.json. Stopped at any moment, the same command goes on from there."
        })
public final class TeacherCommand implements Callable<Integer> {

    @Option(
            names = "--frames",
            paramLabel = "FOLDER",
            description = "The labelled frames. Default: folder dataset of $GLASSMAP_SHARED, else ../shared/dataset"
                    + " beside the launcher.")
    private @Nullable Path frames;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "teacher",
            description = "Where the files go; folder work in it keeps the last epochs. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("teacher");

    @Option(
            names = "--fraction",
            paramLabel = "SHARE",
            description = "Of configurations and relaxations, for a trial that makes no teacher. Default: 1.")
    private double fraction = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Path data = frames == null ? shared() : frames;
        if (!Files.isDirectory(data)) {
            throw new InstallationException("There are no labelled frames in "
                    + data.toAbsolutePath().normalize() + "; --frames names the folder.");
        }
        PrintWriter console = spec.commandLine().getOut();
        TeacherSettings settings = fraction == 1 ? TeacherSettings.FULL : TeacherSettings.FULL.withFraction(fraction);
        boolean passed = new TeacherMaking(settings, data, out.resolve("work"), out).run(line -> {
            console.println(line);
            console.flush();
        });
        console.println(out.resolve("teacher.potential").toAbsolutePath().normalize());
        console.println(out.resolve("gate.json").toAbsolutePath().normalize());
        return passed || fraction < 1 ? 0 : ExitCodes.FAILED;
    }

    private static Path shared() {
        String named = System.getenv("GLASSMAP_SHARED");
        return named != null && !named.isBlank()
                ? Path.of(named, "dataset")
                : Path.of(System.getProperty("glassmap.clone", "."), "..", "shared", "dataset");
    }
}
