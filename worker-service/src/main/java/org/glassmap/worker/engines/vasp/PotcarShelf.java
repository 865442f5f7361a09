package org.glassmap.worker.engines.vasp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.glassmap.core.atoms.Species;
import org.glassmap.worker.engines.UnfitInputException;
import org.jspecify.annotations.Nullable;

/**
 * A site's POTCAR files, one folder a choice: {@code Li_sv/POTCAR}. A file is taken only if its first line is the title
 * that the method names: the same folder name holds other files at other sites.
 */
final class PotcarShelf {

    private static final Pattern CHOICE = Pattern.compile("[A-Za-z0-9_.]{1,40}");

    private final Path folder;

    PotcarShelf(Path folder) {
        this.folder = folder;
    }

    /**
     * @param choice such as {@code Li_sv}
     * @param title such as {@code PAW_PBE Li_sv 10Sep2004}
     * @throws UnfitInputException if there is no such file here, or it is another one
     */
    void append(Species species, String choice, String title, OutputStream out) throws IOException {
        if (!CHOICE.matcher(choice).matches() || choice.startsWith(".")) {
            throw new UnfitInputException("'%s' is no choice of a POTCAR".formatted(choice));
        }
        String element = choice.split("[_.]", 2)[0];
        if (!element.equals(species.symbol())) {
            throw new UnfitInputException("the POTCAR %s is not one of %s".formatted(choice, species.symbol()));
        }
        Path file = folder.resolve(choice).resolve("POTCAR");
        if (!Files.isReadable(file)) {
            throw new UnfitInputException("this agent has no POTCAR %s (looked for %s)".formatted(choice, file));
        }
        String there = title(file);
        if (!there.equals(title.strip())) {
            throw new UnfitInputException(
                    "the method asks for the POTCAR '%s', %s is '%s'".formatted(title, file, there));
        }
        Files.copy(file, out);
    }

    private static String title(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            @Nullable String line = in.readLine();
            return line == null ? "" : line.strip();
        }
    }
}
