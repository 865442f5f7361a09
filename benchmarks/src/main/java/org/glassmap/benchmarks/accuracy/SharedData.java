package org.glassmap.benchmarks.accuracy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.glassmap.core.formats.ExtendedXyz;
import org.glassmap.core.formats.Frame;
import org.glassmap.core.formats.FrameReader;
import org.glassmap.core.formats.Xsf;
import org.glassmap.core.learning.TrainingFrame;

/** Labelled structures that are not the project's own and lie beside it: in the folder that a variable names, or {@code shared}. */
public final class SharedData {

    private static final String VARIABLE = "GLASSMAP_SHARED";

    private final Path folder;

    private SharedData(Path folder) {
        this.folder = folder;
    }

    /** Empty where there is no such folder here or above. */
    public static Optional<SharedData> found() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named)).filter(Files::isDirectory).map(SharedData::new);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolve("shared");
            if (Files.isDirectory(beside.resolve("dataset"))) {
                return Optional.of(new SharedData(beside));
            }
        }
        return Optional.empty();
    }

    static String missing() {
        return "no labelled structures here: folder %s, or shared beside the project".formatted("$" + VARIABLE);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** @throws org.glassmap.core.formats.FormatException if a frame is refused: these files are known to be sound */
    List<Frame> extendedXyz(String name) {
        return read(name, ExtendedXyz::reader);
    }

    /** A packed folder of XSF files. */
    List<Frame> xsfArchive(String name) {
        return read(name, Xsf::archive);
    }

    private interface Format {
        FrameReader reader(InputStream in) throws IOException;
    }

    private List<Frame> read(String name, Format format) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path(name)));
                FrameReader reader = format.reader(in)) {
            return reader.frames();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path(name), e);
        }
    }

    /** @param group of the split: frames of one group stay together */
    static TrainingFrame labelled(Frame frame, String group) {
        return new TrainingFrame(
                frame.structure(),
                frame.energy().orElseThrow(),
                frame.forces().orElse(null),
                frame.stress().orElse(null),
                group);
    }
}
