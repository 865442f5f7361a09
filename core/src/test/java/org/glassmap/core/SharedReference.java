package org.glassmap.core;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Other people's data, which lies beside the repository and not in it: the folder named by the environment variable
 * {@code GLASSMAP_SHARED}, else a folder {@code shared} beside any folder above the working directory. A test that
 * needs it is skipped where it is missing, and says so in one counted line.
 */
public final class SharedReference {

    private static final String VARIABLE = "GLASSMAP_SHARED";
    private static final AtomicInteger SKIPPED = new AtomicInteger();

    private SharedReference() {}

    /** A file or folder under {@code shared/reference}; where there is none, the test ends here, skipped. */
    public static Path reference(String path) {
        return required("reference/" + path);
    }

    /** A file or folder under {@code shared/dataset}; where there is none, the test ends here, skipped. */
    public static Path dataset(String path) {
        return required("dataset/" + path);
    }

    /** The folder, where there is one. */
    public static Optional<Path> folder() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named)).filter(Files::isDirectory);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolve("shared");
            if (Files.isDirectory(beside.resolve("reference"))) {
                return Optional.of(beside);
            }
        }
        return Optional.empty();
    }

    /** The bytes of a file, decompressed where its name ends in {@code .gz}. */
    public static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    /** A JSON file as a tree. */
    public static JsonNode json(Path file) throws IOException {
        try (InputStream in = open(file)) {
            return JsonMapper.shared().readTree(in);
        }
    }

    /** A JSON object's fields in order. */
    public static Iterable<Map.Entry<String, JsonNode>> fields(JsonNode object) {
        return object.properties();
    }

    private static Path required(String path) {
        Optional<Path> file = folder().map(shared -> shared.resolve(path)).filter(Files::exists);
        if (file.isEmpty()) {
            String message = "shared data missing: %s (set %s to the folder that holds reference and dataset)"
                    .formatted(path, VARIABLE);
            System.out.println("SKIPPED " + SKIPPED.incrementAndGet() + ": " + message);
            throw new TestAbortedException(message);
        }
        return file.get();
    }
}
