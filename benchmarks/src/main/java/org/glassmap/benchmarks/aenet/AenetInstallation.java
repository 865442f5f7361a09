package org.glassmap.benchmarks.aenet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where ænet is built: the folder of its source, with {@code src/libaenet.so} and {@code bin/*.x-…}.
 *
 * @param library {@code libaenet.so}
 */
record AenetInstallation(Path library, Path generate, Path train, Path predict) {

    static final String VARIABLE = "GLASSMAP_AENET";

    /** Empty where the variable names nothing.
     *
     * @throws IllegalStateException if it names a folder that is not that of a built ænet
     */
    static Optional<AenetInstallation> found() {
        String named = System.getenv(VARIABLE);
        if (named == null || named.isBlank()) {
            return Optional.empty();
        }
        Path folder = Path.of(named).toAbsolutePath();
        return Optional.of(new AenetInstallation(
                required(folder.resolve("src"), "libaenet.so"),
                required(folder.resolve("bin"), "generate.x"),
                required(folder.resolve("bin"), "train.x"),
                required(folder.resolve("bin"), "predict.x")));
    }

    private static Path required(Path folder, String beginning) {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                Optional<Path> found = files.filter(
                                file -> file.getFileName().toString().startsWith(beginning))
                        .sorted()
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look into " + folder, e);
            }
        }
        throw new IllegalStateException(
                "%s: no %s in %s; is ænet 2.0.4 built there?".formatted(VARIABLE, beginning, folder));
    }
}
